import { lanesByEnds } from '../../../certify/track/lanes.js';
import { Names } from '../../../network/names.js';
import type { Scenario } from '../../../network/scenario.js';
import type { TrackNetwork } from '../../../track/track-network.js';
import { systemTiming } from '../../clock.js';
import { listSeasons } from '../../gate/recount-season.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import type { ScanNames } from '../scan-names.js';
import { trackNetwork } from '../track-season.js';

/** A season's scans as those see them who keep, recount and delete them: no key is needed for that. */
export interface SeasonScans {
  readonly id: string;
  readonly network: TrackNetwork;
  readonly names: ScanNames;
  /** As a recount finds them (certify/track/lanes.ts). */
  readonly lanes: ReadonlyMap<number, number>;
  readonly logs: number;
  readonly hasKey: boolean;
  /** Organisations that sent scans, by number. */
  readonly sources: readonly string[];
  /** From midnight of UTC back to that of the season, ms. */
  readonly offsetMs: number;
  /** When its last slot is over, ms since 1970. */
  readonly endMs: number;
  /** The season's clock, ms since 1970. */
  now(): number;
}

interface SeasonRow {
  readonly logs: number;
  readonly has_key: boolean;
  readonly clock_offset_ms: number;
}

/** Seasons of a scenario that have scans, in the order in which they were opened. */
export async function listSeasonScans(
  database: PostgresDatabase,
  scenario: Scenario,
  id: string,
): Promise<SeasonScans[]> {
  const { ledger } = database;
  const names = {
    operators: Names.from(scenario.pairs.operators.list()),
    resources: scenario.resources.ids,
  };
  const [network, lanes] = [trackNetwork(scenario), lanesByEnds(scenario)];
  const seasons: SeasonScans[] = [];
  for (const season of await listSeasons(database, id)) {
    const { rows } = await ledger.query<SeasonRow>(
      `SELECT logs, key IS NOT NULL AS has_key, clock_offset_ms
       FROM track_season JOIN gate_season ON id = season WHERE season = $1`,
      [season],
    );
    for (const { logs, has_key: hasKey, clock_offset_ms: clockMs } of rows) {
      const timing = systemTiming(clockMs);
      seasons.push({
        id: season,
        network,
        names,
        lanes,
        logs,
        hasKey,
        sources: await listSources(ledger, season),
        offsetMs: offsetOf(scenario.start),
        endMs: Date.parse(scenario.start) + scenario.slots * scenario.slotMinutes * 60_000,
        now: () => timing.now(),
      });
    }
  }
  return seasons;
}

async function listSources(ledger: PostgresDatabase['ledger'], season: string): Promise<string[]> {
  const { rows } = await ledger.query<{ number: number; organisation: string }>(
    'SELECT number, organisation FROM track_source WHERE season = $1 ORDER BY number',
    [season],
  );
  if (rows.some(({ number }, i) => number !== i)) throw new Error('a source of scans is missing');
  return rows.map(({ organisation }) => organisation);
}

/** Of an ISO 8601 instant with an offset: `…+08:00` is eight hours. */
function offsetOf(start: string): number {
  const found = /([+-])(\d\d):(\d\d)$/.exec(start);
  if (!found) return 0;
  const [, sign, hours, minutes] = found;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
