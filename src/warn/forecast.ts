import { ENTRY } from './legs.js';
import { normalBelow } from './normal.js';
import { type Projection, project } from './projection.js';
import type { Seen } from './seen.js';
import type { WarnModel } from './warn-model.js';

/** What comes from one place until stock is greatest, of what is in the network now. */
export interface Inflow {
  /** The place it leaves last. */
  readonly resource: number;
  /** Departed from it; and still to depart. */
  readonly departed: number;
  readonly upstream: number;
}

/** What is expected of a resource with a floor. Slots count from the one that runs: u = 0. */
export interface HubForecast extends HubInflow {
  readonly resource: number;
  /** What can be sorted in each slot as declared. */
  readonly declared: Float64Array;
  /** Expected stock at the end of each slot, what waits outside included. */
  readonly stock: Float64Array;
  /** Spread of what changes from slot to slot, parcels. */
  readonly spread: Float64Array;
  /** Of `known`, by the resource that it comes from last. */
  readonly from: readonly Inflow[];
  /** That stock is above the floor at the end of some slot of the horizon. */
  readonly chance: number;
  /** Chance that stock was above the floor at the end of some slot up to u. */
  readonly chanceBy: Float64Array;
  /** Slots from the running slot's beginning until the floor is passed, if it is: half of `chance` lies before. NaN if chance is 0. */
  readonly breachIn: number;
}

/** A day's luck in this many equally likely parts. Fewer make chances jump, more cost as much again. */
const PARTS = 15;
/** Their middles, scaled to a spread of 1. Normal quantiles of (k + ½) / PARTS. */
const LUCK = scaled([
  -1.833915, -1.281552, -0.967422, -0.727913, -0.524401, -0.340695, -0.167894, 0, 0.167894,
  0.340695, 0.524401, 0.727913, 0.967422, 1.281552, 1.833915,
]);
/** Least spread of a stock as a share of the floor: scans come late. */
const STOCK_SPREAD = 0.005;

/** For every resource with a floor, by rising resource. Pure; equal input gives equal output. */
export function forecastLoads(model: WarnModel, seen: Seen): HubForecast[] {
  const projection = project(model, seen);
  return Array.from(model.hubs, (r) => forecastHub(model, seen, projection, r));
}

/**
 * Stock over time and chance (docs/maths/warn.md#chance). Luck that lasts, z: volume and pace are off for the whole
 * horizon, both by the same multiple of how far they weigh,
 *
 *     stock(u; z)  by  queue(u) = max(0, queue(u−1) + arrivals(u; z) − rate(u; z)),
 *
 * and luck of the moment, normal with spread σ(u). chanceBy(u) = mean over z of Φ( max over v ≤ u of
 * (stock(v; z) − floor) / σ(v) ).
 */
function forecastHub(model: WarnModel, seen: Seen, projection: Projection, r: number): HubForecast {
  const { slots } = projection;
  const row = r * slots;
  const hub = {
    known: projection.known.slice(row, row + slots),
    later: projection.later.slice(row, row + slots),
    rate: projection.rate.slice(row, row + slots),
    queued: projection.queued[r],
    sortedNow: Math.max(0, seen.stock[r] - projection.queued[r]),
    dwell: model.dwell[r],
  };
  const spread = momentSpread(model, seen, r, hub);
  const tilt = tiltOf(hub, projection);
  const floor = model.floor[r];
  const chanceBy = new Float64Array(slots);
  let expected = new Float64Array(slots);
  const stock = new Float64Array(slots);
  for (const z of LUCK) {
    rollStock(hub, z * tilt.volume, z * tilt.pace, stock);
    if (z === 0) expected = stock.slice();
    let most = -Infinity;
    for (let u = 0; u < slots; u++) {
      most = Math.max(most, (stock[u] - floor) / spread[u]);
      chanceBy[u] += normalBelow(most) / PARTS;
    }
  }
  const isOver = seen.stock[r] > floor;
  if (isOver) chanceBy.fill(1);
  const chance = chanceBy[slots - 1];
  const breachIn = isOver ? 0 : halfway(chanceBy);
  const from = inflows(model, projection, r, peakOf(expected) + 1);
  const declared = projection.declared.slice(row, row + slots);
  return {
    ...hub,
    resource: r,
    declared,
    stock: expected,
    spread,
    from,
    chance,
    chanceBy,
    breachIn,
  };
}

