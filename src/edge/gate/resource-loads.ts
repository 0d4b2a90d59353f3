import { lagOf, spanOf } from '../../gate/gate-network.js';
import type { GatePlan } from '../../gate/gate-plan.js';
import type { GateState } from '../../gate/gate-state.js';

/** Runs of shares looked at in one go: a few milliseconds, so that others are not kept waiting. */
const RUNS_A_LOOK = 50_000;

/** What is promised of a resource, slot by slot from one on, parcels: tickets in force, and shares of the plan not yet drawn. */
export interface ResourceLoads {
  readonly from: number;
  readonly ticketed: readonly number[];
  readonly open: readonly number[];
}

/** What tickets and open shares load of all resources of a shard. What is drawn between two looks counts as one or the other. */
export class ShardLoads {
  readonly #plan: GatePlan | undefined;
  readonly #open: Int32Array;
  #run = 0;
  #ticketed = new Int32Array(0);

  constructor(private readonly state: GateState) {
    this.#plan = state.plan;
    this.#open = new Int32Array(this.#plan ? state.books.entries : 0);
  }

  /** Adds some more; whether there is more still. A plan that came meanwhile is for the next to tell. */
  look(): boolean {
    const { state } = this;
    if (!this.#plan || state.plan !== this.#plan) return false;
    const { shares, books } = state;
    const end = Math.min(shares.runs, this.#run + RUNS_A_LOOK);
    for (; this.#run < end; this.#run++) this.#add(this.#run);
    if (this.#run < shares.runs) return true;
    this.#ticketed = this.#open.map((open, entry) => Math.max(0, books.taken(entry) - open));
    return false;
  }

  /** Undefined where there is no plan, or another came while it was looked at. */
  of(resource: number): ResourceLoads | undefined {
    const { state } = this;
    if (!this.#plan || state.plan !== this.#plan || this.#ticketed.length === 0) return undefined;
    const { from, slots } = state.books;
    const row = (values: Int32Array) => [
      ...values.subarray(resource * slots, (resource + 1) * slots),
    ];
    return { from, ticketed: row(this.#ticketed), open: row(this.#open) };
  }

  #add(run: number): void {
    const { shares, books, network } = this.state;
    const parcels = shares.left(run);
    if (parcels === 0) return;
    const way = this.state.wayOf(shares.account(run), shares.way(run));
    const { start, step } = network.loads;
    for (let i = start[way]; i < start[way + 1]; i++) {
      const first = books.entryOf(step[2 * i], shares.slot(run) + lagOf(step[2 * i + 1]));
      const end = first + spanOf(step[2 * i + 1]);
      for (let entry = first; entry < end; entry++) this.#open[entry] += parcels;
    }
  }
}
