import type { MapState } from './contract.ts';
import type { Items } from './layout.ts';

/** Lanes between the same two items, one way: drawn as one. */
export interface Bundles {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Lanes of bundle b: lanes[start[b]] … lanes[start[b + 1] − 1]. */
  readonly start: Int32Array;
  readonly lanes: Int32Array;
}

/** Lanes within an item are in none. */
export function bundlesOf(from: Int32Array, to: Int32Array, { itemOf, size }: Items): Bundles {
  const key = Float64Array.from(from, (hub, lane) => itemOf[hub] * size + itemOf[to[lane]]);
  const lanes = Int32Array.from(key, (_, lane) => lane)
    .filter((lane) => itemOf[from[lane]] !== itemOf[to[lane]])
    .toSorted((a, b) => key[a] - key[b] || a - b);
  const first = Array.from(lanes.keys()).filter(
    (i) => i === 0 || key[lanes[i]] !== key[lanes[i - 1]],
  );
  return {
    from: Int32Array.from(first, (i) => itemOf[from[lanes[i]]]),
    to: Int32Array.from(first, (i) => itemOf[to[lanes[i]]]),
    start: Int32Array.from([...first, lanes.length]),
    lanes,
  };
}

/** The highest load of a bundle's lanes; NaN where none is known. */
export function bundleLoad({ start, lanes }: Bundles, bundle: number, { load }: MapState): number {
  let most = Number.NaN;
  for (let i = start[bundle]; i < start[bundle + 1]; i++) {
    const own = load[lanes[i]];
    if (!(own <= most)) most = Number.isNaN(own) ? most : own;
  }
  return most;
}

/** The width of the widest of its lanes. */
export function bundleWidth(
  { start, lanes }: Bundles,
  bundle: number,
  { width }: MapState,
): number {
  let most = 0;
  for (let i = start[bundle]; i < start[bundle + 1]; i++) most = Math.max(most, width[lanes[i]]);
  return most;
}
