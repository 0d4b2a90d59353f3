import type { ExpressNetwork } from './network.js';
import type { SeasonOptions } from './options.js';
import type { Plant } from './plant.js';
import { feederHours, STAGE } from './stages.js';
import type { Trunk } from './trunks.js';

/** The steps of one route, in the order in which a parcel takes them. Used again for the next. */
export interface Steps {
  count: number;
  readonly resource: Int32Array;
  /** Slots after release. */
  readonly lag: Int32Array;
  readonly span: Int32Array;
}

/** Three hubs, two line-hauls, pickup and delivery. */
const STEPS_MOST = 7;

export function emptySteps(): Steps {
  const [resource, lag, span] = [0, 1, 2].map(() => new Int32Array(STEPS_MOST));
  return { count: 0, resource, lag, span };
}

/**
 * Steps of the routes of a network: pickup at release, each hub at its gate, each line-haul at its
 * departure, delivery when the courier sets out. Hours are rounded to the nearest slot.
 */
export class StepMaker {
  readonly #perHour: number;
  readonly #hubSpan: number;
  readonly #deliverySpan: number;

  constructor(
    private readonly network: ExpressNetwork,
    private readonly plant: Plant,
    options: SeasonOptions,
  ) {
    this.#perHour = 60 / options.slotMinutes;
    this.#hubSpan = options.spans ? Math.max(1, this.#slots(STAGE.sort)) : 1;
    this.#deliverySpan = options.spans ? Math.max(1, this.#slots(STAGE.deliver)) : 1;
  }

  fill(steps: Steps, p: number, trunk: Trunk): void {
    const { pairs, cities, km } = this.network;
    const k = pairs.operator[p];
    const o = pairs.origin[p];
    const d = pairs.destination[p];
    const n = cities.length;
    const { hubs, sites, siteOf } = this.network.hubs[k];
    const gate = STAGE.collect + feederHours(km[o * n + sites[siteOf[o]]]);
    const last = trunk.hubs.length - 1;
    steps.count = 0;
    this.#add(steps, this.plant.pickup[k * n + o], 0, 1);
    for (let i = 0; i <= last; i++) {
      const arrive = gate + trunk.arrive[i];
      this.#add(steps, this.plant.hub[k][trunk.hubs[i]], arrive, this.#hubSpan);
      if (i === last) break;
      const lane = this.plant.lane[k][trunk.hubs[i] * hubs.length + trunk.hubs[i + 1]];
      if (lane >= 0) this.#add(steps, lane, arrive + STAGE.sort, 1);
    }
    const outlet = trunk.detour + feederHours(km[sites[siteOf[d]] * n + d]) + STAGE.deliverAfter;
    const leave = gate + trunk.arrive[last] + outlet;
    this.#add(steps, this.plant.delivery[k * n + d], leave, this.#deliverySpan);
  }

  #add(steps: Steps, resource: number, hours: number, span: number): void {
    const i = steps.count++;
    steps.resource[i] = resource;
    steps.lag[i] = this.#slots(hours);
    steps.span[i] = span;
  }

  #slots(hours: number): number {
    return Math.round(hours * this.#perHour);
  }
}
