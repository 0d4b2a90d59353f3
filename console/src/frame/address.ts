import { useCallback, useSyncExternalStore } from 'react';

/**
 * The address is the console's only memory of what is chosen, so that a link shows another person
 * the same thing. A choice replaces the address; going to another page adds to the history.
 */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

function change(url: URL, how: 'pushState' | 'replaceState'): void {
  window.history[how](null, '', url);
  for (const listener of listeners) listener();
}

/** One field of the address; setting undefined takes it out. */
export function useAddress(field: string): [string | undefined, (value?: string) => void] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const set = useCallback(
    (value?: string) => {
      const url = new URL(window.location.href);
      if (value === undefined) url.searchParams.delete(field);
      else url.searchParams.set(field, value);
      change(url, 'replaceState');
    },
    [field],
  );
  return [new URLSearchParams(search).get(field) ?? undefined, set];
}

/** What stays when one goes to another page: language and large screen; what was chosen belongs to its page. */
export function kept(): string {
  const search = new URLSearchParams(window.location.search);
  const staying = KEPT.flatMap((field) => {
    const value = search.get(field);
    return value === null ? [] : [[field, value]];
  });
  return staying.length === 0 ? '' : `?${new URLSearchParams(staying)}`;
}

const KEPT = ['lang', 'wall'];

/**
 * The page asked for, the path without its slashes; and how to go to another, with what is chosen there.
 */
export function usePagePath(): [
  string,
  (path: string, chosen?: Readonly<Record<string, string>>) => void,
] {
  const path = useSyncExternalStore(subscribe, () => window.location.pathname);
  const go = useCallback((to: string, chosen: Readonly<Record<string, string>> = {}) => {
    const url = new URL(`/${to}${kept()}`, window.location.href);
    for (const [field, value] of Object.entries(chosen)) url.searchParams.set(field, value);
    change(url, 'pushState');
  }, []);
  return [path.replaceAll('/', ''), go];
}
