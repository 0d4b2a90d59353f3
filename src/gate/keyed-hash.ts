/**
 * Chaskey (8 rounds), a message authentication code of 128 bits for 32-bit arithmetic: the hash of
 * (shipper, request id) under a secret key, so that nobody can choose ids that meet in the index.
 * The message is the shipper's number, four bytes, low first, and then the bytes of the id.
 *
 * Source: Mouha et al., Chaskey: An Efficient MAC Algorithm for 32-bit Microcontrollers, 2014.
 * Cost: 8 rounds per 16 bytes. The result stands in `a`, `b`, `c`, `d` until the next call.
 */
export class KeyedHash {
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  readonly #key: Int32Array;
  /** Subkeys for a last block that is full, and for one that was padded. */
  readonly #full: Int32Array;
  readonly #padded: Int32Array;

  /** @param key four words, secret, the same for the whole season. */
  constructor(key: Int32Array) {
    this.#key = Int32Array.from(key.subarray(0, 4));
    this.#full = doubled(this.#key);
    this.#padded = doubled(this.#full);
  }

  hash(shipper: number, bytes: Uint8Array, start: number, end: number): void {
    const key = this.#key;
    let a = key[0] ^ shipper;
    let b = key[1];
    let c = key[2];
    let d = key[3];
    let subkey = key;
    // The first block holds the shipper and 12 bytes of the id, each other one 16: `at` is where a
    // block of 16 would begin.
    for (let at = start - 4; at < end; at += 16) {
      const isLast = at + 16 >= end;
      if (!isLast || at + 16 === end) {
        if (at >= start) a ^= wordAt(bytes, at);
        b ^= wordAt(bytes, at + 4);
        c ^= wordAt(bytes, at + 8);
        d ^= wordAt(bytes, at + 12);
        subkey = this.#full;
      } else {
        if (at >= start) a ^= paddedAt(bytes, at, end);
        b ^= paddedAt(bytes, at + 4, end);
        c ^= paddedAt(bytes, at + 8, end);
        d ^= paddedAt(bytes, at + 12, end);
        subkey = this.#padded;
      }
      if (isLast) {
        a ^= subkey[0];
        b ^= subkey[1];
        c ^= subkey[2];
        d ^= subkey[3];
      }
      for (let round = 0; round < 8; round++) {
        a = (a + b) | 0;
        b = ((b << 5) | (b >>> 27)) ^ a;
        a = (a << 16) | (a >>> 16);
        c = (c + d) | 0;
        d = ((d << 8) | (d >>> 24)) ^ c;
        a = (a + d) | 0;
        d = ((d << 13) | (d >>> 19)) ^ a;
        c = (c + b) | 0;
        b = ((b << 7) | (b >>> 25)) ^ c;
        c = (c << 16) | (c >>> 16);
      }
    }
    this.a = a ^ subkey[0];
    this.b = b ^ subkey[1];
    this.c = c ^ subkey[2];
    this.d = d ^ subkey[3];
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** A word of which the bytes from `end` on are the padding: 1, then zeros. */
function paddedAt(bytes: Uint8Array, at: number, end: number): number {
  const left = end - at;
  if (left >= 4) return wordAt(bytes, at);
  if (left < 0) return 0;
  let word = 1 << (8 * left);
  for (let i = 0; i < left; i++) word |= bytes[at + i] << (8 * i);
  return word;
}

/** Twice a word of 128 bits in the field of x¹²⁸ + x⁷ + x² + x + 1. */
function doubled(k: Int32Array): Int32Array {
  const carry = k[3] >> 31;
  return Int32Array.of(
    (k[0] << 1) ^ (carry & 0x87),
    (k[1] << 1) | (k[0] >>> 31),
    (k[2] << 1) | (k[1] >>> 31),
    (k[3] << 1) | (k[2] >>> 31),
  );
}
