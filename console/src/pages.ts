import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** The console's pages in the order of the mechanism: path, title (a key of the frame's words), content. */
export interface Page {
  readonly path: string;
  readonly title: 'page.plan' | 'page.live' | 'page.simulate';
  readonly Content: LazyExoticComponent<ComponentType>;
}

export const pages: readonly Page[] = [
  { path: 'plan', title: 'page.plan', Content: lazy(() => import('./plan/page.tsx')) },
  { path: 'live', title: 'page.live', Content: lazy(() => import('./live/page.tsx')) },
  { path: 'simulate', title: 'page.simulate', Content: lazy(() => import('./simulate/page.tsx')) },
];
