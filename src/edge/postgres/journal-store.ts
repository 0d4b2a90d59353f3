import type { ClientBase, Pool } from 'pg';
import type { Appended, JournalEntry, JournalStore } from '../../gate/owner/journal-store.js';
import { APPEND, appendValues } from './append.js';
import { literal } from './copy-rows.js';
import { copyEntries, JournalPages } from './journal-pages.js';
import { withClient } from './with-client.js';

/** The journal of one shard of a season, in PostgreSQL (schema/0001-ledger.ts). */
export class PostgresJournalStore implements JournalStore {
  readonly #where: string;

  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
    private readonly shard: number,
  ) {
    this.#where = `season = ${literal(season)} AND shard = ${Math.trunc(shard)}`;
  }

  async take(owner: string): Promise<number> {
    const { rows } = await this.ledger.query<{ epoch: number }>({
      name: 'take',
      text: `INSERT INTO gate_shard (season, shard, epoch, owner) VALUES ($1, $2, 1, $3)
        ON CONFLICT (season, shard) DO UPDATE SET epoch = gate_shard.epoch + 1, owner = $3
        RETURNING epoch`,
      values: [this.season, this.shard, owner],
    });
    return rows[0].epoch;
  }

  async append(entry: JournalEntry): Promise<Appended> {
    const { rows } = await this.ledger.query<{ outcome: Appended | 'gap' }>({
      name: 'append',
      text: APPEND,
      values: appendValues(this.season, this.shard, entry),
    });
    const [{ outcome }] = rows;
    if (outcome === 'gap') throw new Error(`entry ${entry.seq} would leave a gap before it`);
    return outcome;
  }

  /** While a page is in use, the next is under way. */
  async *read(seq: number): AsyncIterable<JournalEntry> {
    const client = await this.ledger.connect();
    const pages = new JournalPages(client, this.#where, seq);
    let next = pages.next();
    try {
      for (let page = await next; page.length > 0; page = await next) {
        next = pages.next();
        // Its failure is met when its turn comes, or nobody wants to know.
        next.catch(() => undefined);
        yield* page;
      }
    } finally {
      await next.then(
        () => client.release(),
        () => client.release(true),
      );
    }
  }

  find(seq: number): Promise<JournalEntry | undefined> {
    return this.#findOne(`${this.#where} AND seq = ${Math.trunc(seq)}`);
  }

  /** Number of the last entry, 0 if there is none. */
  async head(): Promise<number> {
    const { rows } = await this.ledger.query<{ seq: number }>({
      name: 'head',
      text: `SELECT COALESCE(MAX(seq), 0) AS seq FROM gate_journal WHERE season = $1 AND shard = $2`,
      values: [this.season, this.shard],
    });
    return rows[0].seq;
  }

  /** The entry in which a ticket's row was decided, if there is one. */
  async findRow(row: number): Promise<JournalEntry | undefined> {
    const before = `${this.#where} AND rows > 0 AND first_row <= ${Math.trunc(row)}`;
    const found = await this.#findOne(
      `${this.#where} AND seq = (
        SELECT seq FROM gate_journal WHERE ${before} ORDER BY first_row DESC LIMIT 1)`,
    );
    return found && row < found.firstRow + found.rows ? found : undefined;
  }

  async #findOne(where: string): Promise<JournalEntry | undefined> {
    const read = (client: ClientBase): Promise<JournalEntry[]> => copyEntries(client, where);
    return (await withClient(this.ledger, read)).at(0);
  }
}
