import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'auto' | 'light' | 'dark';

/** Kept in the browser, not in the address: colours are the reader's, not the matter's. */
const KEY = 'cuofeng.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  dark.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    dark.removeEventListener('change', listener);
  };
}

function choice(): ThemeChoice {
  const kept = window.localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const set = (next: ThemeChoice) => {
    window.localStorage.setItem(KEY, next);
    for (const listener of listeners) listener();
  };
  return [useSyncExternalStore(subscribe, choice), set];
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () =>
    choice() === 'auto' ? dark.matches : choice() === 'dark',
  );
}
