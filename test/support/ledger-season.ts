import { type TestDatabase, testDatabase } from './postgres.js';

/** A database with a season named `season`, for one test. */
export async function ledgerWithSeason(): Promise<TestDatabase> {
  const made = await testDatabase();
  await made.database.ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ('season', 'Season', 0, $1)`,
    [Buffer.alloc(16)],
  );
  return made;
}
