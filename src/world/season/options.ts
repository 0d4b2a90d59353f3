import type { Calendar } from './calendar.js';
import type { Closure } from './closure-file.js';
import type { Facts } from './facts.js';

/** What season to generate. */
export interface SeasonOptions {
  /** The largest cities by origin volume. */
  readonly cities: number;
  /** The largest operators by volume. */
  readonly operators: number;
  /** Mean over the horizon; all demand together is exactly this times the days, rounded. */
  readonly parcelsPerDay: number;
  /** ISO 8601 with offset: the start of slot 0. */
  readonly start: string;
  readonly slots: number;
  readonly slotMinutes: number;
  readonly seed: number;
  readonly calendar: Calendar;
  readonly closures: readonly Closure[];
  /** Parcels released before the start still load the network. */
  readonly committed: boolean;
  /** Part of what became ready in the half day before the start still waits. */
  readonly carriedOver: boolean;
  /** Hubs and couriers are occupied over several slots by each parcel. */
  readonly spans: boolean;
  /** Some hub sites and last miles are shared by all operators. */
  readonly shared: boolean;
  /** Every delivery is a bottleneck. */
  readonly tightDelivery: boolean;
  /** Hubs are rated for an ordinary day, however much the busiest day is above the peak's mean. */
  readonly tightHubs: boolean;
  /** Where the largest hub is, another than the operators runs the last mile. */
  readonly stations: boolean;
}

/** Parcels a day that these cities and operators carry of the nation's in the peak. */
export function usualParcelsPerDay(
  facts: Facts,
  cities: number,
  operators: number,
  calendar: Calendar,
): number {
  const origins = facts.cities.map(({ origin }) => origin);
  const brands = facts.operators.map(({ volume }) => volume);
  const part = partOf(origins, cities) * partOf(brands, operators);
  return Math.round(calendar.peakDay * PARCELS_IN_YI * part);
}

/** 亿. */
const PARCELS_IN_YI = 1e8;

function partOf(volumes: readonly number[], first: number): number {
  return sum(volumes.slice(0, first)) / sum(volumes);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
