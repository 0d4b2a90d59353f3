import * as fc from 'fast-check';
import type { ScanBatch } from '../../src/track/scans.js';
import { arbitraryDrill } from './track-drill.js';
import { type Seen, scansOf } from './track-world.js';

/** Batches as they are received, with repeats, disorder, conflicts, faults, and scans driven in again. */
export const arbitraryBatches: fc.Arbitrary<ScanBatch[]> = fc
  .record({ drill: arbitraryDrill, again: fc.array(fc.nat(6), { minLength: 50, maxLength: 50 }) })
  .map(({ drill: { set, ways }, again }) => {
    const [{ order, repeated, batches: sizes }] = ways;
    const all = [...set, ...repeated.map((n) => set[n % set.length])];
    const list = all
      .map((receipt, i) => ({ receipt, key: order[i % order.length] % 997, i }))
      .toSorted((a, b) => a.key - b.key || a.i - b.i);
    const batches: ScanBatch[] = [];
    for (let i = 0; i < list.length; ) {
      const { receivedAt, source } = list[i].receipt;
      const seen: Seen[] = [];
      for (const size = sizes[batches.length]; i < list.length && seen.length < size; i++) {
        if (list[i].receipt.source !== source) break;
        seen.push(list[i].receipt.seen);
      }
      const origin = again[batches.length] === 0 ? seen.map((_, n) => n) : undefined;
      // Nothing is in quarantine yet that could be driven in again by these numbers: only the flag counts.
      batches.push(scansOf(batches.length + 1, receivedAt, seen, source, origin));
    }
    return batches;
  });
