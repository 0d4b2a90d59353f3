import { NO_LIMIT } from '../../gate/requests.js';
import { Names } from '../../network/names.js';
import { InstantReader } from './instant-bytes.js';
import type { SeasonNames } from './season-names.js';

/** Requests in a body, as columns; `ids` lie end to end, id i from idStart[i] to idStart[i + 1]. */
export interface ScannedRequests {
  readonly count: number;
  readonly flow: Int32Array;
  readonly readyAt: Float64Array;
  readonly parcels: Int32Array;
  readonly notAfter: Int32Array;
  readonly divisible: Uint8Array;
  readonly ids: Uint8Array;
  readonly idStart: Int32Array;
}

const FIELDS = [
  'id',
  'service',
  'operator',
  'origin',
  'destination',
  'readyAt',
  'parcels',
  'notAfter',
  'divisible',
] as const;
const [ID, SERVICE, OPERATOR, ORIGIN, DESTINATION, READY_AT, PARCELS, NOT_AFTER, DIVISIBLE] =
  FIELDS.keys();
const NEEDED = 2 ** (PARCELS + 1) - 1;

const encoder = new TextEncoder();
const FIELD_BYTES = FIELDS.map((field) => encoder.encode(field));
const REQUESTS = encoder.encode('"requests"');
const TRUE = encoder.encode('true');
const FALSE = encoder.encode('false');

const code = (character: string): number => character.charCodeAt(0);
const QUOTE = code('"');
const BACKSLASH = code('\\');
const COMMA = code(',');
const COLON = code(':');
const OPEN = code('{');
const CLOSE = code('}');
const OPEN_LIST = code('[');
const CLOSE_LIST = code(']');
const SPACE = code(' ');
const ZERO = code('0');

const ID_BYTES_MOST = 64;
const PARCELS_MOST = 0x7fffffff;

/**
 * Reads {"requests":[…]} from its bytes into columns, where it is as programs write it: the fields in any order, texts
 * of ids in printable ASCII without escapes, whole numbers in digits, names and flows that the season has. Any body that
 * is not, or has any fault, is left to those who say what is wrong with it (http/gate/request-item.ts): this only says
 * that it is not plain. No object, no text is made of a request; a test holds the two readings equal.
 */
export class RequestScanner {
  readonly #services: Names;
  readonly #operators: Names;
  readonly #places: Names;
  readonly #instants = new InstantReader();
  #columns = emptyColumns(1024);
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Of the text read last: its bytes, without the quotes. */
  #start = 0;
  #end = 0;
  /** Numbers of the names of the request at hand. */
  readonly #numbers = new Int32Array(FIELDS.length);

  constructor(private readonly names: SeasonNames) {
    const { services, pairs } = names.scenario;
    this.#services = Names.from(services.map(({ id }) => id));
    this.#operators = pairs.operators;
    this.#places = pairs.places;
  }

