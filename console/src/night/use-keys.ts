import { useEffect, useRef } from 'react';
import { type Player, SPEEDS, type Speed } from './player.ts';

/** What has keys of its own: the map, lists, what is typed in or pressed. */
const THEIRS =
  'input, textarea, select, button, a, [role="application"], [role="listbox"], [role="dialog"], [role="radiogroup"]';

/** Keys of the player, wherever on the page nothing else takes them. */
export function useNightKeys(player: Player, speed: Speed, setSpeed: (speed: Speed) => void): void {
  const latest = useRef({ speed, setSpeed });
  latest.current = { speed, setSpeed };
  useEffect(() => {
    const faster = (by: number) => {
      const next = SPEEDS[SPEEDS.indexOf(latest.current.speed) + by];
      if (next !== undefined) latest.current.setSpeed(next);
    };
    const keys: Readonly<Record<string, () => void>> = {
      ' ': () => (player.isPlaying ? player.pause() : player.play()),
      ArrowLeft: () => player.seek(Math.ceil(player.at) - 1),
      ArrowRight: () => player.seek(player.slot + 1),
      Home: () => player.seek(0),
      End: () => player.seek(Number.POSITIVE_INFINITY),
      '+': () => faster(1),
      '=': () => faster(1),
      '-': () => faster(-1),
    };
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(THEIRS)) return;
      if (!Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      keys[event.key]();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [player]);
}
