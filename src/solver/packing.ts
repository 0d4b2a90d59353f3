import type { Problem } from './problem.js';

/**
 * Whole amounts placed so far, per flow, and the room they leave. The releases of a flow are runs
 * (option, slot, amount); which cohort a release serves follows from first in, first out, the best
 * order when holding is convex.
 */
export class Packing {
  /** Capacity not taken yet, per entry of the resource rows; never negative. */
  readonly free: Float64Array;
  /** Runs of flow f: start[f] … start[f] + count[f] − 1 of the run columns. */
  readonly start: Int32Array;
  readonly count: Int32Array;
  slot: Int16Array;
  option: Int32Array;
  amount: Float64Array;
  #end = 0;

  constructor(readonly problem: Problem) {
    const flows = problem.flowBundle.length;
    this.free = Float64Array.from(problem.resources.capacity, Math.floor);
    this.start = new Int32Array(flows);
    this.count = new Int32Array(flows);
    // Most cohorts are released whole, so there are about as many runs as cohorts.
    const runs = 1024 + Math.ceil(1.2 * problem.cohortSlot.length);
    this.slot = new Int16Array(runs);
    this.option = new Int32Array(runs);
    this.amount = new Float64Array(runs);
  }

  /** The most that option o can start in slot t. */
  room(o: number, t: number): number {
    const { stepStart, stepResource, stepLag, stepSpan, resources } = this.problem;
    let room = Infinity;
    for (let j = stepStart[o]; j < stepStart[o + 1]; j++) {
      const r = stepResource[j];
      const at = resources.at[r] + t + stepLag[j] - resources.first[r];
      for (let i = at; i < at + stepSpan[j]; i++) {
        if (this.free[i] < room) {
          room = this.free[i];
          if (room === 0) return 0;
        }
      }
    }
    return this.#repeats(o) ? this.#roomByTrial(o, t, room) : room;
  }

  /** Takes `amount` (negative: gives back) from what option o loads when it starts in slot t. */
  take(o: number, t: number, amount: number): void {
    const { stepStart, stepResource, stepLag, stepSpan, resources } = this.problem;
    for (let j = stepStart[o]; j < stepStart[o + 1]; j++) {
      const r = stepResource[j];
      const at = resources.at[r] + t + stepLag[j] - resources.first[r];
      for (let i = at; i < at + stepSpan[j]; i++) this.free[i] -= amount;
    }
  }

  /** Tells the resources that have less than `amount` free for option o in slot t. */
  eachFull(o: number, t: number, amount: number, tell: (resource: number) => void): void {
    const { stepStart, stepResource, stepLag, stepSpan, resources } = this.problem;
    for (let j = stepStart[o]; j < stepStart[o + 1]; j++) {
      const r = stepResource[j];
      const at = resources.at[r] + t + stepLag[j] - resources.first[r];
      for (let i = at; i < at + stepSpan[j]; i++) if (this.free[i] < amount) tell(r);
    }
  }

  /** All that has been placed. */
  total(): number {
    let sum = 0;
    for (let f = 0; f < this.count.length; f++) {
      for (let i = this.start[f]; i < this.start[f] + this.count[f]; i++) sum += this.amount[i];
    }
    return sum;
  }

  /** Puts down the runs of flow f, in the order they are added. */
  begin(f: number): void {
    this.start[f] = this.#end;
    this.count[f] = 0;
  }

  add(f: number, o: number, t: number, amount: number): void {
    if (this.#end === this.slot.length) this.#grow();
    this.option[this.#end] = o;
    this.slot[this.#end] = t;
    this.amount[this.#end++] = amount;
    this.count[f] += 1;
  }

  #grow(): void {
    const length = Math.ceil(this.slot.length * 1.5);
    const slot = new Int16Array(length);
    slot.set(this.slot);
    this.slot = slot;
    const option = new Int32Array(length);
    option.set(this.option);
    this.option = option;
    const amount = new Float64Array(length);
    amount.set(this.amount);
    this.amount = amount;
  }

  /** Whether an option loads a resource in more than one step. */
  #repeats(o: number): boolean {
    const { stepStart, stepResource } = this.problem;
    for (let j = stepStart[o] + 1; j < stepStart[o + 1]; j++) {
      for (let i = stepStart[o]; i < j; i++) if (stepResource[i] === stepResource[j]) return true;
    }
    return false;
  }

  /** Room of an option whose steps may load one entry more than once. */
  #roomByTrial(o: number, t: number, most: number): number {
    const { stepStart, stepResource, stepLag, stepSpan, resources } = this.problem;
    const uses = new Map<number, number>();
    for (let j = stepStart[o]; j < stepStart[o + 1]; j++) {
      const r = stepResource[j];
      const at = resources.at[r] + t + stepLag[j] - resources.first[r];
      for (let i = at; i < at + stepSpan[j]; i++) uses.set(i, (uses.get(i) ?? 0) + 1);
    }
    let room = most;
    for (const [i, n] of uses) room = Math.min(room, Math.floor(this.free[i] / n));
    return room;
  }
}
