import { AGAIN, type Asked, OTHER } from './asking.js';
import { asReceipt, HASH_START, REFUSAL, type Receipts } from './receipts.js';
import { BEFORE_ID, ID_BYTES } from './request-pool.js';

/** What a platform was told, counted. */
export interface Told {
  ticketed: number;
  refused: number;
  /** Sent again, and answered as before. */
  repeated: number;
  /** Another request under an old id, and called a conflict. */
  conflicts: number;
  /** Errors that should not be. */
  errors: number;
  /** Answers that differ from what was told before, or say that another request under an old id is one (G2). */
  contradictions: number;
}

export const TOLD = [
  'ticketed',
  'refused',
  'repeated',
  'conflicts',
  'errors',
  'contradictions',
] as const satisfies readonly (keyof Told)[];

export function nothingTold(): Told {
  return { ticketed: 0, refused: 0, repeated: 0, conflicts: 0, errors: 0, contradictions: 0 };
}

const PRIME = 16_777_619;
const HEAD = Buffer.from('{"results":[');
const STATUS = Buffer.from(',"status":"');
const CONFLICT = Buffer.from(',"status":"error","error":{"code":"conflict"');
const NEXT = Buffer.from('},{"id":"');
const CURRENT = Buffer.from(',"current":[');
const END_OF_TICKETS = Buffer.from('],"plan":');
const [COMMA, CLOSE, CLOSE_LIST, T, R, C] = Buffer.from(',}]trc');
/** `{"id":"…"`: how a result begins, and the request that it answers. */
const BEGINNING = BEFORE_ID + ID_BYTES + 1;

/** Where a result ends, and hashes of it as it passes. */
const passed = { end: 0, tickets: 0, whole: 0 };

/**
 * Reads an answer as bytes, compares it with the requests one by one, and puts down what was told. None of the texts that
 * it looks for can stand inside a JSON string, where quotes are escaped.
 *
 * @returns false where it is not an answer to these requests.
 */
export function readResults(
  bytes: Uint8Array,
  asked: Asked,
  receipts: Receipts,
  told: Told,
): boolean {
  if (!isAt(bytes, 0, HEAD)) return false;
  let at = HEAD.length;
  for (let i = 0; i < asked.count; i++) {
    if (!isSame(bytes, at, asked.body, asked.start[i], BEGINNING)) return false;
    pass(bytes, at);
    if (passed.end > bytes.length - 2) return false;
    take(bytes, at + BEGINNING, asked, i, receipts, told);
    at = passed.end + 1;
  }
  return at === bytes.length - 1 && bytes[at - 1] === CLOSE_LIST;
}

function take(
  bytes: Uint8Array,
  at: number,
  { numbers, kinds }: Asked,
  i: number,
  receipts: Receipts,
  told: Told,
): void {
  const status = isAt(bytes, at, STATUS) ? bytes[at + STATUS.length] : 0;
  if (kinds[i] === OTHER) {
    if (isAt(bytes, at, CONFLICT)) told.conflicts += 1;
    else told.contradictions += 1;
    return;
  }
  if (status !== T && status !== R) {
    told.errors += 1;
    return;
  }
  const tickets = status === R ? REFUSAL : asReceipt(passed.tickets);
  const isNew = receipts.tickets(numbers[i]) === 0;
  if (!receipts.put(numbers[i], tickets, passed.whole)) told.contradictions += 1;
  if (kinds[i] === AGAIN || !isNew) told.repeated += 1;
  else if (status === T) told.ticketed += 1;
  else told.refused += 1;
}

/** Passes the result that begins at `start`: sets where its last brace's successor is, and the hashes up to `current`. */
function pass(bytes: Uint8Array, start: number): void {
  let hash = HASH_START;
  let at = start;
  passed.tickets = 0;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === CLOSE) {
      if (bytes[at + 1] === COMMA ? isAt(bytes, at, NEXT) : at + 3 === bytes.length) break;
    } else if (byte === CLOSE_LIST) {
      if (passed.tickets === 0 && isAt(bytes, at, END_OF_TICKETS)) passed.tickets = hash;
    } else if (byte === COMMA && bytes[at + 2] === C && isAt(bytes, at, CURRENT)) {
      for (at += 1; at < bytes.length; at++) {
        if (bytes[at] !== CLOSE) continue;
        if (bytes[at + 1] === COMMA ? isAt(bytes, at, NEXT) : at + 3 === bytes.length) break;
      }
      break;
    }
    hash = Math.imul(hash ^ byte, PRIME);
  }
  passed.end = at + 1;
  passed.whole = hash;
}

function isAt(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[at + k] !== text[k]) return false;
  return true;
}

function isSame(a: Uint8Array, at: number, b: Uint8Array, start: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[at + k] !== b[start + k]) return false;
  return true;
}
