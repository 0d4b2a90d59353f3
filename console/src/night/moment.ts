import type { Film } from './film.ts';

type Clock = Pick<Film['night'], 'start' | 'slotMinutes'>;

/** A moment as the address has it: `2020-11-11T06:00`, the season's own wall clock. */
export function momentOf(slot: number, { start, slotMinutes }: Clock): string {
  return new Date(wallOf(start) + slot * slotMinutes * 60_000).toISOString().slice(0, 16);
}

/** The slot that begins with or before a moment; 0 for what is none. */
export function slotOf(moment: string, { start, slotMinutes }: Clock): number {
  const ms = Date.parse(`${moment}:00Z`) - wallOf(start);
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.floor(ms / (slotMinutes * 60_000)));
}

/** A start's wall clock, read as if it were UTC. */
function wallOf(start: string): number {
  return Date.parse(`${start.slice(0, 19)}Z`);
}
