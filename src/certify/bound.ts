import type { PriceTable } from '../network/plan-files.js';
import type { Scenario } from '../network/scenario.js';
import { CompensatedSum } from './compensated-sum.js';
import type { Costs } from './cost.js';
import type { CapacityLeft } from './timetable.js';

/**
 * The certificate: what no plan can cost less than (specification, section 4).
 *
 *     L(π) = Σ over cohorts of  ready · min( c(T−s) + w·carryPenalty ,
 *                                            min over t, ρ of  c(t−s) + w·cost(ρ) + p(ρ, t) )
 *            − Σ over r, t of  π(r, t) · (capacity left)(r, t)
 *
 * Every cohort is compared with every slot and route, so nothing is assumed of the prices but π ≥ 0.
 * Cost: steps · T for the route prices, then T a cohort, about 10⁹ comparisons for a nation.
 */
export function boundOf(
  scenario: Scenario,
  costs: Costs,
  left: CapacityLeft,
  prices: PriceTable,
): number {
  const price = new Float64Array(scenario.resources.capacity.length * left.reach);
  const total = new CompensatedSum();
  for (let i = 0; i < prices.slot.length; i++) {
    const [resource, slot] = [prices.resource[i], prices.slot[i]];
    if (slot < left.reach) price[resource * left.reach + slot] = prices.price[i];
    total.add(-prices.price[i] * left.at(resource, slot));
  }
  const { flowPair, flowService } = scenario.demand;
  let tolls: Float64Array[] = [];
  for (let flow = 0; flow < flowPair.length; flow++) {
    const pair = flowPair[flow];
    if (flow === 0 || pair !== flowPair[flow - 1]) {
      tolls = tollsOfPair(scenario, pair, price, left.reach);
    }
    addFlow(scenario, costs, flow, cheapest(scenario, pair, flowService[flow], tolls), total);
  }
  return total.total;
}

/** p(ρ, t) for each route ρ of the pair, by t = 0 … T − 1. */
function tollsOfPair(
  scenario: Scenario,
  pair: number,
  price: Float64Array,
  reach: number,
): Float64Array[] {
  const { routeStart, routeList } = scenario.pairs;
  const { stepStart, stepResource, stepLag, stepSpan } = scenario.routes;
  const tolls: Float64Array[] = [];
  for (let i = routeStart[pair]; i < routeStart[pair + 1]; i++) {
    const route = routeList[i];
    const toll = new Float64Array(scenario.slots);
    for (let step = stepStart[route]; step < stepStart[route + 1]; step++) {
      const from = stepResource[step] * reach + stepLag[step];
      for (let u = 0; u < stepSpan[step]; u++) {
        for (let t = 0; t < toll.length; t++) toll[t] += price[from + u + t];
      }
    }
    tolls.push(toll);
  }
  return tolls;
}

/** min over ρ of w·cost(ρ) + p(ρ, t), by t; infinite without a route. */
function cheapest(
  scenario: Scenario,
  pair: number,
  service: number,
  tolls: readonly Float64Array[],
): Float64Array {
  const { weight } = scenario.services[service];
  const best = new Float64Array(scenario.slots).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < tolls.length; i++) {
    const route = scenario.pairs.routeList[scenario.pairs.routeStart[pair] + i];
    const detour = weight * scenario.routes.cost[route];
    const toll = tolls[i];
    for (let t = 0; t < best.length; t++) best[t] = Math.min(best[t], detour + toll[t]);
  }
  return best;
}

function addFlow(
  scenario: Scenario,
  costs: Costs,
  flow: number,
  way: Float64Array,
  total: CompensatedSum,
): void {
  const { cohortStart, cohortSlot, rowStart, rowParcels, flowService } = scenario.demand;
  const hold = costs.hold[flowService[flow]];
  const penalty = costs.carry[flowService[flow]];
  const T = scenario.slots;
  for (let k = cohortStart[flow]; k < cohortStart[flow + 1]; k++) {
    const s = cohortSlot[k];
    let least = hold[T - s] + penalty;
    for (let t = Math.max(s, 0); t < T; t++) {
      const cost = hold[t - s] + way[t];
      if (cost < least) least = cost;
    }
    let ready = 0;
    for (let row = rowStart[k]; row < rowStart[k + 1]; row++) ready += rowParcels[row];
    total.add(ready * least);
  }
}
