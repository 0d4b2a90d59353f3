/**
 * A table of distinct identifiers (opaque UTF-8 strings), numbered 0, 1, … in order of first
 * appearance. All text lies in one byte pool with an open-addressing hash beside it: a million
 * route ids take 20 MB and no object each, and readers and writers move bytes, not strings.
 */
export class Names {
  #pool: Uint8Array;
  #offset: Uint32Array;
  #slot: Int32Array;
  #size = 0;

  constructor() {
    this.#pool = new Uint8Array(1024);
    this.#offset = new Uint32Array(65);
    this.#slot = new Int32Array(128).fill(-1);
  }

  get size(): number {
    return this.#size;
  }

  /** The table for a list of distinct strings, numbered in their order. */
  static from(texts: Iterable<string>): Names {
    const names = new Names();
    for (const text of texts) names.internText(text);
    return names;
  }

  /** The number of the identifier in bytes[start, end), which is added if it is new. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let at = this.#probe(bytes, start, end);
    if (this.#slot[at] >= 0) return this.#slot[at];
    if (this.#size * 2 >= this.#slot.length) {
      this.#rehash();
      at = this.#probe(bytes, start, end);
    }
    return this.#append(bytes, start, end, at);
  }

  /** The number of the identifier in bytes[start, end), or −1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.#slot[this.#probe(bytes, start, end)];
  }

  /** Whether the identifier numbered i is bytes[start, end); not for i < 0. */
  is(i: number, bytes: Uint8Array, start: number, end: number): boolean {
    return i >= 0 && this.#equals(i, bytes, start, end);
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  findText(text: string): number {
    const bytes = encoder.encode(text);
    return this.find(bytes, 0, bytes.length);
  }

  /** The identifier numbered i. */
  get(i: number): string {
    if (i < 0 || i >= this.#size) throw new RangeError(`no identifier ${i} of ${this.#size}`);
    return decoder.decode(this.#pool.subarray(this.#offset[i], this.#offset[i + 1]));
  }

  /** All identifiers, in order. */
  list(): string[] {
    return Array.from({ length: this.#size }, (_, i) => this.get(i));
  }

  /** The bytes of all identifiers, end to end: identifier i is bytes[offset[i], offset[i+1]). Valid until the next intern. */
  get bytes(): Uint8Array {
    return this.#pool;
  }

  get offset(): Uint32Array {
    return this.#offset;
  }

  #probe(bytes: Uint8Array, start: number, end: number): number {
    let hash = 2166136261;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], 16777619);
    hash ^= hash >>> 15;
    const mask = this.#slot.length - 1;
    let at = hash & mask;
    for (;;) {
      const i = this.#slot[at];
      if (i < 0 || this.#equals(i, bytes, start, end)) return at;
      at = (at + 1) & mask;
    }
  }

  #equals(i: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offset[i];
    if (this.#offset[i + 1] - from !== end - start) return false;
    const pool = this.#pool;
    const shift = from - start;
    // From the end: identifiers are told apart by their last letters more often than by the first.
    for (let j = end - 1; j >= start; j--) {
      if (pool[j + shift] !== bytes[j]) return false;
    }
    return true;
  }

  #append(bytes: Uint8Array, start: number, end: number, at: number): number {
    const i = this.#size;
    const from = this.#offset[i];
    const until = from + (end - start);
    if (until > this.#pool.length) {
      const pool = new Uint8Array(Math.max(until, this.#pool.length * 2));
      pool.set(this.#pool.subarray(0, from));
      this.#pool = pool;
    }
    if (i + 2 > this.#offset.length) {
      const offset = new Uint32Array(this.#offset.length * 2);
      offset.set(this.#offset);
      this.#offset = offset;
    }
    for (let j = start; j < end; j++) this.#pool[from + j - start] = bytes[j];
    this.#offset[i + 1] = until;
    this.#slot[at] = i;
    this.#size = i + 1;
    return i;
  }

  #rehash(): void {
    this.#slot = new Int32Array(this.#slot.length * 2).fill(-1);
    for (let i = 0; i < this.#size; i++) {
      this.#slot[this.#probe(this.#pool, this.#offset[i], this.#offset[i + 1])] = i;
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
