import type { Pool } from 'pg';

/** A lease as its table has it. */
export interface LeaseRow {
  /** Number of what is leased, in its season. */
  readonly number: number;
  readonly owner: string | null;
  /** Where its owner answers; null where it does not. */
  readonly address: string | null;
  readonly inForce: boolean;
}

/**
 * Leases of a season, in the table that also has their epochs, by the database's clock. A lease says which process should have
 * something; who may write to it is what the epoch says, so a lease that is wrong costs time and nothing else.
 */
export class LeaseTable {
  /**
   * @param ledger sessions that act as the ledger (connect.ts).
   * @param table and the column of it that numbers what is leased: the program's own words, never a user's.
   */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
    private readonly table: 'gate_shard' | 'track_log',
    private readonly column: 'shard' | 'log',
  ) {}

  /** All that were ever claimed, in their order. */
  async list(): Promise<LeaseRow[]> {
    const { table, column } = this;
    const { rows } = await this.ledger.query<LeaseRow>({
      name: `${column}-leases`,
      text: `SELECT ${column} AS number, owner, address,
          COALESCE(lease_until > clock_timestamp(), false) AS "inForce"
        FROM ${table} WHERE season = $1 ORDER BY ${column}`,
      values: [this.season],
    });
    return rows;
  }

  /** Whether it is now the owner's: it was free, its lease had run out, or it was the owner's already. */
  async claim(number: number, owner: string, address: string | null, ms: number): Promise<boolean> {
    const { table, column } = this;
    const { rowCount } = await this.ledger.query({
      name: `claim-${column}`,
      text: `INSERT INTO ${table} (season, ${column}, owner, address, lease_until)
        VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
        ON CONFLICT (season, ${column}) DO UPDATE
          SET owner = excluded.owner, address = excluded.address, lease_until = excluded.lease_until
          WHERE ${table}.owner = excluded.owner OR ${table}.lease_until IS NULL
            OR ${table}.lease_until <= clock_timestamp()`,
      values: [this.season, number, owner, address, ms],
    });
    return rowCount === 1;
  }

  async release(number: number, owner: string): Promise<void> {
    const { table, column } = this;
    await this.ledger.query(
      `UPDATE ${table} SET owner = NULL, address = NULL, lease_until = NULL
        WHERE season = $1 AND ${column} = $2 AND owner = $3`,
      [this.season, number, owner],
    );
  }
}
