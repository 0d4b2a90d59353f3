import type { Packing } from './packing.js';

/**
 * Uses the room that is left, flow by flow: what is left over is released in the first slot and by
 * the first option with room that cost less than leaving it, and what is released moves to earlier
 * slots where an option has room. Cost only falls, since holding costs at least one slot a slot
 * (docs/maths/plan.md#tightening).
 */
export function tighten(packing: Packing): void {
  const work = new Work(packing.problem.slots);
  for (let f = 0; f < packing.count.length; f++) {
    work.open(packing, f);
    work.insertLeft();
    work.moveEarlier();
    if (work.moved) work.save();
  }
}

class Work {
  /** Whether anything of the flow at hand has moved. */
  moved = false;
  #packing!: Packing;
  #flow = 0;
  #first = 0;
  #options = 0;
  #holding!: Float64Array;
  /** Released in slot t by option o: [t · options + o]. */
  #released = new Float64Array(0);
  /** Available and not released, after the releases of slot t. */
  readonly #waiting: Float64Array;

  constructor(private readonly slots: number) {
    this.#waiting = new Float64Array(slots);
  }

  open(packing: Packing, f: number): void {
    const { problem } = packing;
    this.#packing = packing;
    this.moved = false;
    this.#flow = f;
    const b = problem.flowBundle[f];
    this.#first = problem.optionStart[b];
    this.#options = problem.optionStart[b + 1] - this.#first;
    this.#holding = problem.classes[problem.flowClass[f]].holding;
    const size = this.slots * this.#options;
    if (this.#released.length < size) this.#released = new Float64Array(size);
    this.#released.fill(0, 0, size);
    const waiting = this.#waiting.fill(0);
    for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
      waiting[Math.max(0, problem.cohortSlot[c])] += problem.cohortAmount[c];
    }
    for (let i = packing.start[f]; i < packing.start[f] + packing.count[f]; i++) {
      const t = packing.slot[i];
      waiting[t] -= packing.amount[i];
      this.#released[t * this.#options + this.#position(packing.option[i])] += packing.amount[i];
    }
    for (let t = 1; t < this.slots; t++) waiting[t] += waiting[t - 1];
  }

  insertLeft(): void {
    const { problem } = this.#packing;
    const leftCost = this.#holding[1] + problem.classes[problem.flowClass[this.#flow]].carryPenalty;
    // Room for more in slot t is what waits from t to the end: the least of waiting[t …].
    for (let left = this.#waiting[this.slots - 1]; left > 0; ) {
      let from = this.slots;
      while (from > 0 && this.#waiting[from - 1] > 0) from--;
      let placed = 0;
      for (let t = from; t < this.slots && placed === 0; t++) {
        let most = left;
        for (let u = t; u < this.slots; u++) most = Math.min(most, this.#waiting[u]);
        const o = this.#open(t, leftCost + (this.slots - 1 - t), most);
        if (o < 0) continue;
        placed = this.#put(o, t, most);
        for (let u = t; u < this.slots; u++) this.#waiting[u] -= placed;
      }
      if (placed === 0) return;
      left -= placed;
    }
  }

  moveEarlier(): void {
    const { problem } = this.#packing;
    for (let t = 1; t < this.slots; t++) {
      for (let o = 0; o < this.#options; o++) {
        const at = t * this.#options + o;
        while (this.#released[at] > 0) {
          const cost = problem.optionCost[problem.optionList[this.#first + o]];
          if (!this.#moveOne(t, o, cost)) break;
        }
      }
    }
  }

  /** Moves some of what is released at (t, o) to the earliest slot with room; false if none has. */
  #moveOne(t: number, o: number, cost: number): boolean {
    let from = t;
    while (from > 0 && this.#waiting[from - 1] > 0) from--;
    let most = this.#released[t * this.#options + o];
    for (let e = from; e < t; e++) {
      const target = this.#open(e, cost + (t - e), 1);
      if (target < 0) continue;
      for (let u = e; u < t; u++) most = Math.min(most, this.#waiting[u]);
      this.#packing.take(problemOption(this.#packing, this.#first + o), t, -most);
      const n = this.#put(target, e, most);
      if (n < most) this.#packing.take(problemOption(this.#packing, this.#first + o), t, most - n);
      this.#released[t * this.#options + o] -= n;
      for (let u = e; u < t; u++) this.#waiting[u] -= n;
      return n > 0;
    }
    return false;
  }

  /** The cheapest option with room in slot t that costs less than `limit`, or −1. */
  #open(t: number, limit: number, least: number): number {
    const { problem } = this.#packing;
    let best = -1;
    let low = limit;
    for (let o = 0; o < this.#options; o++) {
      const option = problem.optionList[this.#first + o];
      if (problem.optionCost[option] >= low || least <= 0) continue;
      if (this.#packing.room(option, t) > 0) {
        best = o;
        low = problem.optionCost[option];
      }
    }
    return best;
  }

  #put(o: number, t: number, most: number): number {
    const option = problemOption(this.#packing, this.#first + o);
    const n = Math.min(most, this.#packing.room(option, t));
    this.#packing.take(option, t, n);
    this.#released[t * this.#options + o] += n;
    this.moved = true;
    return n;
  }

  save(): void {
    const { slots } = this;
    this.#packing.begin(this.#flow);
    for (let t = 0; t < slots; t++) {
      for (let o = 0; o < this.#options; o++) {
        const n = this.#released[t * this.#options + o];
        if (n > 0)
          this.#packing.add(this.#flow, problemOption(this.#packing, this.#first + o), t, n);
      }
    }
  }

  #position(option: number): number {
    const { optionList } = this.#packing.problem;
    let o = 0;
    while (optionList[this.#first + o] !== option) o++;
    return o;
  }
}

function problemOption(packing: Packing, at: number): number {
  return packing.problem.optionList[at];
}
