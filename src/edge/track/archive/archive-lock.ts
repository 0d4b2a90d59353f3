import type { PostgresDatabase } from '../../postgres/connect.js';
import { withClient } from '../../postgres/with-client.js';

/**
 * Does something to the archive of a season that nobody else may do at the same time, whatever process and machine: a lock of the
 * database's, which ends with the session that has it.
 *
 * @throws Error if somebody else is at it.
 */
export function alone<T>(
  { ledger }: PostgresDatabase,
  season: string,
  work: () => Promise<T>,
): Promise<T> {
  return withClient(ledger, async (client) => {
    const lock = ['hashtextextended($1, 0)', [`archive of ${season}`]] as const;
    const { rows } = await client.query<{ is_ours: boolean }>(
      `SELECT pg_try_advisory_lock(${lock[0]}) AS is_ours`,
      [...lock[1]],
    );
    if (!rows[0].is_ours) throw new Error(`another process is at the archive of ${season}`);
    try {
      return await work();
    } finally {
      await client.query(`SELECT pg_advisory_unlock(${lock[0]})`, [...lock[1]]);
    }
  });
}
