import type { Scenario } from '../../../network/scenario.js';
import { loadedSlots } from '../../../plan/slot-table.js';
import type { Timing } from '../../../units/timing.js';
import type { SeasonAnswer } from './schema.js';

/** A season that is served, whatever else is. */
export interface SeasonDesk {
  readonly scenario: Scenario;
  /** The scenario says that its data are generated. */
  readonly generated: boolean;
  /** The season's clock. */
  readonly timing: Pick<Timing, 'now'>;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
  /** Version of the plan in force; 0: none yet. */
  readonly planInForce: () => Promise<number>;
}

export async function answerSeason(
  { scenario, generated, timing, scale, planInForce }: SeasonDesk,
  services: SeasonAnswer['services'],
): Promise<SeasonAnswer> {
  const { name, start, slotMinutes, slots, pairs, demand } = scenario;
  const version = await planInForce();
  return {
    scenario: {
      name,
      start,
      slotMinutes,
      slots,
      shownSlots: loadedSlots(scenario),
      places: pairs.places.size,
      operators: pairs.operators.size,
      generated,
      hasDemand: demand.rowParcels.length > 0,
    },
    now: new Date(timing.now()).toISOString(),
    scale,
    services,
    plan: version === 0 ? null : version,
  };
}
