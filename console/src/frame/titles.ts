import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/client/api.ts';
import { type Page, pages } from '../pages.ts';

export function useTitle(): (page: Page) => string {
  const { i18n } = useTranslation('frame');
  return ({ title }) => title[i18n.language === 'en' ? 'en' : 'zh'];
}

export function isFor({ who }: Page, viewer: Session | undefined): boolean {
  if (who === 'anybody') return true;
  return viewer !== undefined && (who === 'signedIn' || who(viewer));
}

/** What the list of pages has for a viewer. */
export function listedFor(viewer: Session | undefined): readonly Page[] {
  return pages.filter((page) => !page.isInner && isFor(page, viewer));
}

/** Where a viewer arrives. */
export function firstPage(viewer: Session | undefined): Page {
  const theirs = viewer && pages.find((page) => page.isFirstOf?.(viewer));
  return theirs ?? pages.find((page) => isFor(page, viewer)) ?? pages[0];
}
