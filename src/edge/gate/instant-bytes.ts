import { parseInstant } from './instant.js';

const DAY_BYTES = 10;
const [DASH, COLON, T, Z, PLUS, ZERO] = Buffer.from('-:TZ+0');
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Reads instants as parseInstant does, from bytes: days recur, the rest is digits. */
export class InstantReader {
  /** Bytes of the day read last, and its start in UTC. */
  readonly #day = new Uint8Array(DAY_BYTES);
  #dayMs = Number.NaN;

  /** Milliseconds since 1970 of the text bytes[start] … bytes[end − 1], NaN where it is none. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const at = start + DAY_BYTES;
    const isPlain =
      (length === 20 || length === 25) &&
      bytes[at] === T &&
      bytes[at + 3] === COLON &&
      bytes[at + 6] === COLON;
    if (!isPlain) return parseInstant(Buffer.from(bytes.subarray(start, end)).toString());
    const hours = two(bytes, at + 1);
    const minutes = two(bytes, at + 4);
    const seconds = two(bytes, at + 7);
    if (hours > 23 || minutes > 59 || seconds > 59) return Number.NaN;
    const time = hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
    return this.#startOfDay(bytes, start) + time - offsetOf(bytes, at + 9, end);
  }

  #startOfDay(bytes: Uint8Array, start: number): number {
    for (let k = 0; k < DAY_BYTES; k++) {
      if (bytes[start + k] !== this.#day[k]) return this.#anotherDay(bytes, start);
    }
    return this.#dayMs;
  }

  #anotherDay(bytes: Uint8Array, start: number): number {
    this.#day.set(bytes.subarray(start, start + DAY_BYTES));
    this.#dayMs = parseInstant(`${Buffer.from(this.#day).toString()}T00:00:00Z`);
    return this.#dayMs;
  }
}

/** Milliseconds east of Greenwich, by what stands from `at` to the end: Z or ±hh:mm. */
function offsetOf(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at];
  if (sign === Z) return end === at + 1 ? 0 : Number.NaN;
  if ((sign !== PLUS && sign !== DASH) || end !== at + 6 || bytes[at + 3] !== COLON) {
    return Number.NaN;
  }
  const hours = two(bytes, at + 1);
  const minutes = two(bytes, at + 4);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (sign === PLUS ? 1 : -1) * (hours * HOUR_MS + minutes * MINUTE_MS);
}

/** The number that two digits write; 100, which is too large for all, where there are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - ZERO;
  const ones = bytes[at + 1] - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : 100;
}
