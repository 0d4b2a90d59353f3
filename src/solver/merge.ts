import type { Problem } from './problem.js';

/**
 * Bundles whose options cost the same and load the same *active* resources at the same lags are one
 * group: with all other prices at 0 their flows see the same prices, so the merged problem has the
 * same dual function. Options of a bundle that differ in inactive resources only are one option,
 * the cheapest (docs/maths/plan.md#merging).
 */
export interface Merged {
  readonly groups: number;
  readonly optionStart: Int32Array;
  readonly optionCost: Float64Array;
  readonly stepStart: Int32Array;
  readonly stepResource: Int32Array;
  readonly stepLag: Int32Array;
  readonly stepSpan: Int32Array;
  /** Merged flows, sorted by group. */
  readonly flowStart: Int32Array;
  readonly flowClass: Int32Array;
  readonly cohortStart: Int32Array;
  readonly cohortSlot: Int16Array;
  readonly cohortAmount: Float64Array;
  /** Group of each bundle; −1 for a bundle without options or amounts. */
  readonly groupOf: Int32Array;
  /** Original option behind option j of the group of bundle b: optionOf[optionStart_problem[b] + j]. */
  readonly optionOf: Int32Array;
  /** Merged flow of each flow; −1 where its bundle has no option, or the flow no cohort. */
  readonly mergedFlow: Int32Array;
}

/** Merges over the resources marked in `active`. Cost: linear in steps and cohorts. */
export function merge(problem: Problem, active: Uint8Array): Merged {
  const keys = new KeyTable();
  const bundles = problem.optionStart.length - 1;
  const groupOf = new Int32Array(bundles).fill(-1);
  const optionOf = new Int32Array(problem.optionList.length);
  const used = new Uint8Array(bundles);
  for (let f = 0; f < problem.flowBundle.length; f++) {
    if (hasCohorts(problem, f)) used[problem.flowBundle[f]] = 1;
  }
  for (let b = 0; b < bundles; b++) {
    if (used[b] === 0 || problem.optionStart[b] === problem.optionStart[b + 1]) continue;
    writeKey(problem, b, active, keys, optionOf);
    groupOf[b] = keys.number();
  }
  return { ...readGroups(keys), ...mergeFlows(problem, groupOf, keys.size), groupOf, optionOf };
}

/** Distinct runs of words, numbered in order of appearance. */
class KeyTable {
  words = new Int32Array(1 << 16);
  start = new Int32Array(1 << 10);
  size = 0;
  /** End of the run being written, which starts at start[size]. */
  end = 0;
  #slot = new Int32Array(1 << 12).fill(-1);

  push(word: number): void {
    if (this.end === this.words.length) this.words = grown(this.words);
    this.words[this.end++] = word;
  }

  /** Ends the run being written and gives its number, the old one if it is known. */
  number(): number {
    if (this.size * 2 >= this.#slot.length) this.#rehash();
    const from = this.start[this.size];
    let at = this.#hash(from, this.end) & (this.#slot.length - 1);
    for (;;) {
      const i = this.#slot[at];
      if (i < 0) break;
      if (this.#equal(i, from)) {
        this.end = from;
        return i;
      }
      at = (at + 1) & (this.#slot.length - 1);
    }
    this.#slot[at] = this.size;
    this.size += 1;
    if (this.size + 1 > this.start.length) this.start = grown(this.start);
    this.start[this.size] = this.end;
    return this.size - 1;
  }

  #equal(i: number, from: number): boolean {
    const other = this.start[i];
    if (this.start[i + 1] - other !== this.end - from) return false;
    for (let j = from; j < this.end; j++) {
      if (this.words[j] !== this.words[other + j - from]) return false;
    }
    return true;
  }

  #hash(from: number, end: number): number {
    let h = 2166136261;
    for (let j = from; j < end; j++) h = Math.imul(h ^ this.words[j], 0x9e3779b1) ^ (h >>> 15);
    return h ^ (h >>> 13);
  }

