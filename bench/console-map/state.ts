import type { MapState } from '../../console/src/map/contract.ts';

/** A made-up state some seconds in: each hub and lane fills and empties at a pace of its own; a few are stale or warned of. */
export function stateAt(second: number, hubs: number, lanes: number): MapState {
  const fill = new Float32Array(hubs);
  const marks = new Uint8Array(hubs);
  for (let i = 0; i < hubs; i++) {
    const usual = 0.25 + 0.55 * (0.5 + 0.5 * Math.sin(i * 7.3)) ** 2;
    fill[i] = usual + 0.22 * Math.sin(second / (3 + (i % 11)) + i);
    if (i % 41 === 0) marks[i] |= 1;
    if (fill[i] > 0.97) marks[i] |= 2;
    if (fill[i] > 1) marks[i] |= 4;
    if (i % 97 === 0) fill[i] = Number.NaN;
  }
  return {
    fill,
    marks,
    size: Float32Array.from(fill, (_, i) => (0.5 + 0.5 * Math.sin(i * 3.7)) ** 2),
    load: Float32Array.from({ length: lanes }, (_, i) =>
      i % 53 === 0
        ? Number.NaN
        : 0.2 + 0.65 * (0.5 + 0.5 * Math.sin(i * 5.1)) ** 3 + 0.16 * Math.sin(second / 4 + i),
    ),
    width: Float32Array.from({ length: lanes }, (_, i) => (0.5 + 0.5 * Math.sin(i * 2.9)) ** 3),
  };
}
