import type { GateNetwork } from '../../gate/gate-network.js';
import type { GatePlan } from '../../gate/gate-plan.js';
import type { Releases, Seen } from '../../warn/seen.js';
import type { Picture, TrackService } from '../track/track-service.js';
import { FlowMemory } from './flow-memory.js';
import { releasesOf } from './plan-releases.js';
import { releasedOf } from './seen-releases.js';

/** How far back flows are seen, and how far ahead the plan is: paces count half after eight hours, and overflows build up within a day. */
const HOURS = 48;
const HOUR_MS = 3_600_000;

const NOTHING: Releases = { route: [], slot: [], parcels: [] };

/** A plan, and what goes over each route by it; without a plan, over the cheapest. */
export interface PlanSeen {
  readonly plan: GatePlan | undefined;
  readonly routeParcels: Float64Array;
}

/** What a plan lets go around a slot. */
interface Planned {
  readonly version: number;
  readonly slot: number;
  readonly releases: Releases;
}

/** Makes what warnings see of the picture of the network, its flows and the plan in force. */
export class Sighting {
  readonly #flows: FlowMemory;
  readonly #slots: number;
  #planned: Planned | undefined;

  constructor(
    private readonly service: Pick<TrackService, 'picture' | 'flows' | 'season'>,
    private readonly network: GateNetwork,
    /** Parcels that each tracked one stands for: 1, but where a made-up season is followed by sample. */
    private readonly scale: number,
  ) {
    this.#slots = Math.round((HOURS * HOUR_MS) / network.slotMs);
    this.#flows = new FlowMemory(service, this.#slots, scale);
  }

  /** @throws Held */
  async see({ plan, routeParcels }: PlanSeen): Promise<Seen> {
    const picture = await this.service.picture();
    const { network } = this;
    const slot = Math.floor((picture.at - network.startMs) / network.slotMs);
    await this.#flows.refresh(slot);
    const planned = this.#plannedAround(plan, slot);
    const { arrived, departed, accepted } = this.#flows;
    return {
      at: picture.at,
      slot,
      stock: this.#scaled(picture.stock),
      bound: this.#scaled(picture.bound),
      arrived,
      departed,
      released: releasedOf(network, routeParcels, planned, accepted, slot),
      planned,
      ageHours: ageHours(picture),
    };
  }

  #scaled(parcels: Int32Array): ArrayLike<number> {
    return this.scale === 1 ? parcels : Float64Array.from(parcels, (n) => this.scale * n);
  }

  #plannedAround(plan: GatePlan | undefined, slot: number): Releases {
    if (!plan) return NOTHING;
    const { version } = plan;
    if (this.#planned?.version !== version || this.#planned.slot !== slot) {
      const slots = this.#slots;
      const releases = releasesOf(this.network, plan, slot - slots, slot + slots);
      this.#planned = { version, slot, releases };
    }
    return this.#planned.releases;
  }
}

function ageHours({ at, newestAt }: Picture): Float64Array {
  return newestAt.map((newest) => Math.max(0, at - newest) / HOUR_MS);
}
