import type { GatePlan } from '../../gate/gate-plan.js';
import { planOfShard } from '../../gate/shard-plan.js';
import type { GateSeason } from './season.js';

/** Plans as shards take them over. The one read last is kept: all shards want it at the same time. */
export class ShardPlans {
  #last: { readonly version: number; readonly plan: Promise<GatePlan> } | undefined;

  /** @param read gives a plan, whole (P6), or throws if there is no such version or it is damaged. */
  constructor(
    private readonly season: GateSeason,
    private readonly read: (version: number) => Promise<GatePlan>,
  ) {}

  async of(shard: number, version: number): Promise<GatePlan> {
    if (this.#last?.version !== version) this.#last = { version, plan: this.read(version) };
    const { network, shards } = this.season;
    try {
      return planOfShard(await this.#last.plan, network, shards, shard);
    } catch (error) {
      this.#last = undefined;
      throw error;
    }
  }
}
