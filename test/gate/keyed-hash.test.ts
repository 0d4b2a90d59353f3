import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyedHash } from '../../src/gate/keyed-hash.js';

const word = (x: bigint): bigint => x & 0xffffffffn;
const turn = (x: bigint, n: bigint): bigint => word((x << n) | (x >> (32n - n)));
const join = (v: readonly bigint[]): bigint =>
  v.reduce((sum, x, i) => sum | (x << BigInt(32 * i)), 0n);
const split = (x: bigint): bigint[] => [0n, 1n, 2n, 3n].map((i) => word(x >> (32n * i)));
const times2 = (x: bigint): bigint =>
  ((x << 1n) & ((1n << 128n) - 1n)) ^ (x >> 127n === 1n ? 0x87n : 0n);

const permute = (x: bigint): bigint => {
  let [a, b, c, d] = split(x);
  for (let round = 0; round < 8; round++) {
    a = word(a + b);
    b = turn(b, 5n) ^ a;
    a = turn(a, 16n);
    c = word(c + d);
    d = turn(d, 8n) ^ c;
    a = word(a + d);
    d = turn(d, 13n) ^ a;
    c = word(c + b);
    b = turn(b, 7n) ^ c;
    c = turn(c, 16n);
  }
  return join([a, b, c, d]);
};

/** Chaskey-8 over bytes, from the paper's description, words of 32 bits as BigInt. */
function chaskey(key: readonly bigint[], message: Uint8Array): bigint[] {
  const block = (from: number): bigint =>
    [...message.subarray(from, from + 16)].reduce(
      (sum, x, i) => sum | (BigInt(x) << BigInt(8 * i)),
      0n,
    );
  const k = join(key);
  let state = k;
  let at = 0;
  for (; message.length - at > 16; at += 16) state = permute(state ^ block(at));
  const isFull = message.length - at === 16;
  const subkey = isFull ? times2(k) : times2(times2(k));
  const padding = isFull ? 0n : 1n << BigInt(8 * (message.length - at));
  return split(permute(state ^ block(at) ^ padding ^ subkey) ^ subkey);
}

const key = [0x833d3433n, 0x009f389fn, 0x2398e64fn, 0x417acf39n];

test('the plain version gives the tags that the authors publish', () => {
  expect(chaskey(key, Uint8Array.of())).toEqual([
    0x792e8fe5n,
    0x75ce87aan,
    0x2d1450b5n,
    0x1191970bn,
  ]);
  expect(chaskey(key, Uint8Array.of(0))).toEqual([
    0x13a9307bn,
    0x50e62c89n,
    0x4577bd88n,
    0xc0bbdc18n,
  ]);
});

test('G1: the hash of shipper and id is the tag of the shipper’s four bytes and the id’s', () => {
  const hasher = new KeyedHash(Int32Array.from(key, (x) => Number(BigInt.asIntN(32, x))));
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 70 }),
      fc.nat(0x7fffffff),
      fc.nat(5),
      (id, shipper, at) => {
        const bytes = new Uint8Array(at + id.length + 3).fill(0xa5);
        bytes.set(id, at);
        hasher.hash(shipper, bytes, at, at + id.length);
        const found = [hasher.a, hasher.b, hasher.c, hasher.d].map((x) => BigInt(x >>> 0));
        const four = [0, 8, 16, 24].map((shift) => (shipper >>> shift) & 0xff);
        expect(found).toEqual(chaskey(key, Uint8Array.from([...four, ...id])));
      },
    ),
    { numRuns: 500 },
  );
});