  #rehash(): void {
    this.#slot = new Int32Array(this.#slot.length * 2).fill(-1);
    const mask = this.#slot.length - 1;
    for (let i = 0; i < this.size; i++) {
      let at = this.#hash(this.start[i], this.start[i + 1]) & mask;
      while (this.#slot[at] >= 0) at = (at + 1) & mask;
      this.#slot[at] = i;
    }
  }
}

function grown(words: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(words.length * 2);
  more.set(words);
  return more;
}

const cost = new Float64Array(1);
const costWords = new Int32Array(cost.buffer);

/** Writes bundle b as words: per option its cost (2 words), its number of active steps, and their (resource, lag, span), sorted. */
function writeKey(
  problem: Problem,
  b: number,
  active: Uint8Array,
  keys: KeyTable,
  optionOf: Int32Array,
): void {
  const from = problem.optionStart[b];
  const options: number[] = [];
  for (let i = from; i < problem.optionStart[b + 1]; i++) {
    const option = problem.optionList[i];
    const start = keys.end;
    cost[0] = problem.optionCost[option];
    keys.push(costWords[0]);
    keys.push(costWords[1]);
    keys.push(0);
    for (let j = problem.stepStart[option]; j < problem.stepStart[option + 1]; j++) {
      if (active[problem.stepResource[j]] === 0) continue;
      keys.push(problem.stepResource[j]);
      keys.push(problem.stepLag[j]);
      keys.push(problem.stepSpan[j]);
    }
    sortSteps(keys.words, start + 3, keys.end);
    keys.words[start + 2] = (keys.end - start) / 3 - 1;
    const twin = options.findIndex((at) => sameSteps(keys.words, at, start));
    if (twin < 0) {
      optionOf[from + options.length] = option;
      options.push(start);
      continue;
    }
    keys.end = start;
    const kept = from + twin;
    if (problem.optionCost[option] < problem.optionCost[optionOf[kept]]) {
      keys.words[options[twin]] = costWords[0];
      keys.words[options[twin] + 1] = costWords[1];
      optionOf[kept] = option;
    }
  }
}

function sortSteps(words: Int32Array, from: number, end: number): void {
  for (let i = from + 3; i < end; i += 3) {
    for (let j = i; j > from && lessStep(words, j, j - 3); j -= 3) {
      for (let k = 0; k < 3; k++) {
        const w = words[j + k];
        words[j + k] = words[j - 3 + k];
        words[j - 3 + k] = w;
      }
    }
  }
}

function lessStep(words: Int32Array, a: number, b: number): boolean {
  for (let k = 0; k < 3; k++) {
    if (words[a + k] !== words[b + k]) return words[a + k] < words[b + k];
  }
  return false;
}

function sameSteps(words: Int32Array, a: number, b: number): boolean {
  const n = 3 * words[b + 2];
  if (words[a + 2] !== words[b + 2]) return false;
  for (let k = 3; k < 3 + n; k++) if (words[a + k] !== words[b + k]) return false;
  return true;
}

function hasCohorts({ cohortStart }: Problem, flow: number): boolean {
  return cohortStart[flow] < cohortStart[flow + 1];
}

function readGroups(
  keys: KeyTable,
): Pick<
  Merged,
  'groups' | 'optionStart' | 'optionCost' | 'stepStart' | 'stepResource' | 'stepLag' | 'stepSpan'
> {
  const { words, size } = keys;
  const optionStart = new Int32Array(size + 1);
  let steps = 0;
  for (let g = 0; g < size; g++) {
    let options = 0;
    for (let at = keys.start[g]; at < keys.start[g + 1]; at += 3 + 3 * words[at + 2]) {
      options += 1;
      steps += words[at + 2];
    }
    optionStart[g + 1] = optionStart[g] + options;
  }
  const optionCost = new Float64Array(optionStart[size]);
  const stepStart = new Int32Array(optionStart[size] + 1);
  const stepResource = new Int32Array(steps);
  const stepLag = new Int32Array(steps);
  const stepSpan = new Int32Array(steps);
  let o = 0;
  let j = 0;
  for (let at = 0; at < keys.start[size]; o++) {
    costWords[0] = words[at];
    costWords[1] = words[at + 1];
    optionCost[o] = cost[0];
    const end = at + 3 + 3 * words[at + 2];
    for (at += 3; at < end; at += 3, j++) {
      stepResource[j] = words[at];
      stepLag[j] = words[at + 1];
      stepSpan[j] = words[at + 2];
    }
    stepStart[o + 1] = j;
  }
  return { groups: size, optionStart, optionCost, stepStart, stepResource, stepLag, stepSpan };
}