  /**
   * @param most requests.
   * @returns columns that the next call writes over; undefined: not plain.
   */
  scan(body: Uint8Array, most: number): ScannedRequests | undefined {
    this.#bytes = body;
    this.#at = 0;
    if (!this.#take(OPEN) || !this.#word(REQUESTS)) return undefined;
    if (!this.#take(COLON) || !this.#take(OPEN_LIST)) return undefined;
    let count = 0;
    do {
      if (count === most || !this.#request(count)) return undefined;
      count += 1;
    } while (this.#take(COMMA));
    const isWhole = this.#take(CLOSE_LIST) && this.#take(CLOSE) && this.#atEnd();
    return isWhole ? { ...this.#columns, count } : undefined;
  }

  #request(i: number): boolean {
    if (i === this.#columns.flow.length) this.#columns = grown(this.#columns);
    const columns = this.#columns;
    columns.notAfter[i] = NO_LIMIT;
    columns.divisible[i] = 0;
    if (!this.#take(OPEN)) return false;
    let seen = 0;
    do {
      const field = this.#field();
      if (field < 0 || (seen & (1 << field)) !== 0 || !this.#take(COLON)) return false;
      seen |= 1 << field;
      if (!this.#value(field, i)) return false;
    } while (this.#take(COMMA));
    if (!this.#take(CLOSE) || (seen & NEEDED) !== NEEDED) return false;
    const numbers = this.#numbers;
    columns.flow[i] = this.names.flow(
      numbers[SERVICE],
      numbers[OPERATOR],
      numbers[ORIGIN],
      numbers[DESTINATION],
    );
    return columns.flow[i] >= 0;
  }

  /** Number of the field whose name comes next, or −1. */
  #field(): number {
    if (!this.#text()) return -1;
    for (let field = 0; field < FIELD_BYTES.length; field++) {
      if (this.#isText(FIELD_BYTES[field])) return field;
    }
    return -1;
  }

  #value(field: number, i: number): boolean {
    const columns = this.#columns;
    if (field === PARCELS) return this.#wholeNumber(i);
    if (field === DIVISIBLE) return this.#truth(i);
    if (!this.#text()) return false;
    if (field === ID) return this.#id(i);
    if (field === READY_AT) {
      columns.readyAt[i] = this.#instant();
      return !Number.isNaN(columns.readyAt[i]);
    }
    if (field === NOT_AFTER) {
      const slot = this.names.slotWith(this.#instant());
      columns.notAfter[i] = slot;
      return !Number.isNaN(slot);
    }
    const names = this.#namesOf(field);
    this.#numbers[field] = names.find(this.#bytes, this.#start, this.#end);
    return this.#numbers[field] >= 0;
  }

  #namesOf(field: number): Names {
    if (field === SERVICE) return this.#services;
    return field === OPERATOR ? this.#operators : this.#places;
  }

  #id(i: number): boolean {
    const { idStart } = this.#columns;
    const length = this.#end - this.#start;
    if (length === 0 || length > ID_BYTES_MOST) return false;
    const bytes = this.#bytes;
    const { ids } = this.#columns;
    let to = idStart[i];
    for (let at = this.#start; at < this.#end; at++) {
      const byte = bytes[at];
      if (byte > 0x7e) return false;
      ids[to++] = byte;
    }
    idStart[i + 1] = to;
    return true;
  }

  #wholeNumber(i: number): boolean {
    const bytes = this.#bytes;
    let at = this.#skip();
    const start = at;
    let value = 0;
    for (; at < bytes.length && at - start < 11; at++) {
      const digit = bytes[at] - ZERO;
      if (digit < 0 || digit > 9) break;
      value = 10 * value + digit;
    }
    if (at === start || bytes[start] === ZERO || value > PARCELS_MOST) return false;
    this.#columns.parcels[i] = value;
    this.#at = at;
    return true;
  }

  #truth(i: number): boolean {
    const isTrue = this.#word(TRUE);
    if (!isTrue && !this.#word(FALSE)) return false;
    this.#columns.divisible[i] = isTrue ? 1 : 0;
    return true;
  }

  /** The instant in the text read last; NaN where it is none. */
  #instant(): number {
    return this.#instants.read(this.#bytes, this.#start, this.#end);
  }

  #isText(expected: Uint8Array): boolean {
    const start = this.#start;
    if (this.#end - start !== expected.length) return false;
    for (let k = 0; k < expected.length; k++) {
      if (this.#bytes[start + k] !== expected[k]) return false;
    }
    return true;
  }

  /** Reads a text without escapes or control characters. */
  #text(): boolean {
    const bytes = this.#bytes;
    let at = this.#skip();
    if (bytes[at++] !== QUOTE) return false;
    this.#start = at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#end = at;
        this.#at = at + 1;
        return true;
      }
      if (byte < SPACE || byte === BACKSLASH) return false;
    }
    return false;
  }

  #word(expected: Uint8Array): boolean {
    const at = this.#skip();
    for (let k = 0; k < expected.length; k++) {
      if (this.#bytes[at + k] !== expected[k]) return false;
    }
    this.#at = at + expected.length;
    return true;
  }

  /** Passes a character if it comes next. */
  #take(character: number): boolean {
    const at = this.#skip();
    if (this.#bytes[at] !== character) return false;
    this.#at = at + 1;
    return true;
  }

  #atEnd(): boolean {
    return this.#skip() === this.#bytes.length;
  }

  /** Passes white space. */
  #skip(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      at += 1;
    }
    this.#at = at;
    return at;
  }
}

type Columns = Omit<ScannedRequests, 'count'>;

function emptyColumns(count: number): Columns {
  return {
    flow: new Int32Array(count),
    readyAt: new Float64Array(count),
    parcels: new Int32Array(count),
    notAfter: new Int32Array(count),
    divisible: new Uint8Array(count),
    ids: new Uint8Array(ID_BYTES_MOST * count),
    idStart: new Int32Array(count + 1),
  };
}

function grown(columns: Columns): Columns {
  const more = emptyColumns(2 * columns.flow.length);
  more.flow.set(columns.flow);
  more.readyAt.set(columns.readyAt);
  more.parcels.set(columns.parcels);
  more.notAfter.set(columns.notAfter);
  more.divisible.set(columns.divisible);
  more.ids.set(columns.ids);
  more.idStart.set(columns.idStart);
  return more;
}
