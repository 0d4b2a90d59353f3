import type { Pool } from 'pg';
import type { LogAppended, LogEntry, ScanLog } from '../../track/owner/scan-log.js';
import { type BinaryRow, bytesOf } from './binary-row.js';
import { copyRows, literal } from './copy-rows.js';
import { withClient } from './with-client.js';

/**
 * Appends entries: one statement, which is one transaction in one round trip. The epoch is read FOR SHARE, which `take`
 * waits for and which waits for `take` (append.ts). The first number is free if the entry before is there and it
 * itself is not.
 */
const APPEND = `
WITH fence AS (
  SELECT 1 FROM track_log WHERE season = $1 AND log = $2 AND epoch = $3 FOR SHARE
), predecessor AS (
  SELECT 1 WHERE $4::bigint = 1
  UNION ALL
  SELECT 1 FROM track_batch WHERE season = $1 AND log = $2 AND seq = $4 - 1
), entry AS (
  INSERT INTO track_batch (season, log, seq, epoch, received_at, source, scans, message, bytes, hash)
  SELECT $1, $2, e.seq, $3, e.received_at, e.source, e.scans, e.message,
    substring($10::bytea FROM e.start FOR e.length), substring($11::bytea FROM e.at FOR 32)
  FROM fence, predecessor, unnest(
    $5::bigint[], $6::double precision[], $7::int[], $8::int[], $9::bigint[], $12::int[], $13::int[], $14::int[]
  ) AS e (seq, received_at, source, scans, message, start, length, at)
  ON CONFLICT (season, log, seq) DO NOTHING
  RETURNING 1
)
SELECT CASE
  WHEN NOT EXISTS (SELECT FROM fence) THEN 'fenced'
  WHEN EXISTS (SELECT FROM entry) THEN 'appended'
  WHEN EXISTS (SELECT FROM predecessor) THEN 'taken'
  ELSE 'gap'
END AS outcome`;

/** Bytes of batches of a page read at a time. */
const PAGE_BYTES = 8 * 2 ** 20;
/** Entries whose sizes are looked at, at a time. */
const LOOK_AHEAD = 1 << 14;
const COLUMNS = 'seq, epoch, received_at, source, scans, message, bytes, hash';

/** One log of a season's scans, in PostgreSQL (schema/0006-tracking.ts). */
export class PostgresScanLog implements ScanLog {
  readonly #where: string;

  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
    private readonly number: number,
  ) {
    this.#where = `season = ${literal(season)} AND log = ${Math.trunc(number)}`;
  }

  async take(owner: string): Promise<number> {
    const { rows } = await this.ledger.query<{ epoch: number }>({
      name: 'take-log',
      text: `INSERT INTO track_log (season, log, epoch, owner) VALUES ($1, $2, 1, $3)
        ON CONFLICT (season, log) DO UPDATE SET epoch = track_log.epoch + 1, owner = $3
        RETURNING epoch`,
      values: [this.season, this.number, owner],
    });
    return rows[0].epoch;
  }

  async append(entries: readonly LogEntry[]): Promise<LogAppended> {
    const { rows } = await this.ledger.query<{ outcome: LogAppended | 'gap' }>({
      name: 'append-scans',
      text: APPEND,
      values: [this.season, this.number, ...appendValues(entries)],
    });
    const [{ outcome }] = rows;
    if (outcome === 'gap') throw new Error(`entry ${entries[0].seq} would leave a gap before it`);
    return outcome;
  }

  async last(): Promise<LogEntry | undefined> {
    const where = `seq = (SELECT max(seq) FROM track_batch WHERE ${this.#where})`;
    return (await this.#copy(where))[0];
  }

  async find(seq: number): Promise<LogEntry | undefined> {
    return (await this.#copy(`seq = ${Math.trunc(seq)}`))[0];
  }

  async hasMessage(message: number): Promise<boolean> {
    const { rowCount } = await this.ledger.query({
      name: 'has-message',
      text: 'SELECT FROM track_batch WHERE season = $1 AND log = $2 AND message = $3 AND message > 0',
      values: [this.season, this.number, message],
    });
    return rowCount === 1;
  }

  /** The greatest number of a message in the log; 0 if it has none. */
  async lastMessage(): Promise<number> {
    const { rows } = await this.ledger.query<{ last: number }>({
      name: 'last-message',
      text: `SELECT coalesce(max(message), 0) AS last FROM track_batch
        WHERE season = $1 AND log = $2 AND message > 0`,
      values: [this.season, this.number],
    });
    return rows[0].last;
  }

  /** While a page is in use, the next is under way. */
  async *read(seq: number): AsyncIterable<LogEntry> {
    let next = this.#page(seq);
    for (let page = await next; page.length > 0; page = await next) {
      next = this.#page(page[page.length - 1].seq + 1);
      // Its failure is met when its turn comes, or nobody wants to know.
      next.catch(() => undefined);
      yield* page;
    }
  }

  /** The entries from one on that have a page's bytes together, at least one if there is one. */
  #page(from: number): Promise<LogEntry[]> {
    return this.#copy(`seq >= ${Math.trunc(from)} AND seq < (
      SELECT coalesce(min(seq) FILTER (WHERE before >= ${PAGE_BYTES}), max(seq) + 1) FROM (
        SELECT seq, sum(octet_length(bytes)) OVER (ORDER BY seq) - octet_length(bytes) AS before FROM (
          SELECT seq, bytes FROM track_batch
          WHERE ${this.#where} AND seq >= ${Math.trunc(from)} ORDER BY seq LIMIT ${LOOK_AHEAD}
        ) AS ahead
      ) AS sizes)`);
  }

  #copy(where: string): Promise<LogEntry[]> {
    const select = `SELECT ${COLUMNS} FROM track_batch WHERE ${this.#where} AND ${where} ORDER BY seq`;
    return withClient(this.ledger, (client) => copyRows(client, select, entryOf));
  }
}

function entryOf(row: BinaryRow): LogEntry {
  return {
    seq: row.bigint(),
    epoch: row.bigint(),
    receivedAt: row.double(),
    source: row.int(),
    scans: row.int(),
    message: row.bigint(),
    bytes: row.bytes(),
    hash: row.bytes(),
  };
}

/** Columns of the entries, and all batches and hashes in one value each, with where each begins (from 1). */
function appendValues(entries: readonly LogEntry[]): unknown[] {
  let end = 1;
  const starts = entries.map(({ bytes }) => {
    const start = end;
    end += bytes.byteLength;
    return start;
  });
  return [
    entries[0].epoch,
    entries[0].seq,
    entries.map(({ seq }) => seq),
    entries.map(({ receivedAt }) => receivedAt),
    entries.map(({ source }) => source),
    entries.map(({ scans }) => scans),
    entries.map(({ message }) => message),
    joined(entries.map(({ bytes }) => bytes)),
    joined(entries.map(({ hash }) => hash)),
    starts,
    entries.map(({ bytes }) => bytes.byteLength),
    entries.map((_, i) => 1 + 32 * i),
  ];
}

function joined(parts: readonly Uint8Array[]): Buffer {
  return parts.length === 1 ? bytesOf(parts[0]) : Buffer.concat(parts);
}
