import type { Pool } from 'pg';
import { decodeBatch } from '../../../track/batch-codec.js';
import type { ScanBatch } from '../../../track/scans.js';

/** Logs of scans as queries read them: by number of the entry, backwards. */
export interface EventLog {
  readonly logs: number;
  /** Numbers of the first and the last entry that are there; 1 and 0 where none is. */
  range(log: number): Promise<readonly [first: number, last: number]>;
  /** When an entry that is there was received, ms since 1970. */
  receivedAt(log: number, seq: number): Promise<number>;
  /** Entry `seq` and those before it, the last first; as many as are read at a time, none where there is none. */
  back(log: number, seq: number): Promise<ScanBatch[]>;
  /** Those of these entries that are there. */
  list(log: number, seqs: readonly number[]): Promise<ScanBatch[]>;
}

/** Entries read at a time: enough for a page of most, and some hundred kilobytes. */
const ENTRIES = 8;

interface Row {
  readonly seq: number;
  readonly receivedAt: number;
  readonly bytes: Buffer;
}

const COLUMNS = 'seq, received_at AS "receivedAt", bytes';

/** The logs of a season in PostgreSQL. */
export class PostgresEventLog implements EventLog {
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
    readonly logs: number,
  ) {}

  async range(log: number): Promise<readonly [number, number]> {
    const { rows } = await this.ledger.query<{ first: number | null; last: number | null }>(
      'SELECT min(seq) AS first, max(seq) AS last FROM track_batch WHERE season = $1 AND log = $2',
      [this.season, log],
    );
    const [{ first, last }] = rows;
    return [first ?? 1, last ?? 0];
  }

  async receivedAt(log: number, seq: number): Promise<number> {
    const { rows } = await this.ledger.query<{ at: number }>(
      'SELECT received_at AS at FROM track_batch WHERE season = $1 AND log = $2 AND seq = $3',
      [this.season, log, seq],
    );
    return rows[0]?.at ?? Number.NEGATIVE_INFINITY;
  }

  async back(log: number, seq: number): Promise<ScanBatch[]> {
    const { rows } = await this.ledger.query<Row>(
      `SELECT ${COLUMNS} FROM track_batch WHERE season = $1 AND log = $2 AND seq <= $3
       ORDER BY seq DESC LIMIT ${ENTRIES}`,
      [this.season, log, seq],
    );
    return rows.map(batchOf);
  }

  async list(log: number, seqs: readonly number[]): Promise<ScanBatch[]> {
    const { rows } = await this.ledger.query<Row>(
      `SELECT ${COLUMNS} FROM track_batch WHERE season = $1 AND log = $2 AND seq = ANY ($3) ORDER BY seq`,
      [this.season, log, seqs],
    );
    return rows.map(batchOf);
  }
}

/** A batch's receipt is its entry's: that of the batch may be earlier, where an entry before it was received later. */
function batchOf({ seq, receivedAt, bytes }: Row): ScanBatch {
  return { ...decodeBatch(seq, bytes), receivedAt };
}

/**
 * The last entry received before a moment, and none before the first: receipts never fall from one entry to the next, so it is
 * found by halving.
 */
export async function lastBefore(
  log: EventLog,
  number: number,
  [first, last]: readonly [number, number],
  moment: number,
): Promise<number> {
  let [below, above] = [first - 1, last + 1];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if ((await log.receivedAt(number, middle)) < moment) below = middle;
    else above = middle;
  }
  return below;
}
