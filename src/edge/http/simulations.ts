import { randomUUID } from 'node:crypto';
import type { Scenario } from '../../network/scenario.js';
import type { PlanClock } from '../../plan/plan.js';
import { POLICIES } from '../../world/policy/policy.js';
import {
  NO_SURPRISE,
  ORDINARY,
  PLANNER,
  type SimulationOptions,
  type SimulationProgress,
  SURPRISE_MOST,
  SURPRISES,
  type Surprises,
  WORLD,
} from '../../world/simulation/options.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import type { AskedSimulation, SimulationSummary, SurpriseLevel } from './simulation-schema.js';

export type Simulate = (scenario: Scenario, options: SimulationOptions) => Promise<SimulationRun>;

export interface SimulationsOptions {
  readonly scenario: Scenario;
  readonly simulate: Simulate;
  readonly clock: PlanClock;
  /** Of the policies that plan. */
  readonly threads: number;
  /** Told why a simulation failed: whoever asks for it is not. */
  readonly onFailure: (error: unknown) => void;
}

/** Simulations that are kept, the one at hand among them; each holds its hubs' tables in memory. */
const KEPT = 5;

/** Twice what an ordinary day brings: modelled, as ORDINARY is. */
const HARD_TIMES = 2;

/** One request: the same season and surprises under each policy, seed after seed. */
export interface SimulationJob {
  readonly id: string;
  readonly madeAt: string;
  readonly asked: AskedSimulation;
  /** Finished, in the order run. */
  readonly runs: readonly SimulationRun[];
  readonly state: SimulationSummary['state'];
  readonly seconds: number;
  readonly progress: SimulationSummary['progress'];
}

type OpenJob = { -readonly [K in keyof SimulationJob]: SimulationJob[K] } & {
  runs: SimulationRun[];
  readonly stop: AbortController;
  ended: Promise<void>;
};

/**
 * The simulations made since the server started, at most one of them running. It runs in this process
 * whether or not anyone looks: between slots the engine lets the server answer.
 */
export class Simulations {
  /** Newest first. */
  #jobs: OpenJob[] = [];

  constructor(private readonly options: SimulationsOptions) {}

  list(): readonly SimulationJob[] {
    return this.#jobs;
  }

  find(id: string): SimulationJob | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  /** The one that has not ended. */
  running(): SimulationJob | undefined {
    return this.#jobs.find(isOpen);
  }

  /** Begins one; none may be running. The oldest gives way where KEPT are kept. */
  start(asked: AskedSimulation): SimulationJob {
    if (this.running()) throw new Error('a simulation is running');
    const job = newJob(asked, this.options.scenario.slots);
    this.#jobs = [job, ...this.#jobs].slice(0, KEPT);
    job.ended = this.#run(job);
    return job;
  }

  /** A running one is stopped and keeps the runs that it has finished; one that has ended is removed. */
  remove(id: string): void {
    const job = this.#jobs.find((each) => each.id === id);
    if (job === undefined) return;
    if (isOpen(job)) stop(job);
    else this.#jobs = this.#jobs.filter((each) => each !== job);
  }

  /** Stops what runs and waits until it has ended. */
  async close(): Promise<void> {
    for (const job of this.#jobs) if (isOpen(job)) stop(job);
    await Promise.all(this.#jobs.map(({ ended }) => ended));
  }

  async #run(job: OpenJob): Promise<void> {
    const { clock, onFailure } = this.options;
    const from = clock.now();
    try {
      for (let n = 0; n < job.asked.runs; n++) {
        for (const policy of job.asked.policies) await this.#runOne(job, policy, n, from);
      }
      job.state = 'done';
    } catch (error) {
      job.state = job.stop.signal.aborted ? 'stopped' : 'failed';
      if (job.state === 'failed') onFailure(error);
    }
    job.seconds = clock.now() - from;
  }

  async #runOne(
    job: OpenJob,
    policy: AskedSimulation['policies'][number],
    n: number,
    from: number,
  ): Promise<void> {
    const { scenario, simulate, clock, threads } = this.options;
    const seed = job.asked.seed + n;
    const tell = (progress: SimulationProgress) => {
      job.seconds = clock.now() - from;
      job.progress = {
        finished: job.runs.length,
        runs: job.progress.runs,
        policy,
        seed,
        ...progress,
      };
    };
    tell({ slot: 0, slots: scenario.slots, ready: 0, delivered: 0, plans: 0 });
    const { signal } = job.stop;
    await clock.pause();
    signal.throwIfAborted();
    const run = await simulate(scenario, {
      policy,
      seed,
      surprises: surprisesOf(job.asked.surprises),
      world: WORLD,
      planner: { ...PLANNER, threads },
      clock,
      onProgress: tell,
      signal,
    });
    signal.throwIfAborted();
    job.runs.push(run);
    job.progress = { ...job.progress, finished: job.runs.length };
  }
}

function newJob(asked: AskedSimulation, slots: number): OpenJob {
  const policies = POLICIES.filter((policy) => asked.policies.includes(policy));
  return {
    id: randomUUID(),
    madeAt: new Date().toISOString(),
    asked: { ...asked, policies },
    runs: [],
    state: 'running',
    seconds: 0,
    progress: {
      finished: 0,
      runs: asked.runs * policies.length,
      policy: policies[0],
      seed: asked.seed,
      slot: 0,
      slots,
      ready: 0,
      delivered: 0,
      plans: 0,
    },
    stop: new AbortController(),
    ended: Promise.resolve(),
  };
}

function isOpen({ state }: SimulationJob): boolean {
  return state === 'running' || state === 'stopping';
}

function stop(job: OpenJob): void {
  job.state = 'stopping';
  job.stop.abort();
}

function surprisesOf(level: SurpriseLevel): Surprises {
  if (level === 'none') return NO_SURPRISE;
  if (level === 'ordinary') return ORDINARY;
  const hard = SURPRISES.map((name) => [
    name,
    Math.min(HARD_TIMES * ORDINARY[name], SURPRISE_MOST[name]),
  ]);
  return Object.fromEntries(hard);
}
