import { Header, REQUEST, sizeOf } from '../journal.js';
import type { JournalEntry } from './journal-store.js';

/** The record of the request that begins with a row, as a view; the entry has it. */
export function recordOfRow({ words, seq }: JournalEntry, row: number): Int32Array {
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    if (words[at] === REQUEST && words[at + Header.row] === row) {
      return words.subarray(at, at + sizeOf(words, at));
    }
  }
  throw new Error(`journal entry ${seq} has no request with row ${row}`);
}

/** The request that a row belongs to, and its id in UTF-8: the row is in the entry. */
export function requestOfRow(
  { words, ids, seq }: JournalEntry,
  row: number,
): { readonly record: Int32Array; readonly id: Uint8Array } {
  let idAt = 0;
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    if (words[at] !== REQUEST) continue;
    const end = ids.indexOf(0, idAt);
    const rows = Math.max(1, words[at + Header.tickets]);
    if (row < words[at + Header.row] + rows) {
      return { record: words.subarray(at, at + sizeOf(words, at)), id: ids.subarray(idAt, end) };
    }
    idAt = end + 1;
  }
  throw new Error(`journal entry ${seq} has no row ${row}`);
}
