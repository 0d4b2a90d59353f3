import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useAddress } from '../frame/address.ts';
import type { Film } from './film.ts';
import { momentOf, slotOf } from './moment.ts';
import { Player, SPEEDS, type Speed } from './player.ts';

/** While it plays, the address follows so often, milliseconds: browsers bear no more. */
const REMEMBER_MS = 1000;

/**
 * The player of a film. Where it stands and how fast it goes are in the address. It begins by itself where nobody named a moment,
 * unless motion is not wanted: then it stands in the middle of the season, where something can be seen.
 */
export function useNightPlayer({ night }: Film): Player {
  const [moment, setMoment] = useAddress('at');
  const [speed] = useSpeed();
  const [player] = useState(() => {
    const made = new Player(moment === undefined ? startOf(night) : slotOf(moment, night));
    made.speed = speed;
    if (moment === undefined && !stillWanted()) made.play();
    return made;
  });
  useEffect(() => {
    player.show(night.made, night.slotMinutes / 60, night.state !== 'making');
  }, [player, night]);
  useEffect(() => {
    player.speed = speed;
  }, [player, speed]);
  useEffect(() => () => player.pause(), [player]);
  useRemembered(player, night, moment, setMoment);
  return player;
}

function startOf({ seasonSlots }: Film['night']): number {
  return stillWanted() ? Math.round(seasonSlots / 2) : 0;
}

function stillWanted(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Keeps the address at the player's slot: now and then while it plays, at once when it stands. */
function useRemembered(
  player: Player,
  night: Film['night'],
  moment: string | undefined,
  setMoment: (moment?: string) => void,
): void {
  const latest = useRef({ night, moment, setMoment });
  latest.current = { night, moment, setMoment };
  useEffect(() => {
    const remember = () => {
      const now = momentOf(player.slot, latest.current.night);
      const isThere = player.slot > 0 || latest.current.moment !== undefined;
      if (isThere && now !== latest.current.moment) latest.current.setMoment(now);
    };
    const timer = setInterval(remember, REMEMBER_MS);
    return () => clearInterval(timer);
  }, [player]);
}

export function useSpeed(): [Speed, (speed: Speed) => void] {
  const [text, setText] = useAddress('speed');
  const speed = SPEEDS.find((each) => String(each) === text) ?? 1;
  return [speed, (next) => setText(next === 1 ? undefined : String(next))];
}

/** Something of the player, as it changes: asked for in every frame, drawn only when it is another. */
export function useOf<T>(player: Player, of: (player: Player) => T): T {
  return useSyncExternalStore(player.subscribe, () => of(player));
}
