import type { Simulate } from '../../src/edge/http/simulation-job.js';
import type { Scenario } from '../../src/network/scenario.js';
import type { PolicyName } from '../../src/world/policy/policy.js';
import type { SimulationOptions } from '../../src/world/simulation/options.js';
import type { SimulationRun } from '../../src/world/simulation/run.js';
import { FIGURES_OF_NOTHING, handMadeRun } from './simulation-run.js';

/** Highest stock over the floor under each policy: only at once overflows. */
const FULLEST: Record<PolicyName, number> = {
  'at-once': 1.5,
  throttle: 1,
  'first-served': 0.9,
  plan: 0.8,
  foresight: 0.7,
};
/** Slots simulated after the season's. */
const TAIL = 12;

/**
 * Stands in for the engine where its figures do not matter: every hub fills towards the middle of the
 * season, the first most, as FULLEST has it; each seed is an hour slower than the one before.
 */
export const fakeSimulate: Simulate = async (scenario, options) => {
  const ready = demandBySlot(scenario);
  const all = ready.reduce((sum, n) => sum + n, 0);
  options.onProgress?.({ slot: 1, slots: scenario.slots, ready: ready[0], delivered: 0, plans: 0 });
  return fakeRun(scenario, options, ready, all);
};

/** What the server is given, with a clock that stands still. */
export const fakeSimulation = {
  simulate: fakeSimulate,
  clock: { now: () => 0, pause: async () => {} },
  threads: 1,
};

function fakeRun(
  scenario: Scenario,
  { policy, seed }: SimulationOptions,
  ready: Float64Array,
  all: number,
): SimulationRun {
  const slots = ready.length;
  const hubs = Int32Array.from(
    scenario.resources.kind.flatMap((kind, r) => (kind === 'hub' ? [r] : [])),
  );
  const stock = Float32Array.from({ length: slots * hubs.length }, (_, at) => {
    const [t, h] = [Math.floor(at / hubs.length), at % hubs.length];
    const hump = Math.max(0, 1 - Math.abs(t - scenario.slots / 2) / scenario.slots);
    return scenario.resources.floor[hubs[h]] * FULLEST[policy] * hump ** (1 + h / 4);
  });
  const floorOf = (at: number) => scenario.resources.floor[hubs[at % hubs.length]];
  const overflow = Uint8Array.from(stock, (parcels, at) => (parcels > floorOf(at) ? 1 : 0));
  const outside = Float32Array.from(stock, (parcels, at) => Math.max(0, parcels - floorOf(at)));
  const important = Uint8Array.from(hubs, (_, h) => (h < 2 ? 1 : 0));
  const hours = overflow.reduce((sum, one) => sum + one, 0);
  const importantHours = overflow.reduce(
    (sum, one, at) => sum + one * important[at % hubs.length],
    0,
  );
  const gridlocked = Uint16Array.from({ length: slots }, (_, t) =>
    policy === 'at-once' && t === scenario.slots / 2 ? 2 : 0,
  );
  const later = (by: number) => ready.map((_, t) => ready[t - by] ?? 0);
  return handMadeRun({
    policy,
    seed,
    slots,
    curves: { ready, released: ready, pickedUp: later(1), delivered: later(6) },
    hubs,
    important,
    stock,
    outside,
    overflow,
    gridlocked,
    holds: scenario.services.map(({ id }, i) => ({
      by: 'service' as const,
      key: id,
      parcels: all / 2,
      meanHours: policy === 'at-once' ? 0 : 2 + i,
      p95Hours: policy === 'at-once' ? 0 : 5 + i,
    })),
    figures: {
      ...FIGURES_OF_NOTHING,
      gridlockHours: policy === 'at-once' ? 1 : 0,
      overflowHours: hours,
      importantOverflowHours: importantHours,
      smooth: policy === 'at-once' ? 1.8 : 1.02,
      safe: policy === 'at-once' ? 0.7 : 0.99,
      steady: policy === 'at-once' ? 2 : 1.3,
      meanHours: 50 * FULLEST[policy] + seed,
      p95Hours: 90 * FULLEST[policy] + seed,
      within72: policy === 'at-once' ? 0.6 : 0.97,
      recoveryHours: policy === 'at-once' ? Number.NaN : 40,
      ready: all,
      delivered: all,
    },
  });
}

function demandBySlot(scenario: Scenario): Float64Array {
  const { cohortSlot, rowStart, rowParcels } = scenario.demand;
  const ready = new Float64Array(scenario.slots + TAIL);
  for (let k = 0; k < cohortSlot.length; k++) {
    for (let i = rowStart[k]; i < rowStart[k + 1]; i++) {
      ready[Math.max(0, cohortSlot[k])] += rowParcels[i];
    }
  }
  return ready;
}
