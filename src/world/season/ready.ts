import { readyVolumes } from './calendar.js';
import type { SeasonOptions } from './options.js';

/**
 * How a pair's parcels become ready over time, in days' worth of its mean: the value of slot s is at
 * [s − first]. Demand's slots sum to the days of the horizon.
 */
export interface ReadyShape {
  /** The first slot with demand, ≤ 0. */
  readonly first: number;
  /** Slots first … T − 1. */
  readonly demand: Float64Array;
  /** Slots −length … −1: what was released before the start; empty unless asked for. */
  readonly before: Float64Array;
}

/** Hours before the start from which parcels still wait, where some were carried over: modelled. */
const CARRIED_HOURS = 12;
/** The part of those that still waits: modelled. */
const CARRIED_PART = 0.3;

/** @param slotsBefore how long a parcel released before the start can still load anything. */
export function readyShape(options: SeasonOptions, slotsBefore: number): ReadyShape {
  const { calendar, start, slotMinutes, slots } = options;
  const volumes = (from: number, until: number): Float64Array =>
    readyVolumes(calendar, start, slotMinutes, from, until);
  const first = options.carriedOver ? -Math.ceil((CARRIED_HOURS * 60) / slotMinutes) : 0;
  const demand = volumes(first, slots);
  for (let s = first; s < 0; s++) demand[s - first] *= CARRIED_PART;
  const before = options.committed ? volumes(-slotsBefore, 0) : new Float64Array(0);
  const scale = (slots * slotMinutes) / 1440 / demand.reduce((sum, v) => sum + v, 0);
  return { first, demand: demand.map((v) => v * scale), before: before.map((v) => v * scale) };
}

/** All parcels of the season, at least one. */
export function totalParcels(options: SeasonOptions): number {
  const { parcelsPerDay, slots, slotMinutes } = options;
  return Math.max(1, Math.round((parcelsPerDay * slots * slotMinutes) / 1440));
}
