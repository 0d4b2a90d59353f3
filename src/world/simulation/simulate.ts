import type { Scenario } from '../../network/scenario.js';
import { type MeasuredPolicy, makePolicy } from '../policy/make-policy.js';
import type { PlanCache } from '../policy/plan-cache.js';
import { checkSlot } from './check.js';
import { WorldDoor } from './door.js';
import { Fate } from './fate.js';
import { judge } from './figures.js';
import { Flow } from './flow.js';
import type { FlowWatch } from './flow-watch.js';
import { Holds } from './holds.js';
import type { OnDelivered } from './last-mile.js';
import { LocalTime } from './local-time.js';
import type { SimulationOptions, SimulationProgress } from './options.js';
import { joinRows, Recorder } from './recorder.js';
import type { SimulationRun } from './run.js';
import { Shippers } from './shippers.js';
import type { StageHours } from './stage-clock.js';
import { compileWays, type Ways } from './ways.js';

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
  const { clock, signal, onProgress } = options;
  const from = clock.now();
  const world = new World(scenario, options, cache);
  while (world.goesOn) {
    signal?.throwIfAborted();
    await world.live();
    if (world.slot % PAUSE_EVERY === 0) await clock.pause();
    onProgress?.(world.progress);
  }
  const { planSeconds } = world.policy;
  const { policy, seed } = options;
  const worldSeconds = clock.now() - from - planSeconds;
  return { policy, seed, ...world.result(), planSeconds, worldSeconds };
}

/** A season while it is lived through. */
export class World {
  /** Slots behind it. */
  slot = 0;
  readonly policy: MeasuredPolicy;
  readonly #time: LocalTime;
  readonly #shippers: Shippers;
  readonly #holds: Holds;
  readonly #flow: Flow;
  readonly #recorder: Recorder;
  readonly #door: WorldDoor;
  /** From this slot on nothing is declared to change any more. */
  readonly #declared: number;
  readonly #slotsMost: number;
  /** Slots in which nothing has happened at all. */
  #still = 0;

  constructor(
    private readonly scenario: Scenario,
    options: SimulationOptions,
    cache?: PlanCache,
    ways: Ways = compileWays(scenario),
    watch?: FlowWatch,
  ) {
    const { planner, clock, signal } = options;
    this.#time = new LocalTime(scenario.start, scenario.slotMinutes);
    const fate = new Fate(scenario, ways, options.surprises, options.seed);
    this.#shippers = new Shippers(scenario, fate.cohortParcels);
    this.#slotsMost = scenario.slots + this.#time.slotsOf(AFTER_HOURS);
    this.#holds = new Holds(scenario, this.#slotsMost);
    const optional = { ...(signal ? { signal } : {}), ...(cache ? { cache } : {}) };
    this.policy = makePolicy(options.policy, scenario, {
      planner,
      truth: fate,
      clock,
      ...optional,
    });
    const onDelivered: OnDelivered = (ready, slot, parcels) => {
      this.#recorder.deliver(ready, slot, parcels);
    };
    this.#flow = new Flow(scenario, ways, fate, options.world, onDelivered, watch);
    this.#recorder = new Recorder(scenario, this.#flow.hubs);
    this.#door = new WorldDoor(scenario, this.#shippers, this.#flow, this.#holds);
    this.#declared = declaredSlots(scenario);
  }

  get goesOn(): boolean {
    if (this.slot < this.scenario.slots) return true;
    if (this.slot === this.#slotsMost || this.#still > this.#time.slotsOf(LOCKED_HOURS))
      return false;
    return this.#anyWaits || this.#flow.inNetwork > 0;
  }

  /** One slot. */
  async live(): Promise<void> {
    const flow = this.#flow;
    const t = this.slot;
    const joined = this.#shippers.advance(t);
    this.#door.slot = t;
    this.#door.look(t - 1);
    const { released, stir } = flow;
    if (this.#anyWaits) await this.policy.decide(this.#door);
    flow.step(t);
    this.#recorder.record(flow, joined, flow.released - released);
    checkSlot(t, flow, this.#shippers, this.#recorder.overflow[t]);
    const still = t >= this.#declared && flow.stir === stir && !flow.anyOnRoad;
    this.#still = still ? this.#still + 1 : 0;
    this.slot = t + 1;
  }

  /** Parcels that each resource took in the slot behind it. */
  get served(): Float64Array {
    return this.#flow.served;
  }

  get progress(): SimulationProgress {
    const { ready, total } = this.#shippers;
    return {
      slot: this.slot,
      slots: this.scenario.slots,
      ready,
      delivered: ready - total - this.#flow.inNetwork,
      plans: this.policy.plans,
    };
  }

  result(): Omit<SimulationRun, 'policy' | 'seed' | 'planSeconds' | 'worldSeconds'> {
    const recorder = this.#recorder;
    const flow = this.#flow;
    const curves = recorder.curves();
    const times = recorder.times();
    const stages = stageHours(flow, this.#time.slotHours);
    const size = this.slot * flow.hubs.length;
    return {
      slotMinutes: this.scenario.slotMinutes,
      slots: this.slot,
      curves,
      hubs: flow.hubs,
      important: recorder.important,
      stock: joinRows(recorder.stock, new Float32Array(size)),
      outside: joinRows(recorder.outside, new Float32Array(size)),
      overflow: joinRows(recorder.overflow, new Uint8Array(size)),
      gridlocked: Uint16Array.from(recorder.gridlocked),
      readyToDelivered: times,
      holds: this.#holds.report(),
      ...(stages && { stages }),
      figures: judge({
        slotHours: this.#time.slotHours,
        seasonSlots: this.scenario.slots,
        floor: Float64Array.from(flow.hubs, (r) => flow.floor[r]),
        recorder,
        curves,
        times,
        holds: this.#holds,
        timetableSlots: flow.timetable,
        left: flow.underway,
      }),
    };
  }

  /** Whether anyone waits who has a route. */
  get #anyWaits(): boolean {
    return this.#shippers.total > this.#shippers.stranded;
  }
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
