import type { GateNetwork } from '../../gate/gate-network.js';
import { decodePlan } from '../../gate/plan-codec.js';
import type { PriceTable } from '../../network/plan-files.js';
import type { Scenario } from '../../network/scenario.js';
import type { Timing } from '../../units/timing.js';
import { type Ends, type PlannedFlow, plannedFlow } from '../../warn/planned-flow.js';
import { type WarnModel, warnModel } from '../../warn/warn-model.js';
import { releasesOf, routeParcelsOf } from '../warn/plan-releases.js';

/** Between looks at whether another plan is in force, milliseconds. */
const LOOK_MS = 5_000;

/** The plan in force, as far as it is shown. */
export interface Planned {
  readonly version: number;
  readonly flow: PlannedFlow;
  readonly prices: PriceTable;
  readonly model: WarnModel;
}

interface Plans {
  currentVersion(): Promise<number>;
  read(version: number): Promise<Uint8Array | undefined>;
}

export interface PlannedOptions {
  readonly plans: Plans;
  readonly scenario: Scenario;
  readonly network: GateNetwork;
  readonly ends: Ends;
  readonly timing: Pick<Timing, 'elapsed'>;
}

/** Follows the plan in force along its routes, once a version, for all who look. The plan itself is not kept: it may be large. */
export class PlannedBoard {
  #planned: Promise<Planned | undefined> | undefined;
  #version = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: PlannedOptions) {}

  /** Undefined as long as there is no plan. */
  async planned(): Promise<Planned | undefined> {
    const { plans, timing } = this.options;
    if (timing.elapsed() - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = timing.elapsed();
      const version = await plans.currentVersion();
      if (version !== this.#version || !this.#planned) {
        this.#version = version;
        this.#planned = version === 0 ? undefined : this.#read(version);
        this.#planned?.catch(() => {
          this.#planned = undefined;
        });
      }
    }
    return this.#planned;
  }

  async #read(version: number): Promise<Planned | undefined> {
    const { plans, scenario, network, ends } = this.options;
    const bytes = await plans.read(version);
    if (!bytes) return undefined;
    const plan = decodePlan(bytes);
    const model = warnModel(scenario, routeParcelsOf(network, plan));
    const releases = releasesOf(network, plan, plan.from, plan.from + plan.slots);
    const stays = Math.max(0, ...new Set(model.dwell));
    const slots = plan.slots + network.tail + stays + 1;
    const flow = plannedFlow(model, releases, ends, plan.from, slots);
    return { version, flow, prices: plan.prices, model };
  }
}
