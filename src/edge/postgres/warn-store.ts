import type { ClientBase } from 'pg';
import type { WarningBookState } from '../../warn/warning-book.js';
import { decodeAssessment, decodeBook, encodeAssessment, encodeBook } from '../warn/warn-codec.js';
import type { KeptEvent, NumberedEvent } from '../warn/warn-events.js';
import type { PostgresDatabase } from './connect.js';

/** How a season's book stands. */
export interface BookRow {
  /** Of the last event; 0 before the first. */
  readonly seq: number;
  /** −Infinity before the first step. */
  readonly at: number;
  readonly state: WarningBookState | undefined;
}

/** What a change makes of the book. */
export interface BookChange<T> {
  readonly state: WarningBookState;
  readonly events: readonly KeptEvent[];
  readonly value: T;
}

export interface PolicyRow {
  readonly version: number;
  /** JSON. */
  readonly policy: string;
  readonly madeBy: string;
  readonly reason: string;
  readonly madeAt: Date;
}

const EVENT = `seq, number, at, act, level, reach, actor, reason, policy_version AS "policyVersion", assessment,
  notified`;

/** Where the warnings of a season are kept: the only authority. A call that throws may have been done, or not. */
export class WarnStore {
  constructor(
    readonly database: Pick<PostgresDatabase, 'transact' | 'ledger'>,
    private readonly season: string,
  ) {}

  /** Whether assessing is now this process's: it was nobody's, its time had run out, or it was its own already. */
  async claim(owner: string, ms: number): Promise<boolean> {
    const { rowCount } = await this.database.ledger.query({
      name: 'claim-warnings',
      text: `INSERT INTO warn_book (season, owner, lease_until)
        VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
        ON CONFLICT (season) DO UPDATE SET owner = excluded.owner, lease_until = excluded.lease_until
          WHERE warn_book.owner = excluded.owner OR warn_book.lease_until IS NULL
            OR warn_book.lease_until <= clock_timestamp()`,
      values: [this.season, owner, ms],
    });
    return rowCount === 1;
  }

  async release(owner: string): Promise<void> {
    await this.database.ledger.query(
      'UPDATE warn_book SET owner = NULL, lease_until = NULL WHERE season = $1 AND owner = $2',
      [this.season, owner],
    );
  }

  /**
   * Changes the book in one transaction, one change after the other whatever processes there are. Audited acts are written
   * in the same.
   *
   * @param owner if it is named and the book is another's by now, nothing is done, and undefined given.
   */
  change<T>(
    owner: string | undefined,
    work: (client: ClientBase, row: BookRow) => Promise<BookChange<T>>,
  ): Promise<T | undefined> {
    return this.database.transact({ as: 'keeper' }, async (client) => {
      await client.query('INSERT INTO warn_book (season) VALUES ($1) ON CONFLICT DO NOTHING', [
        this.season,
      ]);
      const { rows } = await client.query<RawBook>(
        'SELECT seq, at, state FROM warn_book WHERE season = $1 AND ($2::text IS NULL OR owner = $2) FOR UPDATE',
        [this.season, owner],
      );
      if (rows.length === 0) return undefined;
      const before = bookOf(rows[0]);
      const { state, events, value } = await work(client, before);
      await this.#append(client, before.seq, events);
      await client.query('UPDATE warn_book SET seq = $2, at = $3, state = $4 WHERE season = $1', [
        this.season,
        before.seq + events.length,
        state.at,
        encodeBook(state),
      ]);
      return value;
    });
  }

  /** Number of the last event, and when the book last changed or was assessed. */
  async head(): Promise<{ readonly seq: number; readonly at: number }> {
    const { rows } = await this.database.ledger.query<{ seq: number; at: number }>({
      name: 'warnings-head',
      text: 'SELECT seq, at FROM warn_book WHERE season = $1',
      values: [this.season],
    });
    return rows[0] ?? { seq: 0, at: Number.NEGATIVE_INFINITY };
  }

