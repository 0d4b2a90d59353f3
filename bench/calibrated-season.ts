import { fileURLToPath } from 'node:url';
import { readScenario } from '../src/network/read-scenario.js';
import type { Scenario } from '../src/network/scenario.js';
import { writeScenario } from '../src/network/write-scenario.js';
import type { PolicyName } from '../src/world/policy/policy.js';
import { type Calendar, readyVolumes } from '../src/world/season/calendar.js';
import { usualParcelsPerDay } from '../src/world/season/options.js';
import { generateSeason } from '../src/world/season/season.js';
import { ORDINARY, PLANNER, WORLD, type WorldParameters } from '../src/world/simulation/options.js';
import type { SimulationRun } from '../src/world/simulation/run.js';
import { simulate } from '../src/world/simulation/simulate.js';
import { seasonFacts, seasonOptions } from '../test/support/season.js';

/** A season of one operator to hold beside the record: whole days from midnight, in slots of an hour. */
export interface CalibratedSeason {
  readonly scenario: Scenario;
  /** Parcels in it for one 亿 of the nation's. */
  readonly parcelsInYi: number;
  readonly ordinaryYi: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Generates, writes and reads it, as a user would; each day has its part of the calendar's volume. */
export async function makeSeason(
  calendar: Calendar,
  from: string,
  days: number,
  cities: number,
): Promise<CalibratedSeason> {
  const facts = seasonFacts();
  const start = `${from}T00:00:00+08:00`;
  const yi = readyVolumes(calendar, start, 60, 0, 24 * days).reduce((sum, v) => sum + v, 0);
  const parcelsInYi = usualParcelsPerDay(facts, cities, 1, calendar) / calendar.peakDay;
  const parcelsPerDay = Math.round((parcelsInYi * yi) / days);
  const size = { cities, operators: 1, parcelsPerDay, start, slots: 24 * days };
  const season = generateSeason(seasonOptions({ ...size, calendar }), facts);
  const folder = `${root}.cache/seasons/calibration`;
  await writeScenario(folder, season.meta, season.tables(), { format: 'parquet' });
  const scenario = await readScenario(folder);
  return { scenario, parcelsInYi, ordinaryYi: calendar.ordinaryDay };
}

/** The same with all outlets' capacity scaled so that in a day they take so many ordinary days' parcels. */
export function withOutlets(season: CalibratedSeason, ordinaryDays: number): CalibratedSeason {
  const { resources } = season.scenario;
  let perDay = 0;
  resources.capacity.forEach((c, r) => {
    if (resources.kind[r] === 'delivery') perDay += 24 * c;
  });
  const factor = (ordinaryDays * season.ordinaryYi * season.parcelsInYi) / perDay;
  return scaled(season, 'delivery', factor);
}

/** The same with capacities and floors of a kind of resource times a factor. */
export function scaled(season: CalibratedSeason, kind: string, factor: number): CalibratedSeason {
  const { scenario } = season;
  const { resources } = scenario;
  const scale = (x: number, r: number): number =>
    resources.kind[r] === kind ? Math.round(x * factor) : x;
  const capacity = resources.capacity.map(scale);
  const floor = resources.floor.map(scale);
  return { ...season, scenario: { ...scenario, resources: { ...resources, capacity, floor } } };
}

/** The same with all times on the way, not those at outlets and on rounds, times a factor. */
export function slowed(season: CalibratedSeason, factor: number): CalibratedSeason {
  const { scenario } = season;
  const stepLag = scenario.routes.stepLag.map((lag) => Math.round(lag * factor));
  return { ...season, scenario: { ...scenario, routes: { ...scenario.routes, stepLag } } };
}

/** Share of parcels that stay in their city. */
export function withinCity({ scenario }: CalibratedSeason): number {
  const { demand, pairs } = scenario;
  let own = 0;
  let all = 0;
  for (let f = 0; f < demand.flowPair.length; f++) {
    const rows = [demand.cohortStart[f], demand.cohortStart[f + 1]].map((k) => demand.rowStart[k]);
    let parcels = 0;
    for (let i = rows[0]; i < rows[1]; i++) parcels += demand.rowParcels[i];
    all += parcels;
    if (pairs.origin[demand.flowPair[f]] === pairs.destination[demand.flowPair[f]]) own += parcels;
  }
  return own / all;
}

/** One life of a season with ordinary surprises, always the same ones. */
export function live(
  { scenario }: CalibratedSeason,
  policy: PolicyName,
  changes: Partial<WorldParameters> = {},
): Promise<SimulationRun> {
  return simulate(scenario, {
    policy,
    seed: 1,
    surprises: ORDINARY,
    world: { ...WORLD, ...changes },
    planner: { ...PLANNER, threads: 1 },
    clock: { now: () => 0, pause: async () => {} },
  });
}
