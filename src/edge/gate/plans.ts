import type { GatePlan } from '../../gate/gate-plan.js';
import { planOfShard } from '../../gate/shard-plan.js';
import type { GateSeason } from './season.js';

/** Plans of a season by version, whole or not at all (P6). */
export interface PlanShelf {
  /** The last version, 0 if there is none. */
  currentVersion(): Promise<number>;
  /** @throws Error if there is no such version, or it is damaged. */
  read(version: number): Promise<GatePlan>;
}

/** Plans as shards take them over. The one read last is kept: all shards want it at the same time. */
export class ShardPlans {
  #last: { readonly version: number; readonly plan: Promise<GatePlan> } | undefined;

  constructor(
    private readonly season: GateSeason,
    private readonly shelf: PlanShelf,
  ) {}

  async of(shard: number, version: number): Promise<GatePlan> {
    if (this.#last?.version !== version) this.#last = { version, plan: this.shelf.read(version) };
    const { network, shards } = this.season;
    try {
      return planOfShard(await this.#last.plan, network, shards, shard);
    } catch (error) {
      this.#last = undefined;
      throw error;
    }
  }
}
