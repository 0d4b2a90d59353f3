import type { Records } from './kernel-memory.js';
import type { Merged } from './merge.js';
import { Packing } from './packing.js';
import type { Problem } from './problem.js';

/**
 * Flows from merged flows, whose records are whole. A merged flow's releases serve its cohorts first
 * in, first out; what a merged cohort gets in one slot by one option is shared among its members in
 * proportion to what they still have there, in whole amounts that add up exactly. So active
 * resources are loaded as the merged flows load them. Each flow then takes what it wants where there
 * is room; what finds no room is wanted again in the next slot (docs/maths/plan.md#splitting).
 */
export function split(
  problem: Problem,
  merged: Merged,
  records: Records,
): { packing: Packing; clipped: Set<number> } {
  const packing = new Packing(problem);
  const clipped = new Set<number>();
  const members = listMembers(merged);
  const sharing = new Sharing(problem, merged, records);
  for (let g = 0; g < merged.groups; g++) {
    const options = merged.optionStart[g + 1] - merged.optionStart[g];
    for (let m = merged.flowStart[g]; m < merged.flowStart[g + 1]; m++) {
      const flows = members.list.subarray(members.start[m], members.start[m + 1]);
      const wanted = sharing.share(m, options, flows);
      const size = options * problem.slots;
      for (const [i, f] of flows.entries()) {
        place(packing, merged, f, options, wanted.subarray(i * size, (i + 1) * size), clipped);
      }
    }
  }
  return { packing, clipped };
}

/** Flows of each merged flow. */
function listMembers(merged: Merged): { start: Int32Array; list: Int32Array } {
  const count = merged.flowClass.length;
  const start = new Int32Array(count + 1);
  for (const m of merged.mergedFlow) if (m >= 0) start[m + 1] += 1;
  for (let m = 0; m < count; m++) start[m + 1] += start[m];
  const list = new Int32Array(start[count]);
  const next = start.slice();
  for (let f = 0; f < merged.mergedFlow.length; f++) {
    if (merged.mergedFlow[f] >= 0) list[next[merged.mergedFlow[f]]++] = f;
  }
  return { start, list };
}

class Sharing {
  #wanted = new Float64Array(0);
  #next = new Int32Array(0);
  #who = new Int32Array(0);
  #rest = new Float64Array(0);

  constructor(
    private readonly problem: Problem,
    private readonly merged: Merged,
    private readonly records: Records,
  ) {}

  /** What each of `flows` starts: wanted[(i · slots + t) · options + o]. */
  share(m: number, options: number, flows: Int32Array): Float64Array {
    const { problem, merged, records } = this;
    const size = problem.slots * options;
    if (this.#wanted.length < flows.length * size) {
      this.#wanted = new Float64Array(flows.length * size);
    }
    if (this.#next.length < flows.length) {
      this.#next = new Int32Array(flows.length);
      this.#who = new Int32Array(flows.length);
      this.#rest = new Float64Array(flows.length);
    }
    this.#wanted.fill(0, 0, flows.length * size);
    for (let i = 0; i < flows.length; i++) this.#next[i] = problem.cohortStart[flows[i]];
    let c = merged.cohortStart[m];
    const end = merged.cohortStart[m + 1];
    let left = 0; // of cohort c
    let holders = 0;
    for (let t = 0; t < problem.slots; t++) {
      for (let o = 0; o < options; o++) {
        let n = records.amount[(records.start[m] + o) * records.stride + t];
        while (n > 0 && c < end) {
          if (left === 0) {
            holders = this.#open(merged.cohortSlot[c], flows);
            left = merged.cohortAmount[c];
          }
          const now = Math.min(n, left);
          this.#divide(now, left, holders, t * options + o, size);
          n -= now;
          left -= now;
          if (left === 0) c += 1;
        }
      }
    }
    return this.#wanted;
  }

  /** Lists who has a cohort in slot s, and how much; gives how many they are. */
  #open(s: number, flows: Int32Array): number {
    const { cohortStart, cohortSlot, cohortAmount } = this.problem;
    let holders = 0;
    for (let i = 0; i < flows.length; i++) {
      const k = this.#next[i];
      if (k === cohortStart[flows[i] + 1] || cohortSlot[k] !== s) continue;
      this.#next[i] = k + 1;
      this.#who[holders] = i;
      this.#rest[holders++] = cohortAmount[k];
    }
    return holders;
  }

  /**
   * Divides n of `left` units: holder h gets floor(n·B(h)/left + u) − floor(n·B(h − 1)/left + u), with
   * B the running total of what the holders have left. That is never more than it has, and adds up
   * to n. The offset u differs from call to call, so that nobody is always rounded down.
   */
  #divide(n: number, left: number, holders: number, at: number, size: number): void {
    const u = (at * 0.6180339887498949) % 1;
    let before = 0;
    let given = 0;
    for (let h = 0; h < holders; h++) {
      before += this.#rest[h];
      const until = h === holders - 1 ? n : Math.min(n, Math.floor((n * before) / left + u));
      const x = Math.min(until - given, this.#rest[h]);
      given += x;
      this.#rest[h] -= x;
      this.#wanted[this.#who[h] * size + at] += x;
    }
  }
}

/** Takes what flow f wants, slot by slot, where there is room. */
function place(
  packing: Packing,
  merged: Merged,
  f: number,
  options: number,
  wanted: Float64Array,
  clipped: Set<number>,
): void {
  const { problem } = packing;
  const first = problem.optionStart[problem.flowBundle[f]];
  let late = 0;
  packing.begin(f);
  for (let t = 0; t < problem.slots; t++) {
    for (let o = 0; o < options; o++) {
      const want = wanted[t * options + o] + late;
      if (want === 0) continue;
      const option = merged.optionOf[first + o];
      const n = Math.min(want, packing.room(option, t));
      late = want - n;
      if (late > 0) packing.eachFull(option, t, want, (r) => clipped.add(r));
      if (n === 0) continue;
      packing.take(option, t, n);
      packing.add(f, option, t, n);
    }
  }
}
