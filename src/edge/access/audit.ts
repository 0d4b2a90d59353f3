import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Acting } from '../postgres/database.js';
import type { AuditAction } from './audit-actions.js';
import { canonicalJson, type Json } from './canonical-json.js';
import type { Principal } from './principal.js';

/** Something that somebody did: what the gate decides by itself is in its journal instead. */
export interface Act {
  /** Whose chain tells of it. */
  readonly organisation: string;
  /** A key or an account; of another organisation with its name before it, `ZJPA/duty-1`. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string;
  /** Why, and with what; no secrets. */
  readonly detail: { readonly [key: string]: Json };
}

/** An act as it is written down. */
export interface AuditEntry extends Omit<Act, 'detail'> {
  /** 1, 2, 3 … in the organisation's chain. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Canonical JSON. */
  readonly detail: string;
  /** Hash of the entry before; 32 zero bytes before the first. */
  readonly previous: Buffer;
  readonly hash: Buffer;
}

export const NOTHING_BEFORE = Buffer.alloc(32);

/** SHA-256 over the hash before and the canonical text of all else. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): Buffer {
  const { organisation, seq, at, actor, action, subject, detail, previous } = entry;
  const text = canonicalJson({ organisation, seq, at, actor, action, subject, detail });
  return createHash('sha256').update(previous).update(text).digest();
}

/**
 * Writes acts down in the transaction that does them, each at its chain's end, under a lock on the end. To
 * be called last, so that the lock is short and taken after those of the act; chains are locked in the
 * order of their names, so that no two transactions wait for each other.
 *
 * @param now milliseconds since 1970.
 */
export async function appendAudit(
  client: ClientBase,
  now: number,
  acts: readonly Act[],
): Promise<void> {
  const byChain = acts.toSorted((a, b) => (a.organisation < b.organisation ? -1 : 1));
  for (const act of byChain) await append(client, now, act);
}

async function append(client: ClientBase, at: number, act: Act): Promise<void> {
  const head = await lockHead(client, act.organisation);
  const entry = {
    ...act,
    at,
    seq: head.seq + 1,
    detail: canonicalJson(act.detail),
    previous: head.hash,
  };
  const hash = auditHash(entry);
  await client.query(
    `INSERT INTO audit (organisation, seq, at, actor, action, subject, detail, previous, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      act.organisation,
      entry.seq,
      new Date(at),
      act.actor,
      act.action,
      act.subject,
      entry.detail,
      head.hash,
      hash,
    ],
  );
  await client.query('UPDATE audit_head SET seq = $2, hash = $3 WHERE organisation = $1', [
    act.organisation,
    entry.seq,
    hash,
  ]);
}

async function lockHead(
  client: ClientBase,
  organisation: string,
): Promise<{ seq: number; hash: Buffer }> {
  await client.query(
    `INSERT INTO audit_head (organisation, seq, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`,
    [organisation, NOTHING_BEFORE],
  );
  const { rows } = await client.query<{ seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM audit_head WHERE organisation = $1 FOR UPDATE',
    [organisation],
  );
  return rows[0];
}

/** Who acts: somebody of an organisation, or whoever has the machine. */
export type By = Principal | 'command-line' | 'demonstration';

/**
 * An act upon something of the organisation `to`: in that one's chain, and in the actor's own, if
 * that is another.
 */
export function actsOf(
  by: By,
  to: string,
  action: AuditAction,
  subject: string,
  detail: Act['detail'] = {},
): Act[] {
  const act = { organisation: to, action, subject, detail };
  if (typeof by === 'string') return [{ ...act, actor: by }];
  const { organisation, actor } = by;
  if (to === organisation.id) return [{ ...act, actor }];
  return [
    { ...act, actor: `${organisation.id}/${actor}` },
    { ...act, organisation: organisation.id, actor, detail: { ...detail, to } },
  ];
}

/** As whom a transaction acts that does something to an organisation: it can write the chains it has to. */
export function actingOn(by: By, to: string): Acting {
  const isOwn = typeof by !== 'string' && by.organisation.id === to;
  return isOwn ? { as: 'member', organisation: to } : { as: 'keeper' };
}
