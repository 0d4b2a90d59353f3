import { pairOf } from '../../gate/gate-network.js';
import { HEADER, Header, TICKET } from '../../gate/journal.js';
import type { BatchAnswers } from '../../gate/owner/batch-answers.js';
import { Reason } from '../../gate/requests.js';
import type { ResultTexts } from './result-text.js';
import type { SeasonNames } from './season-names.js';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const HEAD = bytesOf('{"results":[');
const TAIL = bytesOf(']}');
const ID_HEAD = bytesOf('{"id":"');
const TICKETED_HEAD = bytesOf('","status":"ticketed","tickets":[');
const REFUSED_HEAD = bytesOf('","status":"refused","reason":');
const TICKET_HEAD = bytesOf('{"ticket":"T');
const PARCELS_HEAD = bytesOf(',"parcels":');
const PLAN_HEAD = bytesOf('],"plan":');
const REASON_HEAD = bytesOf(',"reason":');
const MOST_OF_RESULT = 1024;

const [COMMA, CLOSE, DASH, QUOTE, ZERO] = bytesOf(',}-"0');

/** Answers of one shard, and its requests' ids as bytes. */
export interface Answered {
  readonly answers: BatchAnswers;
  readonly texts: ResultTexts;
  readonly shard: number;
}

/**
 * Writes results as ResultTexts has them, but as bytes: what recurs (slots, routes, reasons) is written once and copied
 * after that. A test holds the two equal.
 */
export class ResultWriter {
  #out = Buffer.allocUnsafe(1 << 16);
  #at = 0;
  readonly #slots: Uint8Array[] = [];
  readonly #routes: Uint8Array[] = [];

  constructor(private readonly names: SeasonNames) {}

  begin(): void {
    this.#out = Buffer.allocUnsafe(Math.max(this.#at + MOST_OF_RESULT, 1 << 12));
    this.#at = 0;
    this.#copy(HEAD);
  }

  /** The whole body; it is the caller's. */
  end(): Buffer {
    this.#reserve(TAIL.length);
    this.#copy(TAIL);
    return this.#out.subarray(0, this.#at);
  }

  /** Result i of a batch, for the request whose id is ids[start] … ids[end − 1], printable ASCII without `"` and `\`. */
  write(
    { answers, texts, shard }: Answered,
    i: number,
    ids: Uint8Array,
    start: number,
    end: number,
  ) {
    const { words } = answers;
    const at = answers.at[i];
    if (this.#at > HEAD.length) this.#byte(COMMA);
    if (at < 0 || answers.changed.has(i)) {
      this.#text(texts.ofAnswer(answers, i, Buffer.from(ids.subarray(start, end)).toString()));
      return;
    }
    this.#reserve(MOST_OF_RESULT);
    this.#copy(ID_HEAD);
    for (let k = start; k < end; k++) this.#out[this.#at++] = ids[k];
    const count = words[at + Header.tickets];
    if (count === 0) {
      this.#copy(REFUSED_HEAD);
      this.#copyReason(texts, words, at);
    } else {
      this.#copy(TICKETED_HEAD);
      this.#tickets(shard, words, at, count);
      this.#copy(PLAN_HEAD);
      this.#number(words[at + Header.version]);
      if (words[at + Header.code] !== Reason.none) {
        this.#copy(REASON_HEAD);
        this.#copyReason(texts, words, at);
      }
    }
    this.#byte(CLOSE);
  }

  #tickets(shard: number, words: Int32Array, at: number, count: number): void {
    const { wayStart, wayRoute } = this.names.network;
    const first = wayStart[pairOf(this.names.network, words[at + Header.flow])];
    for (let k = 0; k < count; k++) {
      const ticket = at + HEADER + k * TICKET;
      this.#reserve(MOST_OF_RESULT);
      if (k > 0) this.#byte(COMMA);
      this.#copy(TICKET_HEAD);
      this.#number(shard);
      this.#byte(DASH);
      this.#number(words[at + Header.row] + k);
      this.#byte(QUOTE);
      this.#byte(COMMA);
      this.#copy(this.#slotBytes(words[ticket + 1]));
      this.#byte(COMMA);
      this.#copy(this.#routeBytes(wayRoute[first + words[ticket + 2]]));
      this.#copy(PARCELS_HEAD);
      this.#number(words[ticket + 3]);
      this.#byte(CLOSE);
    }
    this.#reserve(MOST_OF_RESULT);
  }

  #slotBytes(slot: number): Uint8Array {
    this.#slots[slot] ??= bytesOf(this.names.slotText(slot));
    return this.#slots[slot];
  }

  #routeBytes(route: number): Uint8Array {
    this.#routes[route] ??= bytesOf(this.names.routeText(route));
    return this.#routes[route];
  }

  #copyReason(texts: ResultTexts, words: Int32Array, at: number): void {
    const reason = texts.reasonBytes(words, at);
    this.#reserve(reason.length + MOST_OF_RESULT);
    this.#copy(reason);
  }

  #text(text: string): void {
    this.#reserve(3 * text.length);
    this.#at += this.#out.write(text, this.#at);
  }

  #copy(bytes: Uint8Array): void {
    const out = this.#out;
    let at = this.#at;
    // Shorter than what a call of set costs.
    for (let k = 0; k < bytes.length; k++) out[at++] = bytes[k];
    this.#at = at;
  }

  #byte(byte: number): void {
    this.#out[this.#at++] = byte;
  }

  /** A whole number ≥ 0 in digits. */
  #number(value: number): void {
    let digits = 1;
    for (let power = 10; value >= power; power *= 10) digits += 1;
    let rest = value;
    for (let k = this.#at + digits - 1; k >= this.#at; k--) {
      const tenth = Math.floor(rest / 10);
      this.#out[k] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
    this.#at += digits;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#out.length) return;
    const more = Buffer.allocUnsafe(2 * (this.#at + bytes));
    more.set(this.#out.subarray(0, this.#at));
    this.#out = more;
  }
}
