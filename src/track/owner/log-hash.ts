import { createHash } from 'node:crypto';
import type { LogEntry } from './scan-log.js';

/** What stands before the first entry. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/**
 * The hash of an entry: SHA-256 over the hash of the entry before, then seq, epoch, receivedAt, source, scans, message and
 * the length of the batch in bytes, as seven doubles, then the batch; all little-endian. Whoever changes, leaves out,
 * adds or swaps an entry changes every hash from there on (P14).
 */
export function hashOf(before: Uint8Array, entry: Omit<LogEntry, 'hash'>): Uint8Array {
  const { seq, epoch, receivedAt, source, scans, message, bytes } = entry;
  const head = Float64Array.of(seq, epoch, receivedAt, source, scans, message, bytes.byteLength);
  return createHash('sha256').update(before).update(head).update(bytes).digest();
}

export function isSameHash(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * Checks that an entry follows the one before (P15); undefined stands before the first.
 *
 * @throws Error that says which entry is damaged, and how.
 */
export function checkFollows(before: LogEntry | undefined, entry: LogEntry): void {
  const damage = damageOf(before, entry);
  if (damage) throw new Error(`entry ${entry.seq} of the scans: ${damage}; restore it from a copy`);
}

function damageOf(before: LogEntry | undefined, entry: LogEntry): string | undefined {
  const { seq, epoch, receivedAt, hash } = entry;
  if (seq !== (before?.seq ?? 0) + 1) return `entry ${(before?.seq ?? 0) + 1} is missing`;
  if (before && epoch < before.epoch) return `epoch ${epoch} after epoch ${before.epoch}`;
  if (before && receivedAt < before.receivedAt) return 'it was received before the entry before it';
  if (!isSameHash(hash, hashOf(before?.hash ?? NO_HASH, entry))) return 'its hash does not fit';
  return undefined;
}
