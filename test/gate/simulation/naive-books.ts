import type { GatePlan } from '../../../src/gate/gate-plan.js';
import type { SmallWorld } from './small-world.js';

/** What resources take and what tickets load, in parcels, by `resource/slot`: maps and sums, as plain as can be. */
export class NaiveBooks {
  readonly capacity = new Map<string, number>();
  readonly ticketed = new Map<string, number>();

  constructor(private readonly world: SmallWorld) {}

  plan({ capacity, from }: GatePlan): void {
    this.capacity.clear();
    capacity.values.forEach((value, i) => {
      const slot = from + (i % capacity.slots);
      this.capacity.set(`${Math.floor(i / capacity.slots)}/${slot}`, Math.floor(value));
    });
  }

  /** A ticket loads its resources; with −parcels, it does no longer. */
  load(flow: number, way: number, slot: number, parcels: number): void {
    this.eachLoad(flow, way, slot, (key) => {
      this.ticketed.set(key, (this.ticketed.get(key) ?? 0) + parcels);
    });
  }

  /** Where, of what a ticket loads, more is on tickets than capacity is in force; undefined where nowhere. */
  over(flow: number, way: number, slot: number): string | undefined {
    let found: string | undefined;
    this.eachLoad(flow, way, slot, (key) => {
      const sum = this.ticketed.get(key) ?? 0;
      const capacity = this.capacity.get(key) ?? 0;
      if (sum > capacity) found = `${key} has ${sum} of ${capacity}`;
    });
    return found;
  }

  eachLoad(flow: number, way: number, slot: number, visit: (key: string) => void): void {
    const { wayStart, wayRoute, services, routes } = this.world.network;
    const pair = Math.floor(flow / services.length);
    const route = wayRoute[wayStart[pair] + way];
    for (let i = routes.stepStart[route]; i < routes.stepStart[route + 1]; i++) {
      for (let u = 0; u < routes.stepSpan[i]; u++) {
        visit(`${routes.stepResource[i]}/${slot + routes.stepLag[i] + u}`);
      }
    }
  }
}