/** The first slot of the greatest value. */
export function peakOf(values: Float64Array): number {
  let peak = 0;
  for (let u = 1; u < values.length; u++) if (values[u] > values[peak]) peak = u;
  return peak;
}

/** The greatest first. */
function inflows(
  { legs, horizon }: WarnModel,
  { byLeg }: Projection,
  r: number,
  until: number,
): Inflow[] {
  const from = new Map<number, { resource: number; departed: number; upstream: number }>();
  for (let i = legs.inStart[r]; i < legs.inStart[r + 1]; i++) {
    const leg = legs.inList[i];
    if (legs.from[leg] === ENTRY) continue;
    const inflow = from.get(legs.from[leg]) ?? {
      resource: legs.from[leg],
      departed: 0,
      upstream: 0,
    };
    from.set(legs.from[leg], inflow);
    for (let u = 0; u < until; u++) {
      const transit = byLeg.transit[leg * horizon + u];
      inflow.departed += transit;
      inflow.upstream += byLeg.known[leg * horizon + u] - transit;
    }
  }
  return [...from.values()].toSorted((a, b) => b.departed + b.upstream - a.departed - a.upstream);
}

/** What a place's stock follows from. */
export interface HubInflow {
  readonly known: Float64Array;
  readonly later: Float64Array;
  readonly rate: Float64Array;
  /** Waits for sorting now; stands sorted now. */
  readonly queued: number;
  readonly sortedNow: number;
  /** Slots on the floor behind sorting. */
  readonly dwell: number;
}

/** Stock at the end of each slot if volume is `more` above what is planned, and pace `less` below what is expected. */
export function rollStock(hub: HubInflow, more: number, less: number, stock: Float64Array): void {
  const { known, later, rate, queued, sortedNow, dwell } = hub;
  const ready = new Float64Array(stock.length);
  let queue = queued;
  let onFloor = 0;
  for (let u = 0; u < stock.length; u++) {
    queue += known[u] + later[u] * Math.max(0, 1 + more);
    ready[u] = Math.min(queue, rate[u] * Math.max(0, 1 - less));
    queue -= ready[u];
    onFloor += ready[u];
    if (u >= dwell) onFloor -= ready[u - dwell];
    const before = dwell === 0 ? 0 : sortedNow * Math.max(0, 1 - (u + 1) / dwell);
    stock[u] = queue + onFloor + before;
  }
}

/** How luck of one spread divides: each error in proportion to what it moves. */
function tiltOf(
  { later, rate }: HubInflow,
  { pace }: Projection,
): { volume: number; pace: number } {
  const volume = pace.volumeSpread * sum(later);
  const sorted = pace.paceSpread * sum(rate);
  const both = Math.hypot(volume, sorted) || 1;
  return { volume: (pace.volumeSpread * volume) / both, pace: (pace.paceSpread * sorted) / both };
}

/** σ(u)² = (late scans)² + (what may have come since the newest scan)² + Σ (arrivalSpread · arrivals)². */
function momentSpread(
  model: WarnModel,
  seen: Seen,
  r: number,
  { known, later, rate }: HubInflow,
): Float64Array {
  const { arrivalSpread } = model.assumed;
  const age = Number.isNaN(seen.ageHours[r]) ? 0 : Math.max(0, seen.ageHours[r]);
  const unseen = (age / model.slotHours) * Math.max(rate[0], known[0] + later[0]);
  let squares = (STOCK_SPREAD * model.floor[r]) ** 2 + (0.5 * unseen) ** 2;
  return Float64Array.from(known, (parcels, u) => {
    squares += (arrivalSpread * (parcels + later[u])) ** 2;
    return Math.sqrt(squares);
  });
}

/** Where half of the last chance is reached, between slots by a straight line. */
function halfway(chanceBy: Float64Array): number {
  const half = chanceBy[chanceBy.length - 1] / 2;
  if (half === 0) return Number.NaN;
  const u = chanceBy.findIndex((chance) => chance >= half);
  const before = u === 0 ? 0 : chanceBy[u - 1];
  return u + (half - before) / (chanceBy[u] - before);
}

function sum(values: Float64Array): number {
  return values.reduce((all, x) => all + x, 0);
}

function scaled(middles: readonly number[]): readonly number[] {
  const square = middles.reduce((all, z) => all + z * z, 0) / middles.length;
  return middles.map((z) => z / Math.sqrt(square));
}
