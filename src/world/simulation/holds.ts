import type { Scenario } from '../../network/scenario.js';
import { giniOf } from '../../plan/gini.js';
import { regionOf } from '../../plan/region.js';
import type { HoldsOfGroup } from './run.js';

/** What parcels waited at shippers, by service and by origin region, counted at their release. */
export class Holds {
  readonly #slots: number;
  readonly #hours: number;
  readonly #regions: readonly string[];
  readonly #regionOf: Int32Array;
  /** Parcels by [group · slots + slots waited]. */
  readonly #service: Float64Array;
  readonly #origin: Float64Array;
  /** Σ parcels · slot of release. */
  releaseSlots = 0;
  /** Σ parcels · slots waited. */
  waited = 0;
  parcels = 0;

  constructor(
    private readonly scenario: Scenario,
    slotsMost: number,
  ) {
    this.#slots = slotsMost;
    this.#hours = scenario.slotMinutes / 60;
    const number = new Map<string, number>();
    const regionOfPlace = scenario.pairs.places.list().map((place) => {
      const region = regionOf(place);
      if (!number.has(region)) number.set(region, number.size);
      return number.get(region) ?? 0;
    });
    this.#regions = [...number.keys()];
    this.#regionOf = scenario.pairs.origin.map((place) => regionOfPlace[place]);
    this.#service = new Float64Array(scenario.services.length * slotsMost);
    this.#origin = new Float64Array(number.size * slotsMost);
  }

  add(flow: number, ready: number, slot: number, parcels: number): void {
    const { flowPair, flowService } = this.scenario.demand;
    // What was carried over could not have gone before slot 0.
    const waited = Math.min(slot - Math.max(0, ready), this.#slots - 1);
    this.#service[flowService[flow] * this.#slots + waited] += parcels;
    this.#origin[this.#regionOf[flowPair[flow]] * this.#slots + waited] += parcels;
    this.releaseSlots += parcels * slot;
    this.waited += parcels * waited;
    this.parcels += parcels;
  }

  get meanHours(): number {
    return this.parcels === 0 ? 0 : (this.waited / this.parcels) * this.#hours;
  }

  get inequality(): number {
    const groups = this.#groups('origin', this.#origin, this.#regions);
    return giniOf(groups.map(({ parcels, meanHours }) => ({ n: parcels, x: meanHours })));
  }

  report(): HoldsOfGroup[] {
    const services = this.scenario.services.map(({ id }) => id);
    return [
      ...this.#groups('service', this.#service, services),
      ...this.#groups('origin', this.#origin, this.#regions),
    ];
  }

  #groups(by: HoldsOfGroup['by'], table: Float64Array, keys: readonly string[]): HoldsOfGroup[] {
    return keys.flatMap((key, i) => {
      const counts = table.subarray(i * this.#slots, (i + 1) * this.#slots);
      const { parcels, mean, p95 } = spreadOf(counts);
      if (parcels === 0) return [];
      return [{ by, key, parcels, meanHours: mean * this.#hours, p95Hours: p95 * this.#hours }];
    });
  }
}

/** Of parcels counted by slots: how many, their mean, and the least that 95 % do not exceed. */
export function spreadOf(counts: ArrayLike<number>): {
  parcels: number;
  mean: number;
  p95: number;
} {
  let parcels = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    parcels += counts[i];
    sum += counts[i] * i;
  }
  let below = 0;
  let p95 = 0;
  for (; p95 < counts.length - 1; p95++) {
    below += counts[p95];
    if (below >= 0.95 * parcels) break;
  }
  return { parcels, mean: parcels === 0 ? 0 : sum / parcels, p95: parcels === 0 ? 0 : p95 };
}
