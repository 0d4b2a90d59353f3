import { grown } from '../grown.js';

/**
 * Parcels that are followed one by one: a sample of all. Of parcels numbered as they are released, the k-th followed is
 * number floor((k + phase) / share): of n that are released together, n · share are, up or down to whole ones as chance
 * has it; with share 1 all.
 *
 * They stand in lists, first in, first out, each knowing how many parcels that are not followed stand between it and the
 * one before, so that a list of n parcels is cut after any m ≤ n of them as the world cuts its batches. Lists of
 * several kinds share one Samples.
 */
export class Samples {
  /** How many were ever followed: number k of one, unique. */
  followed = 0;
  /** By place, which is used again when a parcel is let go. */
  number = new Float64Array(FIRST);
  operator = new Int32Array(FIRST);
  next = new Int32Array(FIRST);
  /** Parcels between it and the one before it, not followed. */
  gap = new Float64Array(FIRST);
  #free = -1;
  #used = 0;
  #released = 0;

  /** @param share in (0, 1]. @param phase in [0, 1). */
  constructor(
    private readonly share: number,
    private readonly phase: number,
  ) {}

  /** n more parcels at the end of a list. */
  release(lists: SampleLists, list: number, n: number, operator: number): void {
    lists.open(list);
    const until = this.#released + n;
    let at = this.#released;
    for (let next = this.#nextAt(); next < until; next = this.#nextAt()) {
      const i = this.#make(operator);
      this.gap[i] = next - at;
      lists.add(list, i, this);
      at = next + 1;
    }
    lists.rest[list] += until - at;
    this.#released = until;
  }

  /** Stops following one; it stands in no list. */
  letGo(i: number): void {
    this.next[i] = this.#free;
    this.#free = i;
  }

  /** Places there are, used or not. */
  get size(): number {
    return this.#used;
  }

  #nextAt(): number {
    return Math.floor((this.followed + this.phase) / this.share);
  }

  #make(operator: number): number {
    const i = this.#free >= 0 ? this.#free : this.#used++;
    if (i === this.#free) this.#free = this.next[i];
    else if (i === this.next.length) this.#grow();
    this.number[i] = this.followed++;
    this.operator[i] = operator;
    return i;
  }

  #grow(): void {
    const length = 2 * this.next.length;
    this.number = grown(this.number, new Float64Array(length));
    this.operator = grown(this.operator, new Int32Array(length));
    this.next = grown(this.next, new Int32Array(length));
    this.gap = grown(this.gap, new Float64Array(length));
  }
}

/** Lists of one kind, by number; one that was never opened is empty. */
export class SampleLists {
  head = new Int32Array(FIRST).fill(-1);
  tail = new Int32Array(FIRST).fill(-1);
  /** Parcels behind the last one that is followed. */
  rest = new Float64Array(FIRST);

  /** Makes room for a list. */
  open(list: number): void {
    if (list < this.head.length) return;
    const length = Math.max(list + 1, 2 * this.head.length);
    const from = this.head.length;
    this.head = grown(this.head, new Int32Array(length)).fill(-1, from);
    this.tail = grown(this.tail, new Int32Array(length)).fill(-1, from);
    this.rest = grown(this.rest, new Float64Array(length));
  }

  /** Adds one, with its gap, at the end. */
  add(list: number, i: number, samples: Samples): void {
    samples.gap[i] += this.rest[list];
    this.rest[list] = 0;
    samples.next[i] = -1;
    if (this.head[list] < 0) this.head[list] = i;
    else samples.next[this.tail[list]] = i;
    this.tail[list] = i;
  }

  /** Moves the first n parcels of a list, n at most all of them, to the end of another; `visit` sees those followed. */
  move(
    list: number,
    n: number,
    to: SampleLists,
    other: number,
    samples: Samples,
    visit?: (i: number) => void,
  ): void {
    to.open(other);
    let left = n;
    for (let i = this.head[list]; i >= 0 && samples.gap[i] < left; i = this.head[list]) {
      left -= samples.gap[i] + 1;
      this.head[list] = samples.next[i];
      to.add(other, i, samples);
      visit?.(i);
    }
    to.rest[other] += left;
    if (this.head[list] >= 0) samples.gap[this.head[list]] -= left;
    else this.rest[list] -= left;
  }

  /** Moves all. */
  moveAll(list: number, to: SampleLists, other: number, samples: Samples): void {
    to.open(other);
    for (let i = this.head[list]; i >= 0; i = this.head[list]) {
      this.head[list] = samples.next[i];
      to.add(other, i, samples);
    }
    to.rest[other] += this.rest[list];
    this.rest[list] = 0;
  }

  each(list: number, samples: Samples, visit: (i: number) => void): void {
    for (let i = this.head[list] ?? -1; i >= 0; i = samples.next[i]) visit(i);
  }

  /** Takes all that are followed out of a list and forgets the others. */
  empty(list: number, samples: Samples, visit: (i: number) => void): void {
    for (let i = this.head[list]; i >= 0; ) {
      const next = samples.next[i];
      visit(i);
      i = next;
    }
    this.head[list] = -1;
    this.rest[list] = 0;
  }
}

const FIRST = 1024;
