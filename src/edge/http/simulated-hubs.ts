import type { Scenario } from '../../network/scenario.js';
import { percentFull } from '../../world/simulation/percent-full.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { finiteOrNull, whole } from './simulation-answers.js';
import { HUB_ROWS, type HubAnswer, type HubsAnswer } from './simulation-schema.js';

/* Answers of the API about the hubs of a simulation, cut small: one policy's heat map, one hub's curves. */

/**
 * @param run the one on show, of `runs`.
 * @param runs all with its seed: they simulate the same hubs, and rank them together.
 */
export function answerHubs(
  scenario: Scenario,
  run: SimulationRun,
  runs: readonly SimulationRun[],
): HubsAnswer {
  const order = worstFirst(scenario, runs);
  return {
    hubs: order.map((h) => ({
      resource: nameResource(scenario, run.hubs[h]),
      important: run.important[h] === 1,
      overflowSlots: overflowSlots(run, h),
    })),
    full: order
      .filter((h) => hasFloor(scenario, run, h))
      .slice(0, HUB_ROWS)
      .map((h) => fullness(scenario, run, h)),
  };
}

/** @param runs all with one seed. Undefined where `id` is no simulated hub. */
export function answerHub(
  scenario: Scenario,
  runs: readonly SimulationRun[],
  id: string,
): HubAnswer | undefined {
  const resource = scenario.resources.ids.findText(id);
  const h = runs[0].hubs.indexOf(resource);
  if (resource < 0 || h < 0) return undefined;
  return {
    resource: nameResource(scenario, resource),
    important: runs[0].important[h] === 1,
    floor: finiteOrNull(scenario.resources.floor[resource]),
    policies: runs.map((run) => ({
      policy: run.policy,
      stock: whole(columnOf(run, run.stock, h)),
      outside: whole(columnOf(run, run.outside, h)),
      overflowSlots: overflowSlots(run, h),
    })),
  };
}

/**
 * Important hubs first among those that overflow, then by slots of overflow, by how full they get, by
 * number; those without a declared floor last.
 */
function worstFirst(scenario: Scenario, runs: readonly SimulationRun[]): number[] {
  const worst = Array.from(runs[0].hubs, (_, h) => ({
    h,
    overflows: Math.max(...runs.map((run) => overflowSlots(run, h))),
    fullest: Math.max(...runs.map((run) => fullest(scenario, run, h))),
    important: runs[0].important[h],
  }));
  return worst
    .toSorted(
      (a, b) =>
        Math.min(1, b.overflows) - Math.min(1, a.overflows) ||
        b.important * Math.min(1, b.overflows) - a.important * Math.min(1, a.overflows) ||
        b.overflows - a.overflows ||
        b.fullest - a.fullest ||
        a.h - b.h,
    )
    .map(({ h }) => h);
}

function overflowSlots(run: SimulationRun, h: number): number {
  let slots = 0;
  for (let at = h; at < run.overflow.length; at += run.hubs.length) slots += run.overflow[at];
  return slots;
}

/** Highest stock over the floor; −1 where no floor was declared. */
function fullest(scenario: Scenario, run: SimulationRun, h: number): number {
  if (!hasFloor(scenario, run, h)) return -1;
  let most = 0;
  for (let at = h; at < run.stock.length; at += run.hubs.length)
    most = Math.max(most, run.stock[at]);
  return most / scenario.resources.floor[run.hubs[h]];
}

/** Per cent of the floor. */
function fullness(scenario: Scenario, run: SimulationRun, h: number): number[] {
  const floor = scenario.resources.floor[run.hubs[h]];
  const overflow = columnOf(run, run.overflow, h);
  return Array.from(columnOf(run, run.stock, h), (stock, t) =>
    percentFull(stock, floor, overflow[t] === 1),
  );
}

function hasFloor({ resources }: Scenario, { hubs }: SimulationRun, h: number): boolean {
  return !Number.isNaN(resources.floor[hubs[h]]);
}

function columnOf(run: SimulationRun, table: Float32Array | Uint8Array, h: number): Float32Array {
  return Float32Array.from({ length: run.slots }, (_, t) => table[t * run.hubs.length + h]);
}

function nameResource({ resources }: Scenario, r: number): HubAnswer['resource'] {
  const [kind, operator, region] = [resources.kind[r], resources.operator[r], resources.region[r]];
  return { id: resources.ids.get(r), kind, operator, region };
}
