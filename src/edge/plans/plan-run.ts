import { randomUUID } from 'node:crypto';
import type { PlanSummary } from '../../network/plan-files.js';
import { LetGo } from '../../plan/let-go.js';
import type { PlanClock, PlanProgress } from '../../plan/plan.js';
import { type Replan, replan } from '../../plan/replan.js';
import type { Principal } from '../access/principal.js';
import { type DeclaredValue, declaredNow, declaredScenario } from './declared-scenario.js';
import type { PlanFiles } from './plan-files.js';

/** How to plan. */
export interface AskedRun {
  /** Stop when (Z − L) / max(1, Z) is at most this. */
  readonly gap: number;
  readonly timeLimitSeconds: number;
  /** Share of the hubs' capacity that is left free, in [0, 1). */
  readonly reserve: number;
}

export type RunState = 'running' | 'stopped' | 'failed' | 'done' | 'published';

export interface RunProgress {
  readonly phase: 'reading' | PlanProgress['stage'] | 'writing';
  /** Z and L so far; null before the first. */
  readonly objective: number | null;
  readonly bound: number | null;
  readonly gap: number | null;
}

interface RunWith {
  readonly files: PlanFiles;
  readonly clock: PlanClock;
  readonly threads: number;
  /** Told why a run failed: whoever asked for it is not. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * A plan being made of what is left of the season, from when it is asked for, whether or not anybody looks. What is let go by then
 * stays (let-go.ts); demand is the season's, capacities are as declared and approved.
 */
export class PlanRun {
  readonly id = randomUUID();
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  state: RunState = 'running';
  progress: RunProgress = { phase: 'reading', objective: null, bound: null, gap: null };
  /** The plan when it is done: its folder on the shelf, and what plan.json says of it. */
  made: { readonly files: string; readonly summary: PlanSummary } | undefined;
  /** The version that it was published as. */
  version: number | undefined;
  readonly #began: number;
  #seconds: number | undefined;
  readonly #stop = new AbortController();

  /**
   * @param base version in force.
   * @param from first slot that it plans.
   * @param madeAt ISO 8601.
   */
  constructor(
    readonly by: Principal,
    readonly asked: AskedRun,
    readonly base: number,
    readonly from: number,
    readonly madeAt: string,
    private readonly options: RunWith,
  ) {
    this.#began = options.clock.now();
    this.ended = this.#run();
  }

  /** Wall time so far, or that it took. */
  get seconds(): number {
    return this.#seconds ?? this.options.clock.now() - this.#began;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    try {
      await this.options.clock.pause();
      await this.#make(signal);
      signal.throwIfAborted();
      this.state = 'done';
    } catch (error) {
      this.state = signal.aborted ? 'stopped' : 'failed';
      if (this.state === 'failed') this.options.onFailure(error);
      if (this.made) await this.options.files.shelf.remove(this.made.files);
      this.made = undefined;
    }
    this.#seconds = this.seconds;
  }

  async #make(signal: AbortSignal): Promise<void> {
    const { files, clock, threads } = this.options;
    const { from, base } = this;
    const { gap, timeLimitSeconds, reserve } = this.asked;
    const declared = await declaredNow(files.database, files.season);
    const scenario = declaredScenario(files.season.scenario, declared);
    const before = await files.read(base);
    const done = new LetGo(scenario, from);
    if (before) for await (const batch of before.releases()) done.addPlanned(batch);
    await files.eachTicketed((ticket) => done.addTicket(ticket));
    signal.throwIfAborted();
    const plan = await replan(scenario, done, {
      from,
      reserve,
      gap,
      timeLimitSeconds,
      threads,
      clock,
      signal,
      ...(before && { before: before.prices }),
      onProgress: ({ stage, ...figures }) => this.#tell(stage, figures),
    });
    signal.throwIfAborted();
    this.#tell('writing', plan);
    const summary = this.#summaryOf(plan, declared);
    const { prices } = plan;
    const releases = () => plan.releases();
    this.made = { files: await files.shelf.put({ summary, releases, prices }, signal), summary };
  }

  #summaryOf(plan: Replan, declared: readonly DeclaredValue[]): PlanSummary {
    const { objective, bound, gap, ready, released, carried, ended } = plan;
    const { from, base, asked, seconds } = this;
    const scenario = this.options.files.season.scenario.name;
    const figures = { objective, bound, gap, ready, released, carried, seconds };
    return { scenario, ...figures, from, base, asked, ended, declared };
  }

  #tell(phase: RunProgress['phase'], at: Pick<PlanProgress, 'objective' | 'bound' | 'gap'>): void {
    this.progress = {
      phase,
      objective: finite(at.objective),
      bound: finite(at.bound),
      gap: finite(at.gap),
    };
  }
}

/** JSON has no infinity. */
function finite(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