function mergeFlows(
  problem: Problem,
  groupOf: Int32Array,
  groups: number,
): Pick<
  Merged,
  'flowStart' | 'flowClass' | 'cohortStart' | 'cohortSlot' | 'cohortAmount' | 'mergedFlow'
> {
  const classes = problem.classes.length;
  const flows = problem.flowBundle.length;
  // Merged flows by (group, class), numbered in that order.
  const bucket = new Int32Array(groups * classes + 1);
  for (let f = 0; f < flows; f++) {
    const g = groupOf[problem.flowBundle[f]];
    if (g >= 0 && hasCohorts(problem, f)) bucket[g * classes + problem.flowClass[f] + 1] += 1;
  }
  const flowStart = new Int32Array(groups + 1);
  const flowClass: number[] = [];
  const numberOf = new Int32Array(groups * classes).fill(-1);
  for (let i = 0; i < groups * classes; i++) {
    if (bucket[i + 1] > 0) {
      numberOf[i] = flowClass.length;
      flowClass.push(i % classes);
    }
    if ((i + 1) % classes === 0) flowStart[(i + 1) / classes] = flowClass.length;
    bucket[i + 1] += bucket[i];
  }
  const members = new Int32Array(bucket[groups * classes]);
  const mergedFlow = new Int32Array(flows).fill(-1);
  const next = bucket.slice();
  for (let f = 0; f < flows; f++) {
    const g = groupOf[problem.flowBundle[f]];
    if (g < 0 || !hasCohorts(problem, f)) continue;
    const i = g * classes + problem.flowClass[f];
    mergedFlow[f] = numberOf[i];
    members[next[i]++] = f;
  }
  return {
    flowStart,
    flowClass: Int32Array.from(flowClass),
    mergedFlow,
    ...mergeCohorts(problem, bucket, members, flowClass.length),
  };
}

/** Sums the cohorts of the members of each merged flow, slot by slot. */
function mergeCohorts(
  problem: Problem,
  bucket: Int32Array,
  members: Int32Array,
  mergedFlows: number,
): Pick<Merged, 'cohortStart' | 'cohortSlot' | 'cohortAmount'> {
  let firstSlot = 0;
  for (const s of problem.cohortSlot) firstSlot = Math.min(firstSlot, s);
  const sum = new Float64Array(problem.slots - firstSlot);
  const cohortStart = new Int32Array(mergedFlows + 1);
  const room = Math.min(problem.cohortSlot.length, mergedFlows * sum.length);
  const cohortSlot = new Int16Array(room);
  const cohortAmount = new Float64Array(room);
  let flow = 0;
  let k = 0;
  for (let i = 0; i + 1 < bucket.length; i++) {
    if (bucket[i] === bucket[i + 1]) continue;
    for (let m = bucket[i]; m < bucket[i + 1]; m++) {
      const f = members[m];
      for (let c = problem.cohortStart[f]; c < problem.cohortStart[f + 1]; c++) {
        sum[problem.cohortSlot[c] - firstSlot] += problem.cohortAmount[c];
      }
    }
    for (let h = 0; h < sum.length; h++) {
      if (sum[h] === 0) continue;
      cohortSlot[k] = h + firstSlot;
      cohortAmount[k++] = sum[h];
      sum[h] = 0;
    }
    cohortStart[++flow] = k;
  }
  return {
    cohortStart,
    cohortSlot: cohortSlot.slice(0, k),
    cohortAmount: cohortAmount.slice(0, k),
  };
}
