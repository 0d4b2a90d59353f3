import type { Outcomes } from '../../track/scans.js';
import { Held } from '../../units/held.js';

/** What became of a part's scans: two bytes each. Which scans they displaced is the log's to know: its places are not others'. */
export function encodeOutcomes({ status, reason }: Outcomes): Uint8Array {
  const bytes = new Uint8Array(status.length + reason.length);
  bytes.set(status);
  bytes.set(reason, status.length);
  return bytes;
}

/** @throws Held if they are not those of so many scans. */
export function decodeOutcomes(count: number, bytes: Uint8Array): Outcomes {
  if (bytes.byteLength !== 2 * count) throw new Held('unsure', 'outcomes of other scans');
  return { status: bytes.slice(0, count), reason: bytes.slice(count), displaced: [] };
}
