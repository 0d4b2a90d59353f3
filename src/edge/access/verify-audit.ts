import type { ClientBase } from 'pg';
import { type AuditEntry, auditHash, NOTHING_BEFORE } from './audit.js';

/** End of a chain: whoever keeps it elsewhere can tell whether later somebody cut the chain. */
export interface AuditHead {
  readonly organisation: string;
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

/**
 * - changed: an entry is not what its hash says;
 * - unchained: it does not follow the one before;
 * - missing: the number after the one before is not there;
 * - end: the chain does not end where its head says;
 * - cut: an entry that is known to have been there is not, or is another.
 */
export interface AuditFault {
  readonly organisation: string;
  readonly seq: number;
  readonly rule: 'changed' | 'unchained' | 'missing' | 'end' | 'cut';
}

export interface AuditReport {
  readonly heads: readonly AuditHead[];
  readonly entries: number;
  readonly faults: readonly AuditFault[];
}

/** Faults that are told: one is enough to stop and look. */
const FAULTS_MOST = 100;
/** Entries read at a time. */
const PAGE = 1000;

/**
 * Recomputes every chain. It finds what was flipped, deleted, inserted or reordered; what was cut off an end together
 * with its head, or rewritten to the end, it finds only against heads known from before.
 *
 * @param client of a keeper's transaction.
 */
export async function verifyAudit(
  client: ClientBase,
  known: readonly AuditHead[] = [],
): Promise<AuditReport> {
  const kept = await readHeads(client);
  const chains = await client.query<{ organisation: string }>(
    'SELECT DISTINCT organisation FROM audit',
  );
  const names = [kept, known, chains.rows].flatMap((list) =>
    list.map(({ organisation }) => organisation),
  );
  const heads: AuditHead[] = [];
  const faults: AuditFault[] = [];
  let entries = 0;
  for (const organisation of [...new Set(names)].toSorted()) {
    const isOf = (head: AuditHead) => head.organisation === organisation;
    const check = new ChainCheck(organisation, known.filter(isOf));
    for await (const entry of readChain(client, organisation)) check.next(entry);
    const head = check.end(kept.find(isOf));
    heads.push(head);
    faults.push(...check.faults);
    entries += check.entries;
  }
  return { heads, entries, faults: faults.slice(0, FAULTS_MOST) };
}

/** One chain, entry after entry. */
class ChainCheck {
  readonly faults: AuditFault[] = [];
  entries = 0;
  #seq = 0;
  #hash: Buffer = NOTHING_BEFORE;
  readonly #known: Map<number, string>;

  constructor(
    private readonly organisation: string,
    known: readonly AuditHead[],
  ) {
    this.#known = new Map(known.map(({ seq, hash }) => [seq, hash]));
    this.#known.delete(0);
  }

  next(entry: AuditEntry): void {
    this.entries += 1;
    if (entry.seq !== this.#seq + 1) this.#fault(this.#seq + 1, 'missing');
    if (!entry.previous.equals(this.#hash)) this.#fault(entry.seq, 'unchained');
    const hash = auditHash(entry);
    if (!entry.hash.equals(hash)) this.#fault(entry.seq, 'changed');
    if (this.#known.get(entry.seq) === entry.hash.toString('hex')) this.#known.delete(entry.seq);
    this.#seq = entry.seq;
    this.#hash = entry.hash;
  }

  end(kept: AuditHead | undefined): AuditHead {
    const head = {
      organisation: this.organisation,
      seq: this.#seq,
      hash: this.#hash.toString('hex'),
    };
    if (kept?.seq !== head.seq || kept.hash !== head.hash) this.#fault(head.seq, 'end');
    for (const seq of this.#known.keys()) this.#fault(seq, 'cut');
    return head;
  }

  #fault(seq: number, rule: AuditFault['rule']): void {
    if (this.faults.length < FAULTS_MOST) {
      this.faults.push({ organisation: this.organisation, seq, rule });
    }
  }
}

async function readHeads(client: ClientBase): Promise<AuditHead[]> {
  const { rows } = await client.query<AuditHead>(
    `SELECT organisation, seq, encode(hash, 'hex') AS hash FROM audit_head`,
  );
  return rows;
}

async function* readChain(client: ClientBase, organisation: string): AsyncGenerator<AuditEntry> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = await readAudit(client, organisation, after, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    after = page[page.length - 1].seq;
  }
}

/** Entries of a chain after a number, in order; those before it, from it backwards, the newest first. */
export async function readAudit(
  client: ClientBase,
  organisation: string,
  after: number,
  limit: number,
  order: 'oldest' | 'newest' = 'oldest',
): Promise<AuditEntry[]> {
  const beyond = order === 'oldest' ? 'seq > $2 ORDER BY seq' : 'seq < $2 ORDER BY seq DESC';
  const { rows } = await client.query<Omit<AuditEntry, 'at'> & { readonly at: Date }>(
    `SELECT organisation, seq, at, actor, action, subject, detail, previous, hash FROM audit
     WHERE organisation = $1 AND ${beyond} LIMIT $3`,
    [organisation, after, limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
