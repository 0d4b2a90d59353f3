import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Session } from '../../src/client/api.ts';
import type { Language } from './frame/language.ts';

/**
 * A page: a room's folder has its content, `page.tsx`, and its words. This list has all pages in the order of the mechanism;
 * to add one touches nothing else.
 */
export interface Page {
  readonly path: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Whom it is for; in a demonstration, anybody. The server decides what it answers: this only spares people dead ends. */
  readonly who: 'demonstration' | 'signedIn' | ((viewer: Session) => boolean);
  /** Whose first page it is. */
  readonly isFirstOf?: (viewer: Session) => boolean;
  /** Reached from other pages only: not in the list of pages. */
  readonly isInner?: true;
  readonly Content: LazyExoticComponent<ComponentType>;
}

/** Who sees any of a plan. */
const PLANNED_FOR = new Set(['administration', 'operator', 'platform', 'analyst']);

export const pages: readonly Page[] = [
  {
    path: 'night',
    title: { zh: '双十一之夜', en: 'The night' },
    who: 'demonstration',
    Content: lazy(() => import('./night/page.tsx')),
  },
  {
    path: 'situation',
    title: { zh: '态势', en: 'Situation' },
    who: watches,
    isFirstOf: ({ organisation: { kind } }) => kind === 'administration' || kind === 'operator',
    Content: lazy(() => import('./situation/page.tsx')),
  },
  {
    path: 'hub',
    title: { zh: '分拨中心', en: 'Hub' },
    who: watches,
    isInner: true,
    Content: lazy(() => import('./hub/page.tsx')),
  },
  {
    path: 'plan',
    title: { zh: '放行计划', en: 'Release plan' },
    who: ({ organisation }) => PLANNED_FOR.has(organisation.kind),
    Content: lazy(() => import('./plan/page.tsx')),
  },
  {
    path: 'release',
    title: { zh: '放行', en: 'Release' },
    who: ({ organisation }) => organisation.kind === 'platform',
    isFirstOf: ({ organisation }) => organisation.kind === 'platform',
    Content: lazy(() => import('./release/page.tsx')),
  },
  {
    path: 'pace',
    title: { zh: '揽收节奏', en: 'Pace of pick-up' },
    who: ({ organisation: { kind } }) => kind === 'operator' || kind === 'administration',
    Content: lazy(() => import('./pace/page.tsx')),
  },
  {
    path: 'arrivals',
    title: { zh: '到件预告', en: 'Arrivals' },
    who: ({ organisation }) => organisation.kind === 'lastMile',
    isFirstOf: ({ organisation }) => organisation.kind === 'lastMile',
    Content: lazy(() => import('./arrivals/page.tsx')),
  },
  {
    path: 'simulate',
    title: { zh: '推演', en: 'Simulation' },
    who: ({ organisation: { kind, level } }) =>
      kind === 'analyst' || (kind === 'administration' && level === 'nation'),
    isFirstOf: ({ organisation }) => organisation.kind === 'analyst',
    Content: lazy(() => import('./simulate/page.tsx')),
  },
  {
    path: 'warnings',
    title: { zh: '预警', en: 'Warnings' },
    who: ({ organisation: { kind } }) =>
      ['administration', 'operator', 'platform', 'lastMile'].includes(kind),
    Content: lazy(() => import('./warnings/page.tsx')),
  },
  {
    path: 'organisations',
    title: { zh: '机构与人员', en: 'Organisations' },
    who: 'signedIn',
    Content: lazy(() => import('./organisations/page.tsx')),
  },
  {
    path: 'audit',
    title: { zh: '审计', en: 'Audit' },
    who: ({ role }) => role === 'manager',
    Content: lazy(() => import('./audit/page.tsx')),
  },
];

/** Who sees where parcels are; a platform, how full hubs are. */
function watches({ organisation: { kind } }: Session): boolean {
  return kind === 'administration' || kind === 'operator' || kind === 'platform';
}
