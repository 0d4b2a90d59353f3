import type { Components } from './components.js';
import { Crew, Job } from './crew.js';
import * as context from './kernel/context.js';
import type { Merged } from './merge.js';
import type { Problem } from './problem.js';

/** Chunks a job is cut into: fixed, so that sums do not depend on the number of threads. */
const chunksMax = 8;
const log2e = Math.LOG2E;

/** Prices and loads of one resource for steps of one span. */
interface Row {
  readonly resource: number;
  readonly span: number;
  /** First float of the row in a plane, and how many count. */
  readonly offset: number;
  readonly length: number;
}

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

export interface Records {
  readonly amount: Float32Array;
  readonly start: Int32Array;
  readonly stride: number;
}

/** The merged problem laid out in the kernel's memory, and its evaluation at given prices. */
export class Kernel {
  readonly sums: Sums;
  #end = 1024;
  #context = 0;
  #rows: Row[] = [];
  #plane = 0;
  #chunks = 0;
  #scratch: number[] = [];
  #records = 0;
  #record = 0;
  #flowRecord = new Int32Array(0);
  #tables: { class: number; holding: number; carry: number }[] = [];
  #firstSlot = 0;
  #padded = 0;
  #settleRows: Row[] = [];
  #settleFloats = 0;
  #parts = 0;
  #curved = false;

  constructor(
    private readonly problem: Problem,
    private readonly crew: Crew,
  ) {
    const entries = problem.resources.at[problem.resources.count];
    this.sums = {
      load: new Float64Array(entries),
      diagonal: new Float64Array(entries),
      tilt: new Float64Array(entries),
      ground: new Float64Array(entries),
    };
    for (const s of problem.cohortSlot) this.#firstSlot = Math.min(this.#firstSlot, s);
  }

  static async open(problem: Problem, threads: number): Promise<Kernel> {
    return new Kernel(problem, await Crew.open(threads));
  }

  close(): void {
    this.crew.close();
  }

