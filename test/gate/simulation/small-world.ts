import { type GateNetwork, gateNetwork } from '../../../src/gate/gate-network.js';
import type { GatePlan } from '../../../src/gate/gate-plan.js';
import type { GatePolicy } from '../../../src/gate/policy.js';
import { planOf, type Share } from '../../support/gate-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';
import type { Chance } from './chance.js';

/** A minute, so that slots end while requests are under way. */
const SLOT_MINUTES = 1;

/** A network of one shard, small enough that requests meet at the same resources. */
export interface SmallWorld {
  readonly network: GateNetwork;
  readonly policy: GatePolicy;
  readonly shippers: number;
  readonly flows: number;
}

export function smallWorld(chance: Chance): SmallWorld {
  const resources = Array.from({ length: chance.between(2, 4) }, (_, r) => ({
    id: `r${r}`,
    capacity: 10,
  }));
  const pairs = chance.between(1, 3);
  const routes = Array.from({ length: pairs }, (_, p) =>
    Array.from({ length: chance.between(1, 2) }, (__, i) => ({
      id: `p${p}-${i}`,
      ...ends(p),
      cost: chance.pick([0, 0.4, 3]),
      steps: Array.from({ length: chance.between(1, 3) }, () => ({
        resource: `r${chance.below(resources.length)}`,
        lag: chance.below(3),
        span: chance.is(0.2) ? 2 : 1,
      })),
    })),
  ).flat();
  const demand = Array.from({ length: pairs }, (_, p) => ({ ...ends(p), slot: 0, parcels: 1 }));
  const network = gateNetwork(
    scenarioFrom({ slots: 8, slotMinutes: SLOT_MINUTES, resources, routes, demand }),
  );
  const policy = {
    hoardingMultiple: chance.pick([1, 2]),
    hoardingFloor: chance.pick([1000, 6]),
    shareCutOffMs: chance.pick([0, 20_000]),
    ticketCutOffMs: chance.pick([0, 20_000]),
    frozenSlots: chance.pick([0, 1]),
  };
  return { network, policy, shippers: 3, flows: network.pairs * network.services.length };
}

function ends(p: number): { origin: string; destination: string } {
  return { origin: `a${p}`, destination: `b${p}` };
}

/** A plan from a slot on: capacity scarce, here and there none, some of it shared out. */
export function smallPlan(
  { network, shippers, flows }: SmallWorld,
  version: number,
  from: number,
  slots: number,
  chance: Chance,
): GatePlan {
  const most = chance.between(3, 14);
  const shares = Array.from({ length: chance.between(0, 16) }, (): Share => {
    const flow = chance.below(flows);
    const pair = Math.floor(flow / network.services.length);
    const ways = network.wayStart[pair + 1] - network.wayStart[pair];
    const slot = from + chance.below(slots);
    return [chance.below(shippers), flow, slot, chance.below(ways), chance.between(1, 6)];
  });
  const room = (): number => (chance.is(0.1) ? 0 : chance.between(1, most));
  return planOf(network, version, { from, slots }, room, shares, [[0, from, 2.5]]);
}
