import type { Pool } from 'pg';

/** Says that a process is there, and gives how many are: those whose time has not run out by the database's clock. */
export async function attend(
  ledger: Pool,
  season: string,
  owner: string,
  ms: number,
): Promise<number> {
  const { rows } = await ledger.query<{ others: number }>({
    name: 'attend',
    text: `WITH gone AS (
        DELETE FROM gate_process WHERE season = $1 AND owner <> $2 AND lease_until < clock_timestamp()
      ), there AS (
        INSERT INTO gate_process (season, owner, lease_until)
        VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
        ON CONFLICT (season, owner) DO UPDATE SET lease_until = excluded.lease_until
      )
      SELECT count(*)::int AS others FROM gate_process
      WHERE season = $1 AND owner <> $2 AND lease_until >= clock_timestamp()`,
    values: [season, owner, ms],
  });
  return rows[0].others + 1;
}

export async function leave(ledger: Pool, season: string, owner: string): Promise<void> {
  await ledger.query('DELETE FROM gate_process WHERE season = $1 AND owner = $2', [season, owner]);
}
