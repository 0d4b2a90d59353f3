import type { Random } from '../../world/random.js';
import type { Instants } from './instants.js';
import { BEFORE_ID, DIGITS, ID_BYTES, type RequestPool } from './request-pool.js';

/** What a request of a body is: asked for the first time, again, or another one under an id used before (G2). */
export const FRESH = 0;
export const AGAIN = 1;
export const OTHER = 2;

/** A body of requests, sent until it is answered, the same bytes each time. */
export interface Asked {
  readonly body: Buffer;
  readonly count: number;
  /** Number of each request, its kind, and where it stands in the body. */
  readonly numbers: Int32Array;
  readonly kinds: Uint8Array;
  readonly start: Int32Array;
}

/** Shares of requests that are sent again, and that are another request under an old id. */
const SENT_AGAIN = 0.01;
const SENT_OTHERWISE = 0.0005;
/** Answered bodies to send from again: of all of the run, the early ones too. */
const KEPT = 64;

const HEAD = Buffer.from('{"requests":[');
const COMMA = 0x2c;
const ZERO = 0x30;

/** Writes the bodies of one platform: no object a request. */
export class Asking {
  #next = 0;
  #answered = 0;
  readonly #kept: Asked[] = [];

  constructor(
    private readonly pool: RequestPool,
    private readonly instants: Instants,
    private readonly random: Random,
  ) {}

  /** Requests asked for so far. */
  get requests(): number {
    return this.#next;
  }

  /** A body of so many requests. */
  make(count: number): Asked {
    this.instants.refresh();
    const old = Math.min(count, this.#kept.length > 0 ? this.#many(count * SENT_AGAIN) : 0);
    const other = Math.min(
      count - old,
      this.#kept.length > 0 ? this.#many(count * SENT_OTHERWISE) : 0,
    );
    const body = Buffer.allocUnsafe(HEAD.length + count * this.pool.most + 2);
    const numbers = new Int32Array(count);
    const kinds = new Uint8Array(count);
    const start = new Int32Array(count + 1);
    body.set(HEAD);
    let at = HEAD.length;
    for (let i = 0; i < count - old - other; ) {
      const from = this.#next % this.pool.size;
      const length = Math.min(count - old - other - i, this.pool.size - from);
      at = this.#addFresh(body, at, from, length, { numbers, start }, i);
      i += length;
    }
    for (let i = count - old - other; i < count; i++) {
      start[i] = at;
      kinds[i] = i < count - other ? AGAIN : OTHER;
      at = this.#addOld(body, at, i, kinds[i], numbers);
    }
    start[count] = at;
    body[at - 1] = 0x5d;
    body[at] = 0x7d;
    return { body: body.subarray(0, at + 1), count, numbers, kinds, start };
  }

  /** A body has been answered: requests of it may be sent again. */
  keep(asked: Asked): void {
    if (asked.kinds[0] !== FRESH) return;
    this.#answered += 1;
    if (this.#kept.length < KEPT) this.#kept.push(asked);
    else {
      const place = Math.floor(this.random.uniform() * this.#answered);
      if (place < KEPT) this.#kept[place] = asked;
    }
  }

  /** Some number with this mean. */
  #many(mean: number): number {
    return Math.floor(mean + this.random.uniform());
  }

  #addFresh(
    body: Buffer,
    at: number,
    from: number,
    length: number,
    { numbers, start }: Pick<Asked, 'numbers' | 'start'>,
    i: number,
  ): number {
    const { pool, instants } = this;
    const first = pool.start[from];
    const end = pool.start[from + length];
    pool.bytes.copy(body, at, first, end);
    const shift = at - first;
    for (let k = 0; k < length; k++) {
      const number = this.#next++;
      const item = from + k;
      numbers[i + k] = number;
      start[i + k] = pool.start[item] + shift;
      writeNumber(body, start[i + k] + BEFORE_ID + ID_BYTES - DIGITS, number);
      // 7 and 64 have no common factor: ready instants go round in an order of their own.
      instants.writeReady(body, pool.ready[item] + shift, 7 * number);
      if (pool.notAfter[item] > 0) {
        instants.writeNotAfter(body, pool.notAfter[item] + shift, 7 * number);
      }
    }
    return at + end - first;
  }

  /** A request of an answered body once more, as it was or with other parcels. */
  #addOld(body: Buffer, at: number, i: number, kind: number, numbers: Int32Array): number {
    const kept = this.#kept[Math.floor(this.random.uniform() * this.#kept.length)];
    let k = Math.floor(this.random.uniform() * kept.count);
    while (kept.kinds[k] === OTHER) k = (k + 1) % kept.count;
    numbers[i] = kept.numbers[k];
    const end = at + kept.start[k + 1] - kept.start[k];
    kept.body.copy(body, at, kept.start[k], kept.start[k + 1]);
    body[end - 1] = COMMA;
    if (kind === OTHER) {
      const item = kept.numbers[k] % this.pool.size;
      const digit = at + this.pool.parcels[item] - this.pool.start[item];
      body[digit] = ZERO + 1 + ((body[digit] - ZERO + 1) % 9);
    }
    return end;
  }
}

function writeNumber(to: Uint8Array, at: number, number: number): void {
  let rest = number;
  for (let k = at + DIGITS - 1; k >= at; k--) {
    const tenth = Math.floor(rest / 10);
    to[k] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
}
