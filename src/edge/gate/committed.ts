import type { Resources } from '../../network/scenario.js';

/** What is on its way or promised without a ticket: it takes capacity that no ticket may have. */
export class Committed {
  readonly #parcels = new Map<string, number>();

  constructor({ commitments }: Resources) {
    const { resource, slot, value } = commitments;
    resource.forEach((r, i) => this.#parcels.set(`${r} ${slot[i]}`, value[i]));
  }

  /** What tickets may load of a resource that takes so many parcels in a slot. */
  left(resource: number, slot: number, parcels: number): number {
    return Math.max(0, parcels - (this.#parcels.get(`${resource} ${slot}`) ?? 0));
  }
}
