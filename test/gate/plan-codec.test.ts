import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import { decodePlan, encodePlan } from '../../src/gate/plan-codec.js';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

const plans: fc.Arbitrary<GatePlan> = fc
  .record({
    version: fc.nat(),
    from: fc.nat(),
    slots: fc.nat(),
    capacitySlots: fc.nat(),
    capacity: fc.float64Array({ maxLength: 9 }),
    prices: fc.array(fc.tuple(int32, int32, fc.double())),
    shares: fc.array(
      fc.tuple(int32, int32, fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }), fc.nat(255), int32),
    ),
    spare: fc.nat(3),
  })
  .map(({ version, from, slots, capacitySlots, capacity, prices, shares, spare }) => {
    const rows = [...shares, ...shares.slice(0, spare)];
    return {
      version,
      from,
      slots,
      capacity: { slots: capacitySlots, values: capacity },
      prices: {
        resource: Int32Array.from(prices, ([r]) => r),
        slot: Int32Array.from(prices, ([, slot]) => slot),
        price: Float64Array.from(prices, ([, , price]) => price),
      },
      shares: {
        count: shares.length,
        shipper: Int32Array.from(rows, ([shipper]) => shipper),
        flow: Int32Array.from(rows, ([, flow]) => flow),
        slot: Int16Array.from(rows, ([, , slot]) => slot),
        way: Uint8Array.from(rows, ([, , , way]) => way),
        parcels: Int32Array.from(rows, ([, , , , parcels]) => parcels),
      },
    };
  });

/** The columns may be longer than the rows they hold. */
function trimmed({ shares, ...plan }: GatePlan): GatePlan {
  const { count } = shares;
  return {
    ...plan,
    shares: {
      count,
      shipper: shares.shipper.slice(0, count),
      flow: shares.flow.slice(0, count),
      slot: shares.slot.slice(0, count),
      way: shares.way.slice(0, count),
      parcels: shares.parcels.slice(0, count),
    },
  };
}

test('a plan is the same after encoding and decoding, wherever its bytes stand', () => {
  fc.assert(
    fc.property(plans, fc.nat(8), (plan, offset) => {
      const bytes = encodePlan(plan);
      const moved = new Uint8Array(bytes.length + offset);
      moved.set(bytes, offset);
      expect(decodePlan(moved.subarray(offset))).toEqual(trimmed(plan));
    }),
  );
});

test('P15: a plan with any bit changed, or cut short anywhere, is refused', () => {
  const [plan] = fc.sample(plans, { numRuns: 1, seed: 5 });
  const bytes = encodePlan(plan);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] ^= 1 << (i % 8);
    expect(() => decodePlan(bytes)).toThrow('damaged');
    bytes[i] ^= 1 << (i % 8);
    expect(() => decodePlan(bytes.subarray(0, i))).toThrow('damaged');
  }
});