  async read(): Promise<BookRow> {
    const { rows } = await this.database.ledger.query<RawBook>(
      'SELECT seq, at, state FROM warn_book WHERE season = $1',
      [this.season],
    );
    return rows.length > 0
      ? bookOf(rows[0])
      : { seq: 0, at: Number.NEGATIVE_INFINITY, state: undefined };
  }

  /** Events after one, in their order. */
  eventsAfter(seq: number, most: number): Promise<NumberedEvent[]> {
    return this.#events('seq > $2 ORDER BY seq LIMIT $3', [seq, most]);
  }

  /** All events of some warnings, in their order. */
  eventsOf(numbers: readonly number[]): Promise<NumberedEvent[]> {
    return this.#events('number = ANY($2) ORDER BY seq', [numbers]);
  }

  /** Numbers of warnings that have ended, below one, the newest first. */
  async endedBelow(number: number, most: number): Promise<number[]> {
    const { rows } = await this.database.ledger.query<{ number: number }>(
      `SELECT number FROM warn_event WHERE season = $1 AND act = 'lifted' AND number < $2
       ORDER BY number DESC LIMIT $3`,
      [this.season, number, most],
    );
    return rows.map((row) => row.number);
  }

  /** The policy in force that somebody set; undefined where none is. */
  async policy(): Promise<PolicyRow | undefined> {
    const { rows } = await this.database.ledger.query<PolicyRow>({
      name: 'warn-policy',
      text: `SELECT version, policy, made_by AS "madeBy", reason, made_at AS "madeAt" FROM warn_policy
        WHERE season = $1 ORDER BY version DESC LIMIT 1`,
      values: [this.season],
    });
    return rows[0];
  }

  /** Keeps a policy; false where its version is there already. In the caller's transaction, as the keeper. */
  async addPolicy(client: ClientBase, row: PolicyRow): Promise<boolean> {
    const { version, policy, madeBy, reason, madeAt } = row;
    const { rowCount } = await client.query(
      `INSERT INTO warn_policy (season, version, policy, made_by, reason, made_at)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE $2::int = 2 OR EXISTS (SELECT FROM warn_policy WHERE season = $1 AND version = $2::int - 1)
       ON CONFLICT DO NOTHING`,
      [this.season, version, policy, madeBy, reason, madeAt],
    );
    return rowCount === 1;
  }

  async #events(where: string, values: readonly unknown[]): Promise<NumberedEvent[]> {
    const { rows } = await this.database.ledger.query<RawEvent>(
      `SELECT ${EVENT} FROM warn_event WHERE season = $1 AND ${where}`,
      [this.season, ...values],
    );
    return rows.map(({ assessment, actor, reason, ...row }) => ({
      ...row,
      assessment: decodeAssessment(assessment),
      actor: actor ?? undefined,
      reason: reason ?? undefined,
    }));
  }

  async #append(client: ClientBase, seq: number, events: readonly KeptEvent[]): Promise<void> {
    for (const [i, event] of events.entries()) {
      const { number, at, act, level, reach, actor, reason, policyVersion } = event;
      await client.query(
        `INSERT INTO warn_event (season, seq, number, at, act, level, reach, actor, reason, policy_version,
           assessment, notified)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          this.season,
          seq + 1 + i,
          number,
          at,
          act,
          level,
          reach,
          actor ?? null,
          reason ?? null,
          policyVersion,
          encodeAssessment(event.assessment),
          event.notified,
        ],
      );
    }
  }
}

interface RawBook {
  readonly seq: number;
  readonly at: number;
  readonly state: string | null;
}

interface RawEvent extends Omit<NumberedEvent, 'assessment' | 'actor' | 'reason'> {
  readonly assessment: string;
  readonly actor: string | null;
  readonly reason: string | null;
}

function bookOf({ seq, at, state }: RawBook): BookRow {
  return { seq, at, state: state === null ? undefined : decodeBook(state) };
}
