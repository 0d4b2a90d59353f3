import { useTranslation } from 'react-i18next';
import { type Page, pages } from '../pages.ts';
import type { SignedIn } from './session.tsx';

type Asker = Pick<SignedIn, 'viewer' | 'isDemonstration'>;

export function useTitle(): (page: Page) => string {
  const { i18n } = useTranslation('frame');
  return ({ title }) => title[i18n.language === 'en' ? 'en' : 'zh'];
}

export function isFor({ who }: Page, { viewer, isDemonstration }: Asker): boolean {
  if (who === 'demonstration') return isDemonstration;
  return viewer !== undefined && (who === 'signedIn' || who(viewer));
}

/** What the list of pages has for a viewer. */
export function listedFor(asker: Asker): readonly Page[] {
  return pages.filter((page) => !page.isInner && isFor(page, asker));
}

/** Where one arrives. */
export function firstPage(asker: Asker): Page {
  const { viewer } = asker;
  const theirs = viewer && pages.find((page) => page.isFirstOf?.(viewer));
  return theirs ?? pages.find((page) => isFor(page, asker)) ?? pages[0];
}
