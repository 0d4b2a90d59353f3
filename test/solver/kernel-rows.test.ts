import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Rows, writeWindows } from '../../src/solver/kernel-rows.js';

/** One resource whose row is as long as its prices. */
function windowsOf(price: readonly number[], span: number): Float32Array {
  const length = price.length;
  const rows: Rows = {
    rows: [{ resource: 0, span, offset: 0, length }],
    stepAt: new Int32Array(0),
    floats: length,
  };
  const at = Int32Array.of(0, length);
  const resources = { count: 1, at, first: Int32Array.of(0), capacity: new Float64Array(length) };
  const to = new Float32Array(length);
  writeWindows(rows, resources, Float64Array.from(price), to);
  return to;
}

it('a window holds the sum of its prices, and 0 to the bit where it has none', () => {
  const prices = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(prices, fc.integer({ min: 1, max: 5 }), (price, span) => {
      const windows = windowsOf(price, span);
      for (let i = 0; i < price.length; i++) {
        const own = price.slice(i, i + span);
        if (own.every((p) => p === 0)) expect(windows[i]).toBe(0);
        else
          expect(windows[i]).toBeCloseTo(
            own.reduce((sum, p) => sum + p),
            4,
          );
      }
    }),
    { numRuns: 2000, examples: [[[0, 0, 0.01, 0.14449238059608943], 2]] },
  );
});
