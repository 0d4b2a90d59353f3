import { createHash } from 'node:crypto';
import type { JournalEntry } from './journal-store.js';

type Hashed = Omit<JournalEntry, 'hash' | 'notices'>;

/** What stands before the first entry. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/**
 * The hash of an entry: SHA-256 over the hash of the entry before, then seq, epoch, at, first row, rows, length
 * of the words and of the ids in bytes, as seven doubles, then words and ids; all little-endian. Whoever changes,
 * leaves out, adds or swaps an entry changes every hash from there on (P14).
 */
export function hashOf(before: Uint8Array, entry: Hashed): Uint8Array {
  const { seq, epoch, at, firstRow, rows, words, ids } = entry;
  const head = Float64Array.of(seq, epoch, at, firstRow, rows, words.byteLength, ids.byteLength);
  return createHash('sha256').update(before).update(head).update(words).update(ids).digest();
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Checks that an entry follows the one before (P15).
 *
 * @throws Error that says which entry is damaged, and how.
 */
export function checkFollows(before: JournalEntry | undefined, entry: JournalEntry): void {
  const damage = damageOf(before, entry);
  if (damage) throw new Error(`journal entry ${entry.seq}: ${damage}; restore it from a copy`);
}

function damageOf(before: JournalEntry | undefined, entry: JournalEntry): string | undefined {
  const { seq, epoch, firstRow, hash } = entry;
  if (seq !== (before?.seq ?? 0) + 1) return `entry ${(before?.seq ?? 0) + 1} is missing`;
  if (before && epoch < before.epoch) return `epoch ${epoch} after epoch ${before.epoch}`;
  if (firstRow !== (before ? before.firstRow + before.rows : 0)) return 'rows are missing';
  if (!isSameHash(hash, hashOf(before?.hash ?? NO_HASH, entry))) return 'its hash does not fit';
  return undefined;
}
