import { Arena } from './arena.js';
import type { Components } from './components.js';
import { Crew, Job } from './crew.js';
import * as context from './kernel/context.js';
import { KernelClasses } from './kernel-classes.js';
import { gatherWindows, layRows, type Rows, writeWindows } from './kernel-rows.js';
import type { Merged } from './merge.js';
import type { Problem } from './problem.js';

/** Chunks a job is cut into: fixed, so that sums do not depend on the number of threads. */
const chunksMax = 8;

/** Sums over all flows, one number an entry of the problem's resource rows (inactive ones are 0). */
export interface Sums {
  readonly load: Float64Array;
  /** −∂load/∂price of the same entry. */
  readonly diagonal: Float64Array;
  /** Answer of the load to a price that rises by 1 a slot. */
  readonly tilt: Float64Array;
  /** Answer of the load to a price of 1 in all slots. */
  readonly ground: Float64Array;
}

/** Releases: those of option o of merged flow f in slot t stand at amount[(start[f] + o) · stride + t]. */
export interface Records {
  readonly amount: Float32Array;
  readonly start: Int32Array;
  readonly stride: number;
}

/** The merged problem laid out in the kernel's memory, its evaluation at given prices, and settling. */
export class Kernel {
  readonly sums: Sums;
  readonly #arena: Arena;
  readonly #firstSlot: number;
  readonly #padded: number;
  #context = 0;
  #chunks = 0;
  #parts = 0;
  #scratch: number[] = [];
  #priceRows!: Rows;
  #settleRows!: Rows;
  #classes!: KernelClasses;
  #recordStart = new Int32Array(0);
  #records = 0;
  #curved = false;

  private constructor(
    private readonly problem: Problem,
    private readonly crew: Crew,
  ) {
    this.#arena = new Arena(crew.memory);
    const entries = problem.resources.at[problem.resources.count];
    this.sums = {
      load: new Float64Array(entries),
      diagonal: new Float64Array(entries),
      tilt: new Float64Array(entries),
      ground: new Float64Array(entries),
    };
    let first = 0;
    for (const s of problem.cohortSlot) first = Math.min(first, s);
    this.#firstSlot = first;
    this.#padded = (problem.slots + 3) & ~3;
  }

  static async open(problem: Problem, threads: number): Promise<Kernel> {
    return new Kernel(problem, await Crew.open(threads));
  }

  close(): void {
    this.crew.close();
  }

  /** Lays out a merged problem in place of the one before. */
  load(merged: Merged, parts: Components): void {
    const arena = this.#arena;
    arena.reset();
    for (const column of Object.values<Float64Array>({ ...this.sums })) column.fill(0);
    this.#curved = false;
    this.#parts = parts.count;
    this.#priceRows = layRows(merged, this.problem.resources, true);
    // Settling counts spans itself, since a move changes all slots of a span.
    this.#settleRows = layRows(merged, this.problem.resources, false);
    this.#context = arena.take(context.WORDS * 4);
    this.#classes = new KernelClasses(this.problem, arena, this.#firstSlot, this.#padded);
    this.#layProblem(merged);
    this.#layPlanes(merged);
    this.#layRecords(merged);
    this.#laySettling(merged, parts);
    let options = 0;
    for (let g = 0; g < merged.groups; g++) {
      options = Math.max(options, merged.optionStart[g + 1] - merged.optionStart[g]);
    }
    const scratchBytes = (3 * options + 10) * this.#padded * 4;
    this.#scratch = Array.from({ length: this.crew.threads }, () => arena.take(scratchBytes));
  }

