import type { ReleaseBatch } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { giniOf } from './gini.js';
import { type HoldFigures, HoldTable } from './hold-table.js';
import { regionOf } from './region.js';

/** Holds of a plan: over all parcels, by group, and how equally they fall. */
export interface HoldReport {
  readonly all: HoldFigures;
  readonly byService: readonly HoldGroup[];
  readonly byShipper: readonly HoldGroup[];
  /** By province (GB/T 2260) or, where the place is no such code, by place. */
  readonly byDestination: readonly HoldGroup[];
  readonly byOrigin: readonly HoldGroup[];
  /** Gini coefficients of the mean wait (`waitedSlots`) between groups: 0 is equal. */
  readonly inequality: { readonly shipper: number; readonly origin: number };
}

export interface HoldGroup {
  readonly key: string;
  readonly figures: HoldFigures;
}

/** Which rows of releases count; all where it is left out. */
export type Counts = (batch: ReleaseBatch, row: number) => boolean;

/** Counts holds while a plan's releases stream by: O(groups · slots) memory, four additions a row. */
export class HoldCounter {
  readonly #service: HoldTable;
  readonly #shipper: HoldTable;
  readonly #destination: HoldTable;
  readonly #origin: HoldTable;
  readonly #destinationOf: Int32Array;
  readonly #originOf: Int32Array;
  readonly #regions: readonly string[];

  constructor(readonly scenario: Scenario) {
    const { pairs } = scenario;
    const number = new Map<string, number>();
    const regionOfPlace = pairs.places.list().map((place) => {
      const region = regionOf(place);
      if (!number.has(region)) number.set(region, number.size);
      return number.get(region) ?? 0;
    });
    this.#regions = [...number.keys()];
    this.#destinationOf = pairs.destination.map((place) => regionOfPlace[place]);
    this.#originOf = pairs.origin.map((place) => regionOfPlace[place]);
    const oldest = scenario.demand.cohortSlot.reduce((least, s) => Math.min(least, s), 0);
    const table = (groups: number) => new HoldTable(groups, scenario.slots - oldest);
    this.#service = table(scenario.services.length);
    this.#shipper = table(scenario.demand.shippers.size);
    this.#destination = table(number.size);
    this.#origin = table(number.size);
  }

  add(batch: ReleaseBatch, counts: Counts = all): void {
    const { slots } = this.scenario;
    for (let i = 0; i < batch.rows; i++) {
      if (!counts(batch, i)) continue;
      const [s, t, parcels] = [batch.readySlot[i], batch.releaseSlot[i], batch.parcels[i]];
      const hold = (t < 0 ? slots : t) - s;
      const could = Math.max(0, -s);
      const pair = batch.pair[i];
      this.#service.add(batch.service[i], hold, could, t < 0, parcels);
      this.#shipper.add(batch.shipper[i], hold, could, t < 0, parcels);
      this.#destination.add(this.#destinationOf[pair], hold, could, t < 0, parcels);
      this.#origin.add(this.#originOf[pair], hold, could, t < 0, parcels);
    }
  }

  report(): HoldReport {
    const { scenario } = this;
    const hours = scenario.slotMinutes / 60;
    const groups = (table: HoldTable, key: (group: number) => string) =>
      Array.from({ length: table.groups }, (_, group) => ({
        key: key(group),
        figures: table.figures(group, hours),
      })).filter(({ figures }) => figures.ready > 0);
    const byShipper = groups(this.#shipper, (i) => scenario.demand.shippers.get(i));
    const byOrigin = groups(this.#origin, (i) => this.#regions[i]);
    return {
      all: this.#service.figuresOfAll(hours),
      byService: groups(this.#service, (i) => scenario.services[i].id),
      byShipper,
      byDestination: groups(this.#destination, (i) => this.#regions[i]),
      byOrigin,
      inequality: { shipper: inequality(byShipper), origin: inequality(byOrigin) },
    };
  }
}

function all(): boolean {
  return true;
}

function inequality(groups: readonly HoldGroup[]): number {
  return giniOf(groups.map(({ figures }) => ({ n: figures.ready, x: figures.waitedSlots })));
}
