import { useEffect, useRef } from 'react';

/** What a key does; keys as the browser names them. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys belong to what is being typed in or moved by them. */
const TYPING =
  'input, textarea, select, [contenteditable="true"], [role="slider"], [role="dialog"]';

/** Calls what a key stands for wherever on the page it is pressed, but where text is written. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