  /**
   * Evaluates the smoothed dual's gradient at `price` (per entry of the resource rows) and
   * temperature mu (in slots) into `sums`; the second derivatives too if `curvature` asks for them or
   * there are none yet. With `record`, releases are kept as
   * record = record · keep + releases · add.
   */
  evaluate(
    price: Float64Array,
    mu: number,
    curvature: boolean,
    record?: { keep: number; add: number },
  ): void {
    const { resources } = this.problem;
    const floats = this.#arena.floats(this.#context, context.WORDS);
    floats[context.INV_MU] = Math.LOG2E / mu;
    floats[context.RECORD_KEEP] = record?.keep ?? 1;
    floats[context.RECORD_ADD] = record?.add ?? 0;
    this.#classes.scale(Math.LOG2E / mu);
    writeWindows(
      this.#priceRows,
      resources,
      price,
      this.#view(context.PRICE, this.#priceRows.floats),
    );
    const curved = curvature || !this.#curved;
    this.#curved = true;
    const mode = (curved ? context.WITH_CURVATURE : 0) | (record ? context.WITH_RECORD : 0);
    this.crew.run(Job.evaluate, this.#context, this.#chunks, mode, this.#scratch);
    const { load, diagonal, tilt, ground } = this.sums;
    gatherWindows(this.#priceRows, resources, this.#planes(0), false, load);
    if (!curved) return;
    gatherWindows(this.#priceRows, resources, this.#planes(1), false, diagonal);
    gatherWindows(this.#priceRows, resources, this.#planes(2), true, tilt);
    gatherWindows(this.#priceRows, resources, this.#planes(3), true, ground);
  }

  /** Makes the records whole and adds up what they load. */
  roundRecords(): void {
    this.#settleView(context.SETTLE_LOAD).fill(0);
    this.crew.run(Job.round, this.#context, this.#parts, 0, this.#scratch);
  }

  /**
   * One pass of coordinate descent over the records, at a price that rises with the load: `price`
   * at capacity, and by `stiffness` a unit, above capacity by `over` more. Returns how many units moved.
   */
  settle(
    price: Float64Array,
    stiffness: Float64Array,
    over: number,
    reach: number,
    backward: boolean,
  ): number {
    const { at, capacity } = this.problem.resources;
    const base = this.#settleView(context.SETTLE_BASE);
    const stiff = this.#settleView(context.SETTLE_STIFFNESS);
    const limit = this.#settleView(context.SETTLE_CAPACITY);
    for (const { resource, offset, length } of this.#settleRows.rows) {
      const from = at[resource];
      for (let i = 0; i < length; i++) {
        stiff[offset + i] = stiffness[from + i];
        base[offset + i] = price[from + i] - stiffness[from + i] * capacity[from + i];
        limit[offset + i] = capacity[from + i];
      }
    }
    this.#put(context.SETTLE_REACH, reach);
    this.#arena.floats(this.#context, context.WORDS)[context.SETTLE_OVER] = over;
    this.crew.run(Job.settle, this.#context, this.#parts, backward ? 1 : 0, this.#scratch);
    return this.#view(context.SETTLE_MOVED, this.#parts).reduce((sum, n) => sum + n, 0);
  }

  /** What the records load, per entry of the resource rows (inactive ones are left as they are). */
  settledLoad(out: Float64Array): void {
    const load = this.#settleView(context.SETTLE_LOAD);
    for (const { resource, offset, length } of this.#settleRows.rows) {
      const to = this.problem.resources.at[resource];
      for (let i = 0; i < length; i++) out[to + i] = load[offset + i];
    }
  }

  /** The releases kept. Valid until the next load. */
  get records(): Records {
    return {
      amount: this.#view(context.RECORD, this.#records * this.#padded),
      start: this.#recordStart,
      stride: this.#padded,
    };
  }

  #put(word: number, value: number): void {
    this.#arena.words(this.#context, context.WORDS)[word] = value;
  }

  #view(word: number, length: number): Float32Array {
    return this.#arena.floats(this.#arena.words(this.#context, context.WORDS)[word], length);
  }

  #settleView(word: number): Float32Array {
    return this.#view(word, this.#settleRows.floats);
  }

  /** Plane i (load, diagonal, tilt, ground) of every chunk. */
  #planes(i: number): Float32Array[] {
    const { floats } = this.#priceRows;
    const all = this.#view(context.LOAD, 4 * floats * this.#chunks);
    return Array.from({ length: this.#chunks }, (_, c) =>
      all.subarray((4 * c + i) * floats, (4 * c + i + 1) * floats),
    );
  }

  #layProblem(merged: Merged): void {
    const arena = this.#arena;
    this.#put(context.SLOTS, this.problem.slots);
    this.#put(context.SLOTS_PADDED, this.#padded);
    this.#put(context.SERVICE, this.#classes.scaled);
    this.#put(context.SETTLE_CLASS, this.#classes.plain);
    for (const [word, column] of [
      [context.GROUP_OPTION, merged.optionStart],
      [context.GROUP_FLOW, merged.flowStart],
      [context.OPTION_COST, Float32Array.from(merged.optionCost)],
      [context.OPTION_STEP, merged.stepStart],
      [context.STEP_AT, this.#priceRows.stepAt],
      [context.FLOW_SERVICE, merged.flowClass],
      [context.FLOW_COHORT, merged.cohortStart],
      [context.COHORT_SLOT, merged.cohortSlot],
      [context.COHORT_AMOUNT, Float32Array.from(merged.cohortAmount)],
    ] as const) {
      this.#put(word, arena.copy(column));
    }
  }

  #layPlanes(merged: Merged): void {
    const chunkStart = cutChunks(merged);
    this.#chunks = chunkStart.length - 1;
    this.#put(context.CHUNK_START, this.#arena.copy(chunkStart));
    const planeBytes = this.#priceRows.floats * 4;
    this.#put(context.PRICE, this.#arena.take(planeBytes));
    this.#view(context.PRICE, this.#priceRows.floats).fill(0);
    const load = this.#arena.take(4 * planeBytes * this.#chunks);
    this.#put(context.LOAD, load);
    this.#put(context.CHUNK_BYTES, 4 * planeBytes);
    this.#put(context.CURVATURE, load + planeBytes);
    this.#put(context.CURVATURE_PLANE, planeBytes);
  }

  #layRecords(merged: Merged): void {
    this.#recordStart = new Int32Array(merged.flowClass.length);
    this.#records = 0;
    for (let g = 0; g < merged.groups; g++) {
      for (let f = merged.flowStart[g]; f < merged.flowStart[g + 1]; f++) {
        this.#recordStart[f] = this.#records;
        this.#records += merged.optionStart[g + 1] - merged.optionStart[g];
      }
    }
    this.#put(context.FLOW_RECORD, this.#arena.copy(this.#recordStart));
    this.#put(context.RECORD, this.#arena.take(this.#records * this.#padded * 4));
  }

  #laySettling(merged: Merged, parts: Components): void {
    const arena = this.#arena;
    this.#put(context.SETTLE_START, arena.copy(parts.start));
    this.#put(context.SETTLE_ORDER, arena.copy(parts.order));
    this.#put(context.SETTLE_STEP_AT, arena.copy(this.#settleRows.stepAt));
    this.#put(context.SETTLE_SPAN, arena.copy(merged.stepSpan));
    this.#put(context.SETTLE_MOVED, arena.take(parts.count * 4));
    for (const word of [
      context.SETTLE_BASE,
      context.SETTLE_STIFFNESS,
      context.SETTLE_LOAD,
      context.SETTLE_CAPACITY,
    ]) {
      this.#put(word, arena.take(this.#settleRows.floats * 4));
      this.#settleView(word).fill(0);
    }
  }
}

/** Group numbers at which chunks start: about equal numbers of cohorts, at least 256 a chunk. */
function cutChunks(merged: Merged): Int32Array {
  const cohorts = merged.cohortStart[merged.cohortStart.length - 1];
  const chunks = Math.max(1, Math.min(chunksMax, Math.floor(cohorts / 256)));
  const start = new Int32Array(chunks + 1).fill(merged.groups);
  start[0] = 0;
  for (let g = 0, c = 1; g < merged.groups && c < chunks; g++) {
    while (c < chunks && merged.cohortStart[merged.flowStart[g]] >= (cohorts * c) / chunks) {
      start[c++] = g;
    }
  }
  return start;
}
