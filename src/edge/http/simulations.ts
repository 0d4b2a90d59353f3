import { PlanCache } from '../../world/policy/plan-cache.js';
import { type Asker, SimulationJob, type SimulationsOptions } from './simulation-job.js';
import type { AskedSimulation } from './simulation-schema.js';

/** Simulations that are kept of one organisation, the one at hand among them; each holds its hubs' tables in memory. */
const KEPT = 5;
/** Of all organisations. */
const KEPT_IN_ALL = 20;

/**
 * The simulations made since the server started, at most one of them running. It runs in this process
 * whether or not anyone looks: between slots the engine lets the server answer.
 */
export class Simulations {
  /** Newest first. */
  #jobs: readonly SimulationJob[] = [];
  readonly #cache = new PlanCache();

  constructor(private readonly options: SimulationsOptions) {}

  list(): readonly SimulationJob[] {
    return this.#jobs;
  }

  find(id: string): SimulationJob | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  /** The one that has not ended. */
  findOpen(): SimulationJob | undefined {
    return this.#jobs.find((job) => job.isOpen);
  }

  /** Begins one; none may be open. The asker's oldest gives way where KEPT are kept, or the oldest of all. */
  start(by: Asker, asked: AskedSimulation): SimulationJob {
    if (this.findOpen()) throw new Error('a simulation is running');
    const job = new SimulationJob(by, asked, this.options, this.#cache);
    const isTheirs = ({ by: { organisation } }: SimulationJob) => organisation === by.organisation;
    const given = this.#jobs.filter(isTheirs)[KEPT - 1];
    this.#jobs = [job, ...this.#jobs.filter((each) => each !== given)].slice(0, KEPT_IN_ALL);
    return job;
  }

  /** An open one is stopped and keeps the runs that it has finished; one that has ended is removed. */
  remove(job: SimulationJob): void {
    if (job.isOpen) job.stop();
    else this.#jobs = this.#jobs.filter((each) => each !== job);
  }

  /** Stops what runs, without waiting until it has. */
  close(): void {
    for (const job of this.#jobs) job.stop();
  }
}
