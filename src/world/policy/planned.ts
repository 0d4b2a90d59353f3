import type { Scenario } from '../../network/scenario.js';
import type { Window } from '../../plan/window.js';
import type { PlanCache } from './plan-cache.js';
import type { Door, ReleasePolicy } from './policy.js';
import { type Precedence, precedenceOf, RunningPlan } from './running-plan.js';
import { type PlanMade, type PlanningOptions, planWindow, type WindowPlan } from './window-plan.js';

export interface PlannedOptions extends PlanningOptions {
  /** Told of every plan, also of one taken from the cache. */
  readonly onPlan?: (plan: PlanMade) => void;
  /** First plans made before. */
  readonly cache?: PlanCache;
}

/**
 * Releases by a plan. The first is made before the season begins, from the forecast; further ones every
 * `replanHours`, when the season's demand ends, and when a plan's horizon has passed, from what is known
 * then (window.ts), as long as parcels wait or come. Between plans the last one is carried out as the gate does
 * (running-plan.ts).
 *
 * `season` is what the plan believes: what is declared and forecast, or with foresight what will be.
 */
export class Planned implements ReleasePolicy {
  planSeconds = 0;
  plans = 0;
  readonly #precedence: Precedence;
  readonly #horizon: number;
  readonly #rhythm: number;
  #plan: WindowPlan | undefined;
  #running: RunningPlan | undefined;
  #nextPlan = 0;

  constructor(
    readonly name: 'plan' | 'foresight',
    private readonly season: Scenario,
    private readonly options: PlannedOptions,
  ) {
    this.#precedence = precedenceOf(season);
    const slotsOf = (hours: number) => Math.max(1, Math.round((hours * 60) / season.slotMinutes));
    this.#horizon = slotsOf(options.horizonHours);
    this.#rhythm = slotsOf(options.replanHours);
  }

  async decide(door: Door): Promise<void> {
    if (door.slot >= this.season.slots && !this.#anyWaits(door)) return;
    if (door.slot >= this.#nextPlan) await this.#replan(door);
    this.#running?.release(door);
  }

  async #replan(door: Door): Promise<void> {
    const from = door.slot;
    const window = { from, slots: this.#horizon, reserve: this.options.reserve };
    const plan = await this.#make(window, door);
    const again = (Math.floor(from / this.#rhythm) + 1) * this.#rhythm;
    this.#nextPlan = Math.min(again, from + this.#horizon);
    if (from < this.season.slots) this.#nextPlan = Math.min(this.#nextPlan, this.season.slots);
    this.#plan = plan;
    this.#running = new RunningPlan(this.season, this.#precedence, plan, this.#nextPlan);
    this.options.onPlan?.(plan.made);
  }

  async #make(window: Window, door: Door): Promise<WindowPlan> {
    const { cache, clock, gap } = this.options;
    const key = JSON.stringify({ gap, ...window });
    const first = window.from === 0;
    const known = first ? cache?.find(this.season, key) : undefined;
    if (known) return known;
    const began = clock.now();
    const now = first ? {} : { present: door, before: this.#plan };
    const plan = await planWindow(this.season, window, this.options, now);
    this.planSeconds += clock.now() - began;
    this.plans += 1;
    if (first) cache?.keep(this.season, key, plan);
    return plan;
  }

  #anyWaits({ waiting }: Door): boolean {
    const { demand, pairs } = this.season;
    return demand.flowPair.some(
      (p, f) => waiting[f] > 0 && pairs.routeStart[p] < pairs.routeStart[p + 1],
    );
  }
}
