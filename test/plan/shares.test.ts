import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Shares } from '../../src/plan/shares.js';
import { nextShipper } from '../support/plan-rows.js';

/** What each shipper has had after each of the releases. */
function shared(parcels: readonly number[], releases: readonly number[]): number[][] {
  const shares = new Shares();
  shares.open(Uint32Array.from([9, ...parcels, 9]), 1, 1 + parcels.length);
  return releases.map((n) => {
    shares.release(n);
    return Array.from(shares.given.subarray(0, shares.count));
  });
}

/** A cohort and the sizes in which all of it is released. */
function arbitraryReleases(shippersMost: number, parcelsMost: number) {
  return fc
    .array(fc.integer({ min: 1, max: parcelsMost }), { minLength: 1, maxLength: shippersMost })
    .chain((parcels) => {
      const N = parcels.reduce((sum, n) => sum + n, 0);
      const cuts = fc.uniqueArray(fc.integer({ min: 1, max: N }), { maxLength: 12 });
      return fc.record({ parcels: fc.constant(parcels), N: fc.constant(N), cuts });
    })
    .map(({ parcels, N, cuts }) => {
      const at = [...new Set([...cuts, N])].toSorted((a, b) => a - b);
      return { parcels, N, at, releases: at.map((R, i) => R - (at[i - 1] ?? 0)) };
    });
}

it('constraint 3: |x·N − n·R| < N after every release, nothing taken back, sums exact, also beyond 2⁵³', () => {
  const cohorts = fc.oneof(arbitraryReleases(60, 40), arbitraryReleases(5, 2 ** 32 - 1));
  fc.assert(
    fc.property(cohorts, ({ parcels, N, at, releases }) => {
      let before = parcels.map(() => 0);
      shared(parcels, releases).forEach((given, i) => {
        expect(given.reduce((sum, x) => sum + x, 0)).toBe(at[i]);
        for (const [j, x] of given.entries()) {
          const off = BigInt(x) * BigInt(N) - BigInt(parcels[j]) * BigInt(at[i]);
          expect(off < BigInt(N) && -off < BigInt(N)).toBe(true);
          expect(x).toBeGreaterThanOrEqual(before[j]);
        }
        before = given;
      });
      expect(before).toEqual(parcels);
    }),
    { numRuns: 500 },
  );
});

it('constraint 3: parcel by parcel it is earliest deadline first among those below their quota', () => {
  fc.assert(
    fc.property(arbitraryReleases(40, 12), ({ parcels, N }) => {
      const given = parcels.map(() => 0);
      const slow = Array.from({ length: N }, (_, before) => {
        given[nextShipper(parcels, given, N, before + 1)] += 1;
        return [...given];
      });
      const ones = slow.map(() => 1);
      expect(shared(parcels, ones)).toEqual(slow);
    }),
    { numRuns: 300 },
  );
});
