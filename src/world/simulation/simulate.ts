import type { Scenario } from '../../network/scenario.js';
import { makePolicy, type PlanCache } from '../policy/make-policy.js';
import { checkSlot } from './check.js';
import { WorldDoor } from './door.js';
import { Fate } from './fate.js';
import { judge } from './figures.js';
import { Flow } from './flow.js';
import { Holds } from './holds.js';
import { LocalTime } from './local-time.js';
import type { SimulationOptions } from './options.js';
import { joinRows, Recorder } from './recorder.js';
import type { SimulationRun } from './run.js';
import { Shippers } from './shippers.js';
import type { StageHours } from './stage-clock.js';
import { compileWays } from './ways.js';

/** The world goes on after the season until all is delivered, so many hours at the most: 20 days. */
const AFTER_HOURS = 480;
/** Behind the season nothing has moved, or been on the road, for so long: the network is locked for good. */
const LOCKED_HOURS = 72;
/** Slots between two pauses, in which other work of the process runs. */
const PAUSE_EVERY = 4;

/**
 * One season under one policy (docs/maths/world.md). The same scenario and options give the same run,
 * bit for bit, wall times aside, as long as planning ends by its gap and not by time.
 */
export async function simulate(
  scenario: Scenario,
  options: SimulationOptions,
  cache?: PlanCache,
): Promise<SimulationRun> {
  const { clock, signal } = options;
  const from = clock.now();
  const time = new LocalTime(scenario.start, scenario.slotMinutes);
  const ways = compileWays(scenario);
  const fate = new Fate(scenario, ways, options.surprises, options.seed);
  const shippers = new Shippers(scenario, fate.cohortParcels);
  const most = scenario.slots + time.slotsOf(AFTER_HOURS);
  const holds = new Holds(scenario, most);
  const policy = makePolicy(options.policy, scenario, {
    planner: options.planner,
    truth: fate,
    clock,
    ...(signal ? { signal } : {}),
    ...(cache ? { cache } : {}),
  });
  const flow: Flow = new Flow(scenario, ways, fate, options.world, (ready, slot, parcels) => {
    recorder.deliver(ready, slot, parcels);
  });
  const recorder = new Recorder(scenario, flow.hubs);
  const door = new WorldDoor(scenario, shippers, flow, holds);
  const declared = declaredSlots(scenario);
  let still = 0;
  let t = 0;
  const goesOn = (): boolean => {
    if (t < scenario.slots) return true;
    if (t === most || still > time.slotsOf(LOCKED_HOURS)) return false;
    return shippers.total > shippers.stranded || flow.inNetwork > 0;
  };
  for (; goesOn(); t++) {
    signal?.throwIfAborted();
    const joined = shippers.advance(t);
    door.slot = t;
    door.look(t - 1);
    const before = flow.released;
    const stir = flow.stir;
    if (shippers.total > shippers.stranded) await policy.decide(door);
    flow.step(t);
    recorder.record(flow, joined, flow.released - before);
    checkSlot(t, flow, shippers, recorder.overflow[t]);
    still = t >= declared && flow.stir === stir && !flow.anyOnRoad ? still + 1 : 0;
    if (t % PAUSE_EVERY === 0) await clock.pause();
    options.onProgress?.({
      slot: t + 1,
      slots: scenario.slots,
      ready: shippers.ready,
      delivered: shippers.ready - shippers.total - flow.inNetwork,
      plans: policy.plans,
    });
  }
  const curves = recorder.curves();
  const stages = stageHours(flow, time.slotHours);
  const times = recorder.times();
  const size = t * flow.hubs.length;
  return {
    policy: options.policy,
    seed: options.seed,
    slotMinutes: scenario.slotMinutes,
    slots: t,
    curves,
    hubs: flow.hubs,
    important: recorder.important,
    stock: joinRows(recorder.stock, new Float32Array(size)),
    outside: joinRows(recorder.outside, new Float32Array(size)),
    overflow: joinRows(recorder.overflow, new Uint8Array(size)),
    gridlocked: Uint16Array.from(recorder.gridlocked),
    readyToDelivered: times,
    holds: holds.report(),
    ...(stages && { stages }),
    figures: judge({
      slotHours: time.slotHours,
      seasonSlots: scenario.slots,
      floor: Float64Array.from(flow.hubs, (r) => flow.floor[r]),
      recorder,
      curves,
      times,
      holds,
      timetableSlots: flow.timetable,
      left: flow.underway,
    }),
    planSeconds: policy.planSeconds,
    worldSeconds: clock.now() - from - policy.planSeconds,
  };
}

/** Slots of the season, and those beyond in which a capacity is declared to change. */
function declaredSlots({ slots, resources }: Scenario): number {
  const { overrides, commitments } = resources;
  let last = slots - 1;
  for (const slot of overrides.slot) last = Math.max(last, slot);
  for (const slot of commitments.slot) last = Math.max(last, slot);
  return last + 1;
}

function stageHours({ stages, lastMile }: Flow, slotHours: number): StageHours | undefined {
  const means = stages.means();
  const { delivered, waited, waitedAgain } = lastMile;
  if (!means || delivered === 0) return undefined;
  return {
    toFirstHub: means.toFirstHub * slotHours,
    betweenHubs: means.betweenHubs * slotHours,
    toOutlet: means.toOutlet * slotHours,
    atOutlet: ((waited - waitedAgain) / delivered) * slotHours,
    round: lastMile.round * slotHours,
    again: (waitedAgain / delivered) * slotHours,
    transferred: means.transferred,
  };
}
