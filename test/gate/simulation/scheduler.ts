import type { Chance } from './chance.js';

interface Happening {
  readonly at: number;
  /** Drawn: what is due in the same millisecond comes in any order, but in the same one for a seed. */
  readonly rank: number;
  readonly number: number;
  readonly act: () => void;
}

/**
 * Virtual time. What is to happen waits in one queue, by (time, rank, number); between two happenings the code under
 * test runs until all of it waits for another happening. As nothing else wakes it, a run is a function of its seed.
 */
export class Scheduler {
  /** Milliseconds since the run began. */
  now = 0;
  /** Happenings so far. */
  count = 0;
  readonly #heap: Happening[] = [];
  #number = 0;

  constructor(private readonly chance: Chance) {}

  /** Does it after so many milliseconds. */
  after(ms: number, act: () => void): void {
    const rank = this.chance.below(1 << 16);
    this.#push({ at: this.now + Math.max(0, ms), rank, number: this.#number++, act });
  }

  /** Lets time go on until an instant, or until `isOver` says so. */
  async runUntil(instant: number, isOver = (): boolean => false): Promise<void> {
    while (!isOver()) {
      const next = this.#heap[0];
      if (!next || next.at > instant) break;
      this.#pop();
      this.now = next.at;
      this.count += 1;
      next.act();
      await quiet();
    }
    if (!isOver()) this.now = Math.max(this.now, instant);
  }

  #push(happening: Happening): void {
    const heap = this.#heap;
    let i = heap.push(happening) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(happening, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = happening;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (let child = 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.rank === b.rank ? a.number < b.number : a.rank < b.rank;
}

/** After all that runs without waiting for a happening. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
