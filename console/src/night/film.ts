import type { Night } from '../../../src/client/api.ts';

/** One side of the night, as the page counts with it: columns by slot; tables of one row a slot, one column a hub or lane. */
export interface Side {
  readonly policy: Night['sides'][number]['policy'];
  /** Stock over floor, per cent; above 100 exactly where it overflows; 255: no floor. */
  readonly full: Uint8Array;
  /** Vehicles outside, per mille of the floor. */
  readonly outside: Uint16Array;
  /** Per cent of a line-haul's capacity. */
  readonly load: Uint8Array;
  readonly waiting: readonly number[];
  readonly overflowing: readonly number[];
  /** Sums from the start to the end of each slot. */
  readonly total: {
    readonly ready: Float64Array;
    readonly released: Float64Array;
    readonly pickedUp: Float64Array;
    readonly delivered: Float64Array;
    /** Hub-hours of important hubs, and of all, above their floor; hours in which hubs blocked each other. */
    readonly importantHours: Float64Array;
    readonly overflowHours: Float64Array;
    readonly gridlockHours: Float64Array;
  };
  readonly figures: Night['sides'][number]['figures'];
}

export interface Film {
  readonly night: Night;
  /** At once, and by plan; none until something of both is made. */
  readonly sides: readonly Side[];
}

export function filmOf(night: Night): Film {
  const hours = night.slotMinutes / 60;
  return { night, sides: night.sides.map((side) => sideOf(side, hours)) };
}

function sideOf(side: Night['sides'][number], hours: number): Side {
  const { policy, waiting, overflowing, figures } = side;
  return {
    policy,
    full: bytesOf(side.full),
    outside: wordsOf(bytesOf(side.outside)),
    load: bytesOf(side.load),
    waiting,
    overflowing,
    total: {
      ready: sums(side.ready),
      released: sums(side.released),
      pickedUp: sums(side.pickedUp),
      delivered: sums(side.delivered),
      importantHours: sums(side.important, (hubs) => hubs * hours),
      overflowHours: sums(overflowing, (hubs) => hubs * hours),
      gridlockHours: sums(side.gridlocked, (hubs) => (hubs > 0 ? hours : 0)),
    },
    figures,
  };
}

/** After `slots` slots; nothing has happened before the first. */
export function after(column: ArrayLike<number>, slots: number): number {
  return slots > 0 ? column[Math.min(slots, column.length) - 1] : 0;
}

function sums(column: readonly number[], of: (n: number) => number = (n) => n): Float64Array {
  let sum = 0;
  return Float64Array.from(column, (n) => {
    sum += of(n);
    return sum;
  });
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function wordsOf(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from(
    { length: bytes.length / 2 },
    (_, i) => bytes[2 * i] + 256 * bytes[2 * i + 1],
  );
}
