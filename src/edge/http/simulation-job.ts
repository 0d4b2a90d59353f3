import { randomUUID } from 'node:crypto';
import type { Scenario } from '../../network/scenario.js';
import type { PlanClock } from '../../plan/plan.js';
import type { PlanCache } from '../../world/policy/plan-cache.js';
import { POLICIES, type PolicyName } from '../../world/policy/policy.js';
import {
  PLANNER,
  type SimulationOptions,
  type SimulationProgress,
  WORLD,
} from '../../world/simulation/options.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { surprisesAt } from '../../world/simulation/surprise-levels.js';
import type { AskedSimulation, SimulationSummary } from './simulation-schema.js';

export type Simulate = (
  scenario: Scenario,
  options: SimulationOptions,
  cache?: PlanCache,
) => Promise<SimulationRun>;

export interface SimulationsOptions {
  readonly scenario: Scenario;
  readonly simulate: Simulate;
  readonly clock: PlanClock;
  /** Of the policies that plan. */
  readonly threads: number;
  /** Told why a simulation failed: whoever asks for it is not. */
  readonly onFailure: (error: unknown) => void;
}

/** Who asked for a simulation. */
export interface Asker {
  readonly organisation: string;
  readonly actor: string;
}

/** One request: the same season and surprises under each policy, seed after seed, from when it is made. */
export class SimulationJob {
  readonly id = randomUUID();
  readonly madeAt = new Date().toISOString();
  readonly asked: AskedSimulation;
  /** Finished, in the order run. */
  readonly runs: SimulationRun[] = [];
  #state: SimulationSummary['state'] = 'running';
  #progress: Omit<SimulationSummary['progress'], 'finished' | 'runs'>;
  readonly #stop = new AbortController();
  readonly #from: number;
  #seconds: number | undefined;

  constructor(
    readonly by: Asker,
    asked: AskedSimulation,
    private readonly options: SimulationsOptions,
    /** First plans, which runs have in common. */
    private readonly cache: PlanCache,
  ) {
    const policies = POLICIES.filter((policy) => asked.policies.includes(policy));
    this.asked = { ...asked, policies };
    this.#from = options.clock.now();
    this.#progress = this.#nothingOf(policies[0], asked.seed);
    void this.#run();
  }

  get state(): SimulationSummary['state'] {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#state === 'running' || this.#state === 'stopping';
  }

  /** Wall time so far, or that it took. */
  get seconds(): number {
    return this.#seconds ?? this.options.clock.now() - this.#from;
  }

  get progress(): SimulationSummary['progress'] {
    const { policies, runs } = this.asked;
    return { finished: this.runs.length, runs: runs * policies.length, ...this.#progress };
  }

  /** Keeps the runs that have finished. */
  stop(): void {
    if (this.isOpen) this.#state = 'stopping';
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    try {
      for (let n = 0; n < this.asked.runs; n++) {
        for (const policy of this.asked.policies) {
          await this.#runOne(policy, this.asked.seed + n);
          signal.throwIfAborted();
        }
      }
      this.#state = 'done';
    } catch (error) {
      this.#state = signal.aborted ? 'stopped' : 'failed';
      if (this.#state === 'failed') this.options.onFailure(error);
    }
    this.#seconds = this.seconds;
  }

  async #runOne(policy: PolicyName, seed: number): Promise<void> {
    const { scenario, simulate, clock, threads } = this.options;
    this.#progress = this.#nothingOf(policy, seed);
    await clock.pause();
    const options: SimulationOptions = {
      policy,
      seed,
      surprises: surprisesAt(this.asked.surprises),
      world: WORLD,
      planner: { ...PLANNER, threads },
      clock,
      onProgress: (progress: SimulationProgress) => {
        this.#progress = { policy, seed, ...progress };
      },
      signal: this.#stop.signal,
    };
    this.runs.push(await simulate(scenario, options, this.cache));
  }

  #nothingOf(
    policy: PolicyName,
    seed: number,
  ): Omit<SimulationSummary['progress'], 'finished' | 'runs'> {
    const { slots } = this.options.scenario;
    return { policy, seed, slot: 0, slots, ready: 0, delivered: 0, plans: 0 };
  }
}
