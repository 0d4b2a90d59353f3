import { Names } from '../../network/names.js';
import { KINDS, NOWHERE } from '../../track/scans.js';
import { InstantReader } from '../gate/instant-bytes.js';
import type { ScanNames } from './scan-names.js';

const FIELDS = Names.from(['operator', 'parcel', 'kind', 'resource', 'to', 'at']);
const [OPERATOR, PARCEL, KIND, RESOURCE, TO, AT] = [0, 1, 2, 3, 4, 5];
/** All but `to`, as bits. */
const NEEDED = 0b101111;
const KIND_NAMES = Names.from(KINDS);
const DEPARTED = KIND_NAMES.findText('departed');

const [OPEN, CLOSE, QUOTE, BACKSLASH, COLON, COMMA, ZERO] = Buffer.from('{}"\\:,0');
const WAYBILL_BYTES_MOST = 55;
/** Digits of milliseconds that a double holds without loss. */
const DIGITS_MOST = 15;

/**
 * Reads a scan from the bytes of its line where it is as programs write it: no space between, texts without escapes, names that
 * are known, no attributes. Any line that is not, or has any fault, is left to BatchBuilder.add, which says what is
 * wrong with it: this only says that it is not plain. No object, no text is made of a line; a test holds the two equal.
 */
export class PlainLine {
  operator = 0;
  /** 1 … 9. */
  kind = 0;
  resource = 0;
  to = NOWHERE;
  /** Milliseconds since 1970. */
  at = 0;
  /** bytes[waybillStart] … bytes[waybillEnd − 1]. */
  waybillStart = 0;
  waybillEnd = 0;
  readonly #instants = new InstantReader();
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  /** Of the text read last: its bytes, without the quotes. */
  #textStart = 0;
  #textEnd = 0;

  constructor(readonly names: ScanNames) {}

  /** Whether bytes[start] … bytes[end − 1] are a plain scan; then it stands in the fields. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.to = NOWHERE;
    if (!this.#takes(OPEN)) return false;
    let seen = 0;
    do {
      if (!this.#readText()) return false;
      const field = FIELDS.find(bytes, this.#textStart, this.#textEnd);
      if (field < 0 || (seen & (1 << field)) !== 0 || !this.#takes(COLON)) return false;
      seen |= 1 << field;
      if (!this.#readValue(field)) return false;
    } while (this.#takes(COMMA));
    const isWhole = this.#takes(CLOSE) && this.#at === end && (seen & NEEDED) === NEEDED;
    const isScan = isWhole && ((seen & (1 << TO)) === 0 || this.kind === DEPARTED + 1);
    return isScan && this.#isInScope();
  }

  #readValue(field: number): boolean {
    if (field === AT && this.#bytes[this.#at] !== QUOTE) return this.#readDigits();
    if (!this.#readText()) return false;
    if (field === OPERATOR) return (this.operator = this.#find(this.names.operators)) >= 0;
    if (field === KIND) return (this.kind = this.#find(KIND_NAMES) + 1) > 0;
    if (field === RESOURCE) return (this.resource = this.#find(this.names.resources)) >= 0;
    if (field === TO) return (this.to = this.#find(this.names.resources)) >= 0;
    if (field === PARCEL) return this.#isWaybill();
    this.at = this.#instants.read(this.#bytes, this.#textStart, this.#textEnd);
    return !Number.isNaN(this.at);
  }

  #isInScope(): boolean {
    const { scope } = this.names;
    return (
      !scope ||
      (scope.operators[this.operator] === 1 &&
        scope.resources[this.resource] === 1 &&
        (this.to === NOWHERE || scope.destinations[this.to] === 1))
    );
  }

  #find(names: Names): number {
    return names.find(this.#bytes, this.#textStart, this.#textEnd);
  }

  #isWaybill(): boolean {
    this.waybillStart = this.#textStart;
    this.waybillEnd = this.#textEnd;
    for (let i = this.#textStart; i < this.#textEnd; i++) {
      if (this.#bytes[i] <= 0x20 || this.#bytes[i] >= 0x7f) return false;
    }
    const length = this.#textEnd - this.#textStart;
    return length > 0 && length <= WAYBILL_BYTES_MOST;
  }

  #readDigits(): boolean {
    const start = this.#at;
    let value = 0;
    for (; this.#at < this.#end; this.#at++) {
      const digit = this.#bytes[this.#at] - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      value = 10 * value + digit;
    }
    this.at = value;
    const digits = this.#at - start;
    return digits > 0 && digits <= DIGITS_MOST && (this.#bytes[start] !== ZERO || digits === 1);
  }

  #readText(): boolean {
    if (!this.#takes(QUOTE)) return false;
    this.#textStart = this.#at;
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < this.#end && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1;
    this.#textEnd = at;
    this.#at = at;
    return this.#takes(QUOTE);
  }

  #takes(byte: number): boolean {
    if (this.#at >= this.#end || this.#bytes[this.#at] !== byte) return false;
    this.#at += 1;
    return true;
  }
}
