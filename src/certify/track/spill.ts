import type { ScanRows } from './scan-rows.js';

/** Where scans wait for the second pass, by part. */
export interface SpillStore {
  readonly parts: number;
  /** Puts words behind those that a part has. */
  append(part: number, words: Int32Array): void;
  /** All that a part has; it is not needed again. */
  take(part: number): Int32Array;
}

/** Words of a scan before its attributes: parcel, at, resource, to, operator and kind, source and length of the attributes. */
const HEAD_WORDS = 10;
const At = { parcel: 0, at: 4, resource: 6, to: 7, who: 8, text: 9 } as const;

/** Driven in again: beside the kind. */
const AGAIN = 0x80;

/** Words that wait in memory for a part: 64 KB, so that writes are few and 512 parts take 32 MB. */
const BUFFER_WORDS = 1 << 14;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** Writes scans to the parts that their parcels belong to; all scans of a parcel go to one, in their order. */
export class Spill {
  readonly #buffers: Int32Array[];
  readonly #used: Int32Array;

  constructor(private readonly store: SpillStore) {
    this.#buffers = Array.from({ length: store.parts }, () => new Int32Array(BUFFER_WORDS));
    this.#used = new Int32Array(store.parts);
  }

  put(rows: ScanRows, i: number): void {
    const start = rows.attributesStart[i];
    const length = rows.attributesStart[i + 1] - start;
    if (length >= 2 ** 16 || rows.source[i] >= 2 ** 16) throw new Error('more than a scan has');
    const word = rows.parcel[4 * i + 3] ^ Math.imul(rows.parcel[4 * i], 0x9e3779b1);
    const part = (word >>> 0) % this.store.parts;
    const words = HEAD_WORDS + ((length + 3) >> 2);
    if (this.#used[part] + words > BUFFER_WORDS) this.#flush(part);
    const into = this.#buffers[part];
    const at = this.#used[part];
    for (let w = 0; w < 4; w++) into[at + w] = rows.parcel[4 * i + w];
    double[0] = rows.at[i];
    into[at + 4] = halves[0];
    into[at + 5] = halves[1];
    into[at + 6] = rows.resource[i];
    into[at + 7] = rows.to[i];
    into[at + 8] = (rows.operator[i] << 8) | rows.kind[i] | (rows.origin[i] >= 0 ? AGAIN : 0);
    into[at + 9] = (rows.source[i] << 16) | length;
    if (length > 0) this.#putText(rows.attributes, start, length, into, at + HEAD_WORDS);
    this.#used[part] = at + words;
  }

  end(): void {
    for (let part = 0; part < this.store.parts; part++) this.#flush(part);
  }

  #putText(from: Uint8Array, start: number, length: number, into: Int32Array, at: number): void {
    const bytes = new Uint8Array(into.buffer, into.byteOffset + 4 * at, (length + 3) & ~3);
    bytes.set(from.subarray(start, start + length));
    bytes.fill(0, length);
  }

  #flush(part: number): void {
    if (this.#used[part] > 0) {
      this.store.append(part, this.#buffers[part].subarray(0, this.#used[part]));
    }
    this.#used[part] = 0;
  }
}

/** The scans of a part, one after the other, looked at by their position. */
export class Spilled {
  readonly position: Int32Array;
  readonly bytes: Uint8Array;
  readonly #doubles = new Float64Array(1);
  readonly #halves = new Int32Array(this.#doubles.buffer);

  constructor(readonly words: Int32Array) {
    this.bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    let count = 0;
    for (let at = 0; at < words.length; at += sizeAt(words, at)) count += 1;
    this.position = new Int32Array(count);
    for (let at = 0, n = 0; at < words.length; at += sizeAt(words, at)) this.position[n++] = at;
  }

  at(n: number): number {
    const at = this.position[n] + At.at;
    this.#halves[0] = this.words[at];
    this.#halves[1] = this.words[at + 1];
    return this.#doubles[0];
  }

  resource(n: number): number {
    return this.words[this.position[n] + At.resource];
  }

  to(n: number): number {
    return this.words[this.position[n] + At.to];
  }

  operator(n: number): number {
    return this.words[this.position[n] + At.who] >>> 8;
  }

  kind(n: number): number {
    return this.words[this.position[n] + At.who] & 0x7f;
  }

  isAgain(n: number): boolean {
    return (this.words[this.position[n] + At.who] & AGAIN) !== 0;
  }

  source(n: number): number {
    return this.words[this.position[n] + At.text] >>> 16;
  }

  /** Bytes of the attributes, from `textStart` on. */
  textLength(n: number): number {
    return this.words[this.position[n] + At.text] & 0xffff;
  }

  textStart(n: number): number {
    return 4 * (this.position[n] + HEAD_WORDS);
  }

  isSameParcel(a: number, b: number): boolean {
    const { words, position } = this;
    const [p, q] = [position[a], position[b]];
    return (
      words[p] === words[q] &&
      words[p + 1] === words[q + 1] &&
      words[p + 2] === words[q + 2] &&
      words[p + 3] === words[q + 3]
    );
  }
}

function sizeAt(words: Int32Array, at: number): number {
  return HEAD_WORDS + (((words[at + At.text] & 0xffff) + 3) >> 2);
}
