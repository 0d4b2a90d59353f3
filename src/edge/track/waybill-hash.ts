/** Bytes of a block of SHA-256. */
const BLOCK = 64;
/** First word of the message in a waybill's block: waybills are short, one block holds them and their padding. */
const LONGEST = BLOCK - 9;

/**
 * HMAC-SHA-256 of waybill numbers under the season's key, 128 bits of it kept: what parcels are known by inside (P13). The
 * two keyed blocks are hashed once, so a waybill of up to 55 bytes costs two compressions and makes no object; that
 * is some times faster than a call to the system's library for each. A test holds it equal to `node:crypto`.
 *
 * Source: FIPS 180-4, FIPS 198-1.
 */
export class WaybillHash {
  readonly #inner = new Int32Array(8);
  readonly #outer = new Int32Array(8);
  readonly #words = new Int32Array(64);
  readonly #state = new Int32Array(8);

  /** @param key secret, 16 to 64 bytes; another season or period has another. */
  constructor(key: Uint8Array) {
    if (key.length < 16 || key.length > BLOCK) throw new Error('a key has 16 to 64 bytes');
    this.#keyed(key, 0x36, this.#inner);
    this.#keyed(key, 0x5c, this.#outer);
  }

  /** Hashes bytes[start] … bytes[end − 1], at most 55, into four words of `into` from `at` on. */
  hash(bytes: Uint8Array, start: number, end: number, into: Int32Array, at: number): void {
    const length = end - start;
    if (length > LONGEST) throw new Error('a waybill number has at most 55 bytes');
    const words = this.#words;
    words.fill(0, 0, 16);
    for (let i = 0; i < length; i++) words[i >> 2] |= bytes[start + i] << (24 - 8 * (i & 3));
    words[length >> 2] |= 0x80 << (24 - 8 * (length & 3));
    words[15] = 8 * (BLOCK + length);
    const state = this.#state;
    state.set(this.#inner);
    compress(state, words);
    words.set(state);
    words.fill(0, 8, 16);
    words[8] = 0x80 << 24;
    words[15] = 8 * (BLOCK + 32);
    state.set(this.#outer);
    compress(state, words);
    for (let i = 0; i < 4; i++) into[at + i] = state[i];
  }

  /** The state after the block of the key, each byte of it changed by `pad`. */
  #keyed(key: Uint8Array, pad: number, into: Int32Array): void {
    const words = this.#words;
    words.fill(0, 0, 16);
    for (let i = 0; i < BLOCK; i++) {
      words[i >> 2] |= ((i < key.length ? key[i] : 0) ^ pad) << (24 - 8 * (i & 3));
    }
    into.set(START);
    compress(into, words);
  }
}

/** One round of SHA-256 over a block: 16 words of the message, with room for 64. */
function compress(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The first primes: their roots make the constants of SHA-256. */
const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && Array.from({ length: n }, (_, k) => k).every((k) => k < 2 || n % k !== 0),
);

/** 32 bits of the fraction of the n-th root of p, exactly, by Newton's method in whole numbers. */
function rootBits(p: number, n: bigint): number {
  const target = BigInt(p) << (32n * n);
  let root = 1n << 40n;
  for (;;) {
    const next = ((n - 1n) * root + target / root ** (n - 1n)) / n;
    if (next >= root) return Number(BigInt.asIntN(32, root));
    root = next;
  }
}

const START = Int32Array.from(PRIMES.slice(0, 8), (p) => rootBits(p, 2n));
const ROUND = Int32Array.from(PRIMES.slice(0, 64), (p) => rootBits(p, 3n));
