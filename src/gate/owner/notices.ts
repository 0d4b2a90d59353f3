import type { Notices } from './journal-store.js';

/** Words of a notice. */
export const NOTICE = 8;

/**
 * Words of a notice, by the kind of record it tells of (journal.ts); the rest is 0:
 *
 *     PLAN      version
 *     CAPACITY  resource, slot, parcels
 *     STATE     row, new state, slot, way
 *     MOVED     row, code of the reason, slot, way, slot before, way before
 */
export const Word = {
  kind: 0,
  version: 1,
  resource: 1,
  capacitySlot: 2,
  capacity: 3,
  row: 1,
  state: 2,
  reason: 2,
  slot: 3,
  way: 4,
  slotBefore: 5,
  wayBefore: 6,
} as const;

/** Notices under way to the store, by audience. */
export class NoticeBook {
  readonly #lists = new Map<number, { words: Int32Array; length: number }>();

  /** @param words fewer than NOTICE; the rest is 0. */
  push(audience: number, words: readonly number[]): void {
    let list = this.#lists.get(audience);
    if (!list) {
      list = { words: new Int32Array(8 * NOTICE), length: 0 };
      this.#lists.set(audience, list);
    }
    if (list.length === list.words.length) {
      const more = new Int32Array(2 * list.words.length);
      more.set(list.words);
      list.words = more;
    }
    list.words.set(words, list.length);
    list.length += NOTICE;
  }

  /** What was pushed since the last time, by audience. */
  take(): Notices[] {
    const taken = [...this.#lists]
      .toSorted(([a], [b]) => a - b)
      .map(([audience, { words, length }]) => ({ audience, words: words.slice(0, length) }));
    this.#lists.clear();
    return taken;
  }
}
