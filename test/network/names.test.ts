import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from '../../src/network/names.js';

const id = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.nat(300).map((n) => `shipper-${n}`),
);

test('identifiers are numbered by first appearance, found again, and kept byte for byte', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 400 }), (texts) => {
      const names = new Names();
      const numbers = texts.map((text) => names.internText(text));
      const distinct = [...new Set(texts)];
      expect(names.list()).toEqual(distinct);
      expect(numbers).toEqual(texts.map((text) => distinct.indexOf(text)));
      expect(texts.map((text) => names.findText(text))).toEqual(numbers);
      const bytes = Buffer.concat(distinct.map((text) => Buffer.from(text)));
      expect(Buffer.from(names.bytes.subarray(0, bytes.length))).toEqual(bytes);
      expect(names.findText('not there \u0000')).toBe(-1);
    }),
  );
});

test('an identifier is compared with bytes in place', () => {
  const names = Names.from(['ab', 'abc']);
  const bytes = new TextEncoder().encode('xabcx');
  expect(names.is(1, bytes, 1, 4)).toBe(true);
  expect(names.is(0, bytes, 1, 4)).toBe(false);
  expect(names.is(0, bytes, 1, 3)).toBe(true);
  expect(names.is(-1, bytes, 1, 3)).toBe(false);
  expect(names.find(bytes, 0, 3)).toBe(-1);
});
