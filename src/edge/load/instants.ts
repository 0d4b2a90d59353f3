import { INSTANT_BYTES } from './request-pool.js';

const INSTANTS = 64;
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Instants around now as requests name them: orders became ready in the last minutes, or will within some hours.
 * Written anew once a second.
 */
export class Instants {
  readonly #ready = Buffer.alloc(INSTANTS * INSTANT_BYTES);
  readonly #notAfter = Buffer.alloc(INSTANTS * INSTANT_BYTES);
  readonly #offsetMs: number;
  readonly #offset: string;
  #second = Number.NaN;

  /** @param start of the season: its offset is used. */
  constructor(
    start: string,
    private readonly now: () => number,
  ) {
    this.#offset = /[+-]\d\d:\d\d$/.exec(start)?.[0] ?? '+00:00';
    const [hours, minutes] = this.#offset.slice(1).split(':').map(Number);
    const sign = this.#offset.startsWith('-') ? -1 : 1;
    this.#offsetMs = sign * (60 * hours + minutes) * MINUTE_MS;
  }

  /** Brings them up to now. */
  refresh(): void {
    const second = Math.floor(this.now() / SECOND_MS);
    if (second === this.#second) return;
    this.#second = second;
    for (let j = 0; j < INSTANTS; j++) {
      const late = j - INSTANTS / 2;
      const at = second * SECOND_MS + (late < 0 ? late * 20 * SECOND_MS : late * 10 * MINUTE_MS);
      this.#ready.write(this.#text(at), j * INSTANT_BYTES, 'latin1');
      this.#notAfter.write(this.#text(at + DAY_MS), j * INSTANT_BYTES, 'latin1');
    }
  }

  writeReady(to: Uint8Array, at: number, j: number): void {
    copy(this.#ready, (j % INSTANTS) * INSTANT_BYTES, to, at);
  }

  writeNotAfter(to: Uint8Array, at: number, j: number): void {
    copy(this.#notAfter, (j % INSTANTS) * INSTANT_BYTES, to, at);
  }

  #text(ms: number): string {
    return new Date(ms + this.#offsetMs).toISOString().slice(0, 19) + this.#offset;
  }
}

/** Shorter than what a call of set costs. */
function copy(from: Uint8Array, start: number, to: Uint8Array, at: number): void {
  for (let k = 0; k < INSTANT_BYTES; k++) to[at + k] = from[start + k];
}
