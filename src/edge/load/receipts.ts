/** What was told of a request: nothing yet, a refusal, or tickets with this hash. */
const NOTHING = 0;
export const REFUSAL = 1;

const PRIME = 16_777_619;

/** FNV-1a, 32 bits, to be gone on with. */
export const HASH_START = 0x811c9dc5 | 0;

export function hashed(hash: number, bytes: Uint8Array, start: number, end: number): number {
  let h = hash;
  for (let k = start; k < end; k++) h = Math.imul(h ^ bytes[k], PRIME);
  return h;
}

/** A hash that is neither of the two above. */
export function asReceipt(hash: number): number {
  return hash === NOTHING || hash === REFUSAL ? 2 : hash;
}

/** What a platform was told of its requests, by their number: 8 bytes each. */
export class Receipts {
  #tickets = new Int32Array(1 << 14);
  #whole = new Int32Array(1 << 14);

  /** Of the tickets, as bytes of the answer up to their end. */
  tickets(n: number): number {
    return n < this.#tickets.length ? this.#tickets[n] : NOTHING;
  }

  /** Writes down what was told; false if something else was told before (G2). */
  put(n: number, tickets: number, whole: number): boolean {
    if (n >= this.#tickets.length) this.#grow(n);
    if (this.#tickets[n] === NOTHING) {
      this.#tickets[n] = tickets;
      this.#whole[n] = whole;
      return true;
    }
    return this.#tickets[n] === tickets && this.#whole[n] === whole;
  }

  /** Takes a receipt out: it was found in the ledger. */
  settle(n: number): void {
    this.#tickets[n] = NOTHING;
  }

  /** Numbers of requests with a receipt. */
  *open(): Generator<number> {
    for (let n = 0; n < this.#tickets.length; n++) if (this.#tickets[n] !== NOTHING) yield n;
  }

  #grow(n: number): void {
    const length = Math.max(n + 1, 2 * this.#tickets.length);
    for (const name of ['tickets', 'whole'] as const) {
      const before = name === 'tickets' ? this.#tickets : this.#whole;
      const more = new Int32Array(length);
      more.set(before);
      if (name === 'tickets') this.#tickets = more;
      else this.#whole = more;
    }
  }
}
