import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { WaybillHash } from '../../../src/edge/track/waybill-hash.js';

test('P13: the hash of a waybill is HMAC-SHA-256, 128 bits of it', () => {
  const key = fc.uint8Array({ minLength: 16, maxLength: 64 });
  fc.assert(
    fc.property(key, fc.uint8Array({ maxLength: 55 }), (secret, waybill) => {
      const words = new Int32Array(6);
      new WaybillHash(secret).hash(
        Uint8Array.of(7, ...waybill, 7),
        1,
        waybill.length + 1,
        words,
        1,
      );
      const expected = createHmac('sha256', secret).update(waybill).digest();
      expect([...words.subarray(1, 5)]).toEqual(
        [0, 4, 8, 12].map((at) => expected.readInt32BE(at)),
      );
      expect([words[0], words[5]]).toEqual([0, 0]);
    }),
  );
});

test('P13: short keys and long numbers are refused', () => {
  expect(() => new WaybillHash(new Uint8Array(15))).toThrow('16 to 64');
  const hash = new WaybillHash(new Uint8Array(32));
  expect(() => hash.hash(new Uint8Array(56), 0, 56, new Int32Array(4), 0)).toThrow('at most 55');
});
