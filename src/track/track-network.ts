/** Resources and operators are numbered below these, so that they fit their fields. */
export const RESOURCES_MOST = 2 ** 20 - 2;
export const OPERATORS_MOST = 2 ** 16 - 1;
/** Milliseconds after the first stamp that can be told: 36 bits, 795 days. */
export const STAMPS_MOST = 2 ** 36;

/** What tracking knows of the network. Numbers stand for a whole season: what is new is added at the end. */
export interface TrackNetwork {
  readonly resources: number;
  readonly operators: number;
  /** The first moment that can be stamped, milliseconds since 1970, some time before the season: the start of slot 0. */
  readonly startMs: number;
  readonly slotMs: number;
  readonly lanes: Lanes;
  readonly legs: Legs;
}

/** Which resource is the lane from one resource to another. */
export class Lanes {
  readonly #lane = new Map<number, number>();

  constructor(lanes: Iterable<readonly [from: number, to: number, lane: number]> = []) {
    for (const [from, to, lane] of lanes) this.#lane.set(from * 2 ** 20 + to, lane);
  }

  /** The number of the lane's resource, or −1. */
  find(from: number, to: number): number {
    return this.#lane.get(from * 2 ** 20 + to) ?? -1;
  }
}

/** Ways from one place to the next that routes take, numbered. */
export class Legs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #number = new Map<number, number>();

  /** @param ends in any order, repeated or not: the first of equal ones gives the number. */
  constructor(ends: Iterable<readonly [from: number, to: number]> = []) {
    const all: (readonly [number, number])[] = [];
    for (const [from, to] of ends) {
      const key = from * 2 ** 20 + to;
      if (this.#number.has(key)) continue;
      this.#number.set(key, all.length);
      all.push([from, to]);
    }
    this.from = Int32Array.from(all, ([from]) => from);
    this.to = Int32Array.from(all, ([, to]) => to);
  }

  get size(): number {
    return this.from.length;
  }

  /** The number of the leg, or −1. */
  find(from: number, to: number): number {
    return this.#number.get(from * 2 ** 20 + to) ?? -1;
  }
}

/** The slot in which a moment lies. */
export function slotAt({ startMs, slotMs }: TrackNetwork, ms: number): number {
  return Math.floor((ms - startMs) / slotMs);
}
