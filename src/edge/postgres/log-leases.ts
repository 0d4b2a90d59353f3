import type { Pool } from 'pg';

/** A lease on a log of scans: says who should try, not who may write; that the epoch does. */
export interface LogLease {
  readonly log: number;
  readonly owner: string | null;
  /** Where its owner answers; null where it does not. */
  readonly address: string | null;
  readonly inForce: boolean;
}

/** Leases of a season's logs of scans, by the database's clock. */
export class LogLeases {
  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
  ) {}

  async list(): Promise<LogLease[]> {
    const { rows } = await this.ledger.query<LogLease>({
      name: 'log-leases',
      text: `SELECT log, owner, address, COALESCE(lease_until > clock_timestamp(), false) AS "inForce"
        FROM track_log WHERE season = $1 ORDER BY log`,
      values: [this.season],
    });
    return rows;
  }

  /** Whether the log is now the owner's: it was free, its lease had run out, or it was the owner's already. */
  async claim(log: number, owner: string, address: string | null, ms: number): Promise<boolean> {
    const { rowCount } = await this.ledger.query({
      name: 'claim-log',
      text: `INSERT INTO track_log (season, log, owner, address, lease_until)
        VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
        ON CONFLICT (season, log) DO UPDATE
          SET owner = excluded.owner, address = excluded.address, lease_until = excluded.lease_until
          WHERE track_log.owner = excluded.owner OR track_log.lease_until IS NULL
            OR track_log.lease_until <= clock_timestamp()`,
      values: [this.season, log, owner, address, ms],
    });
    return rowCount === 1;
  }

  async release(log: number, owner: string): Promise<void> {
    await this.ledger.query(
      `UPDATE track_log SET owner = NULL, address = NULL, lease_until = NULL
        WHERE season = $1 AND log = $2 AND owner = $3`,
      [this.season, log, owner],
    );
  }
}
