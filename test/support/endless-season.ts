import { readScenario } from '../../src/network/read-scenario.js';
import { naivePlan } from './naive-plan.js';
import type { ServedSeason } from './served-season.js';

const EXAMPLE = new URL('../../examples/double-eleven', import.meta.url).pathname;

/** The bundled season, which takes seconds to plan, with a plan that lets nothing go. */
export async function endlessSeason(): Promise<ServedSeason> {
  const scenario = await readScenario(EXAMPLE);
  const { summary, prices } = naivePlan({ ...scenario, demand: emptyOf(scenario) });
  return { scenario, summary, prices, releases: () => [] };
}

function emptyOf({ demand }: ServedSeason['scenario']): ServedSeason['scenario']['demand'] {
  const none = new Int32Array(demand.flowPair.length + 1);
  return {
    ...demand,
    cohortStart: none,
    cohortSlot: new Int16Array(0),
    rowStart: new Int32Array(1),
    rowShipper: new Int32Array(0),
    rowParcels: new Uint32Array(0),
  };
}
