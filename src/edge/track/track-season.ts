import { Names } from '../../network/names.js';
import type { Scenario } from '../../network/scenario.js';
import { Lanes, Legs, type TrackNetwork } from '../../track/track-network.js';
import type { Timing } from '../../units/timing.js';
import type { Principal } from '../access/principal.js';
import { contains } from '../access/principal.js';
import type { GateSeason } from '../gate/season.js';
import { carriedBy } from './carried.js';
import type { ScanNames, ScanScope } from './scan-names.js';
import { WaybillKeys } from './waybill-keys.js';

const DAY_MS = 86_400_000;

/** How long before slot 0 a scan may be stamped: parcels are on their way when a season begins. */
const BEFORE_DAYS = 14;

/** Partitions of a season's parcels: each log has an equal part of them. More makes shorter pauses for snapshots and takes memory for flows. */
export const PARTITIONS = 8;

/** What a season's tracking keeps for good, beside the scans. */
export interface TrackRow {
  /** Logs of the season: 1, 2, 4 or 8. */
  readonly logs: number;
  /** 32 secret bytes: waybills are hashed under them. */
  readonly key: Uint8Array;
}

/** A season as tracking sees it. */
export interface TrackSeason {
  readonly id: string;
  readonly scenario: Scenario;
  readonly network: TrackNetwork;
  readonly names: ScanNames;
  readonly keys: WaybillKeys;
  readonly logs: number;
  /** The season's clock, as the gate has it. */
  readonly timing: Timing;
}

export function trackSeason(
  { id, scenario, timing }: Pick<GateSeason, 'id' | 'scenario' | 'timing'>,
  row: TrackRow,
): TrackSeason {
  const operators = scenario.pairs.operators.list();
  return {
    id,
    scenario,
    network: trackNetwork(scenario),
    names: { operators: Names.from(operators), resources: scenario.resources.ids },
    keys: new WaybillKeys(row.key, operators),
    logs: row.logs,
    timing,
  };
}

/** Slot 0 of tracking is BEFORE_DAYS before slot 0 of the scenario. */
export function trackNetwork(scenario: Scenario): TrackNetwork {
  return {
    resources: scenario.resources.ids.size,
    operators: scenario.pairs.operators.size,
    startMs: Date.parse(scenario.start) - BEFORE_DAYS * DAY_MS,
    slotMs: scenario.slotMinutes * 60_000,
    lanes: new Lanes(lanesOf(scenario)),
    legs: new Legs(legsOf(scenario)),
  };
}

/** Lanes stand between two places in routes: the same two have one lane. */
function* lanesOf({ routes, resources }: Scenario): Generator<[number, number, number]> {
  const { stepStart, stepResource } = routes;
  for (let route = 0; route + 1 < stepStart.length; route++) {
    for (let i = stepStart[route] + 1; i + 1 < stepStart[route + 1]; i++) {
      const lane = stepResource[i];
      if (resources.kind[lane] === 'lane') yield [stepResource[i - 1], stepResource[i + 1], lane];
    }
  }
}

/** From one place of a route to the next. */
function* legsOf({ routes, resources }: Scenario): Generator<[number, number]> {
  const { stepStart, stepResource } = routes;
  for (let route = 0; route + 1 < stepStart.length; route++) {
    let from = -1;
    for (let i = stepStart[route]; i < stepStart[route + 1]; i++) {
      const to = stepResource[i];
      if (resources.kind[to] === 'lane') continue;
      if (from >= 0 && from !== to) yield [from, to];
      from = to;
    }
  }
}

/** The slot of the scenario that is slot 0 of tracking, counted from slot 0: negative. */
export function firstSlot({
  scenario,
  network,
}: Pick<TrackSeason, 'scenario' | 'network'>): number {
  return (network.startMs - Date.parse(scenario.start)) / network.slotMs;
}

/**
 * What a principal's scans may name: those of its operator's network, and stations of others that its routes lead to, for a
 * parcel is its operator's to vouch for wherever it is; scanned in the region of its office.
 */
export function scopeOfSender(season: TrackSeason, { organisation }: Principal): ScanScope {
  const { operator = '', region } = organisation;
  const { resources, pairs } = season.scenario;
  const number = pairs.operators.findText(operator);
  const carried = carriedBy(season.scenario);
  const owned = (r: number) => resources.operator[r] === operator || carried.loads(number, r);
  const inCharge = (r: number) => contains(region, resources.region[r]);
  const count = resources.ids.size;
  return {
    operators: Uint8Array.from(pairs.operators.list(), (id) => (id === operator ? 1 : 0)),
    resources: Uint8Array.from({ length: count }, (_, r) => (owned(r) && inCharge(r) ? 1 : 0)),
    destinations: Uint8Array.from({ length: count }, (_, r) => (owned(r) ? 1 : 0)),
  };
}
