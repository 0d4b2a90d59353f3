import { decodePlan } from '../../gate/plan-codec.js';
import { cheapestRouteParcels } from '../../warn/legs.js';
import { ASSUMED, type Assumptions, type WarnModel, warnModel } from '../../warn/warn-model.js';
import type { GateSeason } from '../gate/season.js';
import { type LedgerDatabase, PlanStore } from '../postgres/plan-store.js';
import { routeParcelsOf } from './plan-releases.js';
import type { PlanSeen } from './see.js';

export interface Modelled extends PlanSeen {
  readonly model: WarnModel;
}

/** The plan in force, and the model of the routes that it uses; made anew when another is. */
export class ModelInForce {
  readonly #plans: PlanStore;
  #model: Modelled | undefined;

  constructor(
    database: LedgerDatabase,
    private readonly season: Pick<GateSeason, 'id' | 'scenario' | 'network'>,
    private readonly assumed: Assumptions = ASSUMED,
  ) {
    this.#plans = new PlanStore(database, season.id);
  }

  async get(): Promise<Modelled> {
    const { scenario, network } = this.season;
    const version = await this.#plans.currentVersion();
    if (this.#model && (this.#model.plan?.version ?? 0) === version) return this.#model;
    const bytes = version > 0 ? await this.#plans.read(version) : undefined;
    const plan = bytes && decodePlan(bytes);
    const routeParcels = plan ? routeParcelsOf(network, plan) : cheapestRouteParcels(scenario);
    const model = warnModel(scenario, routeParcels, this.assumed);
    this.#model = { plan, routeParcels, model };
    return this.#model;
  }
}
