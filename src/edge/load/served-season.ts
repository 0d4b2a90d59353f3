import type { Scenario } from '../../network/scenario.js';
import { listSeasons } from '../gate/recount-season.js';
import { seasonId } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';

/** The run of the season that is under way, and by how much its clock is moved. @throws Error where there is none */
export async function servedSeason(
  database: PostgresDatabase,
  scenario: Scenario,
): Promise<{ readonly id: string; readonly offsetMs: number }> {
  const id = (await listSeasons(database, seasonId(scenario))).at(-1);
  if (id === undefined) {
    throw new Error(
      'the database does not know this season: cuofeng gate serve and track serve open one',
    );
  }
  const { rows } = await database.ledger.query<{ offset: number }>(
    'SELECT clock_offset_ms AS offset FROM gate_season WHERE id = $1',
    [id],
  );
  return { id, offsetMs: rows[0].offset };
}
