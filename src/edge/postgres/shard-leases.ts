import type { Pool } from 'pg';
import type { Lease, Leases } from '../gate/watch.js';
import { LeaseTable } from './lease-table.js';

/** Leases of a season's shards, and which processes are there to share them. */
export class ShardLeases implements Leases {
  readonly #shards: LeaseTable;

  /** @param ledger sessions that act as the ledger (connect.ts). */
  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
  ) {
    this.#shards = new LeaseTable(ledger, season, 'gate_shard', 'shard');
  }

  async list(): Promise<Lease[]> {
    const rows = await this.#shards.list();
    return rows.map(({ number: shard, ...lease }) => ({ shard, ...lease }));
  }

  claim(shard: number, owner: string, address: string | null, ms: number): Promise<boolean> {
    return this.#shards.claim(shard, owner, address, ms);
  }

  release(shard: number, owner: string): Promise<void> {
    return this.#shards.release(shard, owner);
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
