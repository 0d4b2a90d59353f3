import type { Pool } from 'pg';
import type { Lease, Leases } from '../gate/watch.js';

/**
 * Leases of a season's shards, by the database's clock. A lease says which process should have a shard; who may write to it
 * is what the epoch says (journal-store.ts), so a lease that is wrong costs time and nothing else.
 */
export class ShardLeases implements Leases {
  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
  ) {}

  async list(): Promise<Lease[]> {
    const { rows } = await this.ledger.query<Lease>({
      name: 'leases',
      text: `SELECT shard, owner, address, COALESCE(lease_until > clock_timestamp(), false) AS "inForce"
        FROM gate_shard WHERE season = $1 ORDER BY shard`,
      values: [this.season],
    });
    return rows;
  }

  async claim(shard: number, owner: string, address: string | null, ms: number): Promise<boolean> {
    const { rowCount } = await this.ledger.query({
      name: 'claim',
      text: `INSERT INTO gate_shard (season, shard, owner, address, lease_until)
        VALUES ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
        ON CONFLICT (season, shard) DO UPDATE
          SET owner = excluded.owner, address = excluded.address, lease_until = excluded.lease_until
          WHERE gate_shard.owner = excluded.owner OR gate_shard.lease_until IS NULL
            OR gate_shard.lease_until <= clock_timestamp()`,
      values: [this.season, shard, owner, address, ms],
    });
    return rowCount === 1;
  }

  async release(shard: number, owner: string): Promise<void> {
    await this.ledger.query(
      `UPDATE gate_shard SET owner = NULL, address = NULL, lease_until = NULL
        WHERE season = $1 AND shard = $2 AND owner = $3`,
      [this.season, shard, owner],
    );
  }

  /** Processes that are there: those whose time has not run out. */
  async attend(owner: string, ms: number): Promise<number> {
    const { rows } = await this.ledger.query<{ others: number }>({
      name: 'attend',
      text: `WITH gone AS (
          DELETE FROM gate_process
          WHERE season = $1 AND owner <> $2 AND lease_until < clock_timestamp()
        ), there AS (
          INSERT INTO gate_process (season, owner, lease_until)
          VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
          ON CONFLICT (season, owner) DO UPDATE SET lease_until = excluded.lease_until
        )
        SELECT count(*)::int AS others FROM gate_process
        WHERE season = $1 AND owner <> $2 AND lease_until >= clock_timestamp()`,
      values: [this.season, owner, ms],
    });
    return rows[0].others + 1;
  }

  async leave(owner: string): Promise<void> {
    await this.ledger.query('DELETE FROM gate_process WHERE season = $1 AND owner = $2', [
      this.season,
      owner,
    ]);
  }
}
