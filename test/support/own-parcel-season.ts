import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';

/** Writes a season down, so that parcels can be declared in it. */
export async function writeSeason({ ledger }: PostgresDatabase, id = 'season'): Promise<void> {
  await ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, clock_offset_ms, id_key) VALUES ($1, 'world', 0, 0, $2)`,
    [id, Buffer.alloc(16)],
  );
  await ledger.query('INSERT INTO track_season (season, logs, key) VALUES ($1, 1, $2)', [
    id,
    Buffer.alloc(32),
  ]);
}
