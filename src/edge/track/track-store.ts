import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { type TrackSeason, trackSeason } from './track-season.js';

/**
 * Opens a season's tracking; the first to open it writes down how many logs it has, and its key.
 *
 * @param logs 1, 2, 4 or 8: what a season was opened with stays.
 */
export async function openTrackSeason(
  { ledger }: PostgresDatabase,
  season: GateSeason,
  logs = 1,
): Promise<TrackSeason> {
  await ledger.query(
    'INSERT INTO track_season (season, logs, key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [season.id, logs, randomBytes(32)],
  );
  const { rows } = await ledger.query<{ logs: number; key: Buffer | null }>(
    'SELECT logs, key FROM track_season WHERE season = $1',
    [season.id],
  );
  const [{ logs: kept, key }] = rows;
  if (!key) throw new Error(`the key of season ${season.id} is deleted: it takes no more scans`);
  return trackSeason(season, { logs: kept, key });
}

/** Numbers of those who send scans, by organisation: given once, kept for the season. */
export class SourceNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  constructor(
    private readonly ledger: Pool,
    private readonly season: string,
  ) {}

  async of(organisation: string): Promise<number> {
    const known = this.#numbers.get(organisation);
    if (known !== undefined) return known;
    for (;;) {
      // Two at once may choose one number: the second finds it taken, and asks again.
      await this.ledger.query(
        `INSERT INTO track_source (season, number, organisation)
         SELECT $1, count(*), $2 FROM track_source WHERE season = $1
         ON CONFLICT DO NOTHING`,
        [this.season, organisation],
      );
      await this.#read();
      const number = this.#numbers.get(organisation);
      if (number !== undefined) return number;
    }
  }

  /** The organisation of a number. */
  async name(number: number): Promise<string> {
    if (this.#names[number] === undefined) await this.#read();
    return this.#names[number] ?? '';
  }

  async #read(): Promise<void> {
    const { rows } = await this.ledger.query<{ number: number; organisation: string }>(
      'SELECT number, organisation FROM track_source WHERE season = $1',
      [this.season],
    );
    for (const { number, organisation } of rows) {
      this.#numbers.set(organisation, number);
      this.#names[number] = organisation;
    }
  }
}
