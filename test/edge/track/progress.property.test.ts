import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ParcelProgress, Progress } from '../../../src/edge/track/progress.js';

const NOW = 1e12;

/** Few moments and hashes, so that parcels are equally long without news. */
const parcels = fc.array(
  fc.record({ kind: fc.nat({ max: 9 }), since: fc.integer({ min: NOW - 5, max: NOW }) }),
  { maxLength: 60 },
);

test('pages of progress have each parcel that is on its way once, longest without news first', () => {
  fc.assert(
    fc.property(
      parcels,
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (list, most, cut) => {
        const hashes = list.map((_, i) => Buffer.from([(i * 7) % 61]));
        const page = (after?: ParcelProgress) => {
          const progress = new Progress(most, after, NOW);
          for (let from = 0; from < list.length; from += cut) {
            const part = list.slice(from, from + cut);
            progress.add(
              part.map(({ since }, i) => ({
                operator: 'A',
                ticket: 't',
                parcel: hashes[from + i],
                declaredAt: since,
              })),
              {
                at: Float64Array.from(part, ({ since }) => since),
                kind: Uint8Array.from(part, ({ kind }) => kind),
                resource: new Int32Array(part.length),
                to: new Int32Array(part.length),
              },
            );
          }
          return progress.first();
        };
        const all: ParcelProgress[] = [];
        for (let part = page(); part.length > 0; part = page(all.at(-1))) all.push(...part);
        const expected = list
          .map(({ kind, since }, i) => ({ kind, since, parcel: hashes[i] }))
          .filter(({ kind }) => kind < 8)
          .toSorted((a, b) => a.since - b.since || Buffer.compare(a.parcel, b.parcel));
        expect(all.map(({ kind, since, parcel }) => ({ kind, since, parcel }))).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