  /** Lays out a merged problem in place of the one before. */
  load(merged: Merged, parts: Components): void {
    const { problem } = this;
    this.#end = 1024;
    for (const column of [this.sums.load, this.sums.diagonal, this.sums.tilt, this.sums.ground]) {
      column.fill(0);
    }
    this.#padded = (problem.slots + 3) & ~3;
    this.#context = this.#take(context.WORDS * 4);
    const put = (i: number, value: number) => {
      new Uint32Array(this.crew.memory.buffer, this.#context, context.WORDS)[i] = value;
    };
    put(context.SLOTS, problem.slots);
    put(context.SLOTS_PADDED, this.#padded);
    const stepAt = this.#layRows(merged);
    put(context.PRICE, this.#take(this.#plane));
    put(context.GROUP_OPTION, this.#copy(merged.optionStart));
    put(context.GROUP_FLOW, this.#copy(merged.flowStart));
    put(context.OPTION_COST, this.#copy(Float32Array.from(merged.optionCost)));
    put(context.OPTION_STEP, this.#copy(merged.stepStart));
    put(context.STEP_AT, this.#copy(stepAt));
    put(context.FLOW_SERVICE, this.#copy(merged.flowClass));
    put(context.FLOW_COHORT, this.#copy(merged.cohortStart));
    put(context.COHORT_SLOT, this.#copy(merged.cohortSlot));
    put(context.COHORT_AMOUNT, this.#copy(Float32Array.from(merged.cohortAmount)));
    put(context.SERVICE, this.#layClasses());
    const chunkStart = cutChunks(merged);
    this.#chunks = chunkStart.length - 1;
    put(context.CHUNK_START, this.#copy(chunkStart));
    const load = this.#take(this.#plane * 4 * this.#chunks);
    put(context.LOAD, load);
    put(context.CHUNK_BYTES, this.#plane * 4);
    put(context.CURVATURE, load + this.#plane);
    put(context.CURVATURE_PLANE, this.#plane);
    this.#layRecords(merged);
    this.#laySettling(merged, parts, put);
    put(context.FLOW_RECORD, this.#copy(this.#flowRecord));
    this.#record = this.#take(this.#records * this.#padded * 4);
    put(context.RECORD, this.#record);
    let options = 0;
    for (let g = 0; g < merged.groups; g++) {
      options = Math.max(options, merged.optionStart[g + 1] - merged.optionStart[g]);
    }
    this.#scratch = Array.from({ length: this.crew.threads }, () =>
      this.#take((3 * options + 10) * this.#padded * 4),
    );
    this.#curved = false;
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
    const buffer = this.crew.memory.buffer;
    const floats = new Float32Array(buffer, this.#context, context.WORDS);
    floats[context.INV_MU] = log2e / mu;
    floats[context.RECORD_KEEP] = record?.keep ?? 1;
    floats[context.RECORD_ADD] = record?.add ?? 0;
    this.#scaleClasses(log2e / mu);
    this.#writePrices(price);
    const curved = curvature || !this.#curved;
    this.#curved = true;
    const mode = (curved ? context.WITH_CURVATURE : 0) | (record ? context.WITH_RECORD : 0);
    this.crew.run(Job.evaluate, this.#context, this.#chunks, mode, this.#scratch);
    this.#gather(0, this.sums.load, () => 1);
    if (curved) {
      this.#gather(1, this.sums.diagonal, () => 1);
      this.#gather(2, this.sums.tilt, (span) => span);
      this.#gather(3, this.sums.ground, (span) => span);
    }
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
    for (const { resource, offset, length } of this.#settleRows) {
      const from = at[resource];
      for (let i = 0; i < length; i++) {
        stiff[offset + i] = stiffness[from + i];
        base[offset + i] = price[from + i] - stiffness[from + i] * capacity[from + i];
        limit[offset + i] = capacity[from + i];
      }
    }
    new Uint32Array(this.crew.memory.buffer, this.#context, context.WORDS)[context.SETTLE_REACH] =
      reach;
    new Float32Array(this.crew.memory.buffer, this.#context, context.WORDS)[context.SETTLE_OVER] =
      over;
    this.crew.run(Job.settle, this.#context, this.#parts, backward ? 1 : 0, this.#scratch);
    return this.#view(context.SETTLE_MOVED, this.#parts).reduce((sum, n) => sum + n, 0);
  }

  /** What the records load, per entry of the resource rows (inactive ones are left as they are). */
  settledLoad(out: Float64Array): void {
    const load = this.#settleView(context.SETTLE_LOAD);
    for (const { resource, offset, length } of this.#settleRows) {
      const to = this.problem.resources.at[resource];
      for (let i = 0; i < length; i++) out[to + i] = load[offset + i];
    }
  }

  /**
   * Releases kept: those of option o of merged flow f in slot t stand at
   * amount[(start[f] + o) · stride + t]. Valid until the next load.
   */
  get records(): Records {
    return {
      amount: new Float32Array(this.crew.memory.buffer, this.#record, this.#records * this.#padded),
      start: this.#flowRecord,
      stride: this.#padded,
    };
  }

  #take(bytes: number): number {
    const at = this.#end;
    this.#end = (at + bytes + 15) & ~15;
    if (this.#end < at || this.#end > 65536 * 65536 - 65536) {
      throw new RangeError('the season does not fit into the kernel’s 4 GiB');
    }
    const missing = this.#end - this.crew.memory.buffer.byteLength;
    if (missing > 0) this.crew.memory.grow(Math.ceil(missing / 65536));
    return at;
  }

  #copy(column: Int32Array | Int16Array | Float32Array): number {
    const at = this.#take(column.byteLength);
    const to = new Uint8Array(this.crew.memory.buffer, at, column.byteLength);
    to.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    return at;
  }

  #layRows(merged: Merged): Int32Array {
    const { resources } = this.problem;
    const numberOf = new Map<number, number>();
    const stepAt = new Int32Array(merged.stepResource.length);
    this.#rows = [];
    let floats = 0;
    for (let j = 0; j < stepAt.length; j++) {
      const resource = merged.stepResource[j];
      const span = merged.stepSpan[j];
      const key = span * resources.count + resource;
      let row = numberOf.get(key);
      if (row === undefined) {
        row = this.#rows.length;
        numberOf.set(key, row);
        const length = resources.at[resource + 1] - resources.at[resource];
        this.#rows.push({ resource, span, offset: floats, length });
        floats += (length + 7) & ~3; // the kernel reads up to 3 past the end
      }
      stepAt[j] = this.#rows[row].offset + merged.stepLag[j] - resources.first[resource];
    }
    this.#plane = floats * 4;
    return stepAt;
  }

  #layClasses(): number {
    const { classes, slots } = this.problem;
    // Below 0 a parcel would start before it is available: three entries of a cost beyond all others.
    this.#tables = classes.map((_, i) => ({
      class: i,
      holding: this.#take((4 + this.#padded - this.#firstSlot) * 4),
      carry: this.#take((slots - this.#firstSlot) * 4),
    }));
    const at = this.#take(classes.length * 16);
    for (const [i, table] of this.#tables.entries()) {
      const words = new Uint32Array(this.crew.memory.buffer, at + i * 16, 4);
      new Float32Array(this.crew.memory.buffer, at + i * 16, 1)[0] = classes[i].weight;
      words[1] = table.holding + 16;
      words[2] = table.carry - this.#firstSlot * 4;
    }
    return at;
  }

  #scaleClasses(scale: number): void {
    const { classes, slots } = this.problem;
    const buffer = this.crew.memory.buffer;
    for (const table of this.#tables) {
      const { holding, carryPenalty } = classes[table.class];
      const to = new Float32Array(buffer, table.holding, 4 + this.#padded - this.#firstSlot);
      to.fill(1e30);
      for (let h = 0; h < slots - this.#firstSlot; h++) to[4 + h] = holding[h] * scale;
      const carry = new Float32Array(buffer, table.carry, slots - this.#firstSlot);
      for (let i = 0; i < carry.length; i++) {
        carry[i] = (holding[slots - (i + this.#firstSlot)] + carryPenalty) * scale;
      }
    }
  }

  #writePrices(price: Float64Array): void {
    const at = new Uint32Array(this.crew.memory.buffer, this.#context, context.WORDS)[
      context.PRICE
    ];
    const to = new Float32Array(this.crew.memory.buffer, at, this.#plane / 4);
    for (const { resource, span, offset, length } of this.#rows) {
      const from = this.problem.resources.at[resource];
      if (span === 1) {
        for (let i = 0; i < length; i++) to[offset + i] = price[from + i];
      } else {
        for (let i = length - 1, sum = 0; i >= 0; i--) {
          sum += price[from + i];
          if (i + span < length) sum -= price[from + i + span];
          to[offset + i] = Math.max(0, sum);
        }
      }
    }
  }

  /** Adds up plane `plane` of all chunks, in their order, and over each row's span. */
  #gather(plane: number, out: Float64Array, factor: (span: number) => number): void {
    const base = new Uint32Array(this.crew.memory.buffer, this.#context, context.WORDS)[
      context.LOAD
    ];
    const { at } = this.problem.resources;
    const planes = Array.from(
      { length: this.#chunks },
      (_, c) =>
        new Float32Array(
          this.crew.memory.buffer,
          base + (c * 4 + plane) * this.#plane,
          this.#plane / 4,
        ),
    );
    for (const { resource } of this.#rows) out.fill(0, at[resource], at[resource + 1]);
    for (const { resource, span, offset, length } of this.#rows) {
      const to = at[resource];
      const scale = factor(span);
      if (span === 1) {
        for (const values of planes) {
          for (let i = 0; i < length; i++) out[to + i] += values[offset + i];
        }
        continue;
      }
      for (let i = 0, sum = 0; i < length; i++) {
        for (const values of planes) {
          sum += values[offset + i];
          if (i >= span) sum -= values[offset + i - span];
        }
        out[to + i] += scale * Math.max(0, sum);
      }
    }
  }

  #view(word: number, length: number): Float32Array {
    const at = new Uint32Array(this.crew.memory.buffer, this.#context, context.WORDS)[word];
    return new Float32Array(this.crew.memory.buffer, at, length);
  }

  #settleView(word: number): Float32Array {
    return this.#view(word, this.#settleFloats);
  }

  /** One row a resource: settling counts spans itself, since a move changes all slots of a span. */
  #laySettling(
    merged: Merged,
    parts: Components,
    put: (word: number, value: number) => void,
  ): void {
    const { resources } = this.problem;
    const rowOf = new Int32Array(resources.count).fill(-1);
    this.#settleRows = [];
    let floats = 0;
    const stepAt = new Int32Array(merged.stepResource.length);
    for (let j = 0; j < stepAt.length; j++) {
      const resource = merged.stepResource[j];
      if (rowOf[resource] < 0) {
        rowOf[resource] = this.#settleRows.length;
        const length = resources.at[resource + 1] - resources.at[resource];
        this.#settleRows.push({ resource, span: 1, offset: floats, length });
        floats += (length + 7) & ~3;
      }
      stepAt[j] =
        this.#settleRows[rowOf[resource]].offset + merged.stepLag[j] - resources.first[resource];
    }
    this.#settleFloats = floats;
    this.#parts = parts.count;
    put(context.SETTLE_START, this.#copy(parts.start));
    put(context.SETTLE_ORDER, this.#copy(parts.order));
    put(context.SETTLE_STEP_AT, this.#copy(stepAt));
    put(context.SETTLE_SPAN, this.#copy(merged.stepSpan));
    put(context.SETTLE_MOVED, this.#take(parts.count * 4));
    for (const word of [
      context.SETTLE_BASE,
      context.SETTLE_STIFFNESS,
      context.SETTLE_LOAD,
      context.SETTLE_CAPACITY,
    ] as const) {
      put(word, this.#take(floats * 4));
      this.#settleView(word).fill(0);
    }
    const { classes } = this.problem;
    const at = this.#take(classes.length * 16);
    put(context.SETTLE_CLASS, at);
    for (const [i, { weight, holding, carryPenalty }] of classes.entries()) {
      const table = this.#copy(Float32Array.from(holding));
      new Uint32Array(this.crew.memory.buffer, at + i * 16, 4)[1] = table;
      const floatsOf = new Float32Array(this.crew.memory.buffer, at + i * 16, 4);
      floatsOf[0] = weight;
      floatsOf[2] = carryPenalty;
    }
  }

  #layRecords(merged: Merged): void {
    this.#flowRecord = new Int32Array(merged.flowClass.length);
    this.#records = 0;
    for (let g = 0; g < merged.groups; g++) {
      for (let f = merged.flowStart[g]; f < merged.flowStart[g + 1]; f++) {
        this.#flowRecord[f] = this.#records;
        this.#records += merged.optionStart[g + 1] - merged.optionStart[g];
      }
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
