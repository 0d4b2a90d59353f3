import type { ClientBase } from 'pg';
import type { JournalEntry } from '../../gate/owner/journal-store.js';
import type { BinaryRow } from './binary-row.js';
import { copyRows } from './copy-rows.js';

/** Bytes of words and ids of a page: two are in memory, one in use and one under way; more reads no faster. */
const PAGE_BYTES = 8 * 2 ** 20;

/** Entries whose sizes are looked at, at a time, to cut pages: short enough to be kept in memory if each is empty. */
const LOOK_AHEAD = 1 << 15;

/** A shard's entries from one on, page by page. */
export class JournalPages {
  /** Last entries of the pages to come, as far as looked ahead. */
  readonly #ends: number[] = [];

  /** @param where the condition on season and shard. */
  constructor(
    private readonly client: ClientBase,
    private readonly where: string,
    private from: number,
  ) {}

  /** The next page; an empty one is the end. */
  async next(): Promise<JournalEntry[]> {
    if (this.#ends.length === 0) await this.#lookAhead();
    const end = this.#ends.shift();
    if (end === undefined) return [];
    const page = `${this.where} AND seq BETWEEN ${this.from} AND ${end}`;
    this.from = end + 1;
    return copyEntries(this.client, page);
  }

  /** Reads sizes only: the words themselves are stored apart from the row, and stay there. */
  async #lookAhead(): Promise<void> {
    const { rows } = await this.client.query<{ end: number }>(`
      SELECT max(seq) AS end FROM (
        SELECT seq, sum(bytes) OVER (ORDER BY seq) / ${PAGE_BYTES} AS page FROM (
          SELECT seq, octet_length(words) + octet_length(ids)::bigint AS bytes FROM gate_journal
          WHERE ${this.where} AND seq >= ${this.from} ORDER BY seq LIMIT ${LOOK_AHEAD}
        ) AS sizes
      ) AS pages GROUP BY trunc(page) ORDER BY 1`);
    for (const { end } of rows) this.#ends.push(end);
  }
}

/** Entries that meet a condition, in order. */
export async function copyEntries(client: ClientBase, where: string): Promise<JournalEntry[]> {
  const columns = 'seq, epoch, at, first_row, rows, words, ids, hash';
  return copyRows(
    client,
    `SELECT ${columns} FROM gate_journal WHERE ${where} ORDER BY seq`,
    entryOf,
  );
}

function entryOf(row: BinaryRow): JournalEntry {
  return {
    seq: row.bigint(),
    epoch: row.bigint(),
    at: row.double(),
    firstRow: row.bigint(),
    rows: row.int(),
    words: row.words(),
    ids: row.bytes(),
    hash: row.bytes(),
    notices: [],
  };
}
