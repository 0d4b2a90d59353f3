import type { AuditEntry } from '../../../src/client/api.ts';

/** What the first entry of a chain has before it. */
const NOTHING_BEFORE = '0'.repeat(64);

/**
 * - changed: an entry is not what its hash says;
 * - unchained: it does not follow the one before;
 * - missing: the one before it is not there.
 */
export interface ChainFault {
  readonly seq: number;
  readonly rule: 'changed' | 'unchained' | 'missing';
}

export interface ChainReport {
  readonly entries: number;
  readonly fault: ChainFault | undefined;
}

/** Whether this browser can: it hashes only on pages that came by HTTPS, or from its own machine. */
export function canVerify(): boolean {
  return window.isSecureContext;
}

/**
 * Recomputes a part of an organisation's chain as it is shown, from entry to entry (docs/spec/access.md#the-audit-log): any flip,
 * deletion, insertion and reordering within it is found, the earliest told.
 *
 * @param entries the newest first, as they are shown.
 */
export async function verifyChain(
  organisation: string,
  entries: readonly AuditEntry[],
): Promise<ChainReport> {
  let before: AuditEntry | undefined;
  for (const entry of entries.toReversed()) {
    const rule = await faultOf(organisation, entry, before);
    if (rule) return { entries: entries.length, fault: { seq: entry.seq, rule } };
    before = entry;
  }
  return { entries: entries.length, fault: undefined };
}

async function faultOf(
  organisation: string,
  entry: AuditEntry,
  before: AuditEntry | undefined,
): Promise<ChainFault['rule'] | undefined> {
  if (before && entry.seq !== before.seq + 1) return 'missing';
  const expected = before?.hash ?? (entry.seq === 1 ? NOTHING_BEFORE : entry.previous);
  if (entry.previous !== expected) return 'unchained';
  return (await hashOf(organisation, entry)) === entry.hash ? undefined : 'changed';
}

/** SHA-256 over the hash before and the canonical text of all else (RFC 8785: fields in the order of their names). */
async function hashOf(organisation: string, entry: AuditEntry): Promise<string> {
  const { action, actor, detail, previous, seq, subject } = entry;
  const at = Date.parse(entry.at);
  const text = JSON.stringify({ action, actor, at, detail, organisation, seq, subject });
  const bytes = new TextEncoder().encode(text);
  const all = new Uint8Array(32 + bytes.length);
  all.set(bytesOf(previous));
  all.set(bytes, 32);
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', all)));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
