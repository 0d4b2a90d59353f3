import type { Film } from './film.ts';

export interface Bar {
  /** Its number in the film. */
  readonly hub: number;
  readonly resource: Film['night']['hubs'][number]['resource'];
}

/** Bars that can be told apart on a screen. */
const BARS_MOST = 40;

/**
 * Hubs by operator, the largest floor first; of more than BARS_MOST those that overflow in most slots of either side, ties by
 * their number.
 */
export function barsOf({ night: { hubs }, sides }: Film): { operator: string; bars: Bar[] }[] {
  const overflows = hubs.map((_, hub) =>
    sides.reduce((sum, { full }) => sum + slotsOver(full, hub, hubs.length), 0),
  );
  const numbers = hubs.flatMap(({ floor }, hub) => (floor === null ? [] : [hub]));
  const worst = numbers
    .toSorted((a, b) => overflows[b] - overflows[a] || a - b)
    .slice(0, BARS_MOST);
  const groups = new Map<string, Bar[]>();
  const ordered = worst.toSorted((a, b) => (hubs[b].floor ?? 0) - (hubs[a].floor ?? 0) || a - b);
  for (const hub of ordered) {
    const { resource } = hubs[hub];
    groups.set(resource.operator, [...(groups.get(resource.operator) ?? []), { hub, resource }]);
  }
  return [...groups].map(([operator, bars]) => ({ operator, bars }));
}

/** The longest line outside a hub over its floor, of both sides; at least one floor. */
export function outsideMost({ sides }: Film): number {
  let most = 1000;
  for (const { outside } of sides) for (const perMille of outside) most = Math.max(most, perMille);
  return most / 1000;
}

function slotsOver(full: Uint8Array, hub: number, hubs: number): number {
  let slots = 0;
  for (let at = hub; at < full.length; at += hubs) slots += Number(full[at] > 100);
  return slots;
}
