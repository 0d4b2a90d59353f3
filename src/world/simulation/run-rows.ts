import type { Column, RowBatch } from '../../network/columns.js';
import type { FaultList } from '../../network/fault.js';
import { Names } from '../../network/names.js';
import { readTable } from '../../network/read-table.js';
import { amount } from '../../network/rules.js';
import type { TableFile } from '../../network/table-files.js';
import { POLICIES } from '../policy/policy.js';
import type { RunSummary } from './simulation-files.js';

const CURE = 'Write the simulation again: its files do not belong together, or were cut.';
const UNKNOWN_POLICY = { rule: 'unknown-policy', cure: `Name one of ${POLICIES.join(', ')}.` };
const SEEDS = 2 ** 32;

/** A table with at most one row for each cell of a run: a slot, or a hub in a slot. */
export interface CellTable {
  readonly files: readonly TableFile[];
  /** Columns that tell cells apart; in a batch they are the columns 2, 3, … */
  readonly keys: readonly Column[];
  /** Columns of what is wanted; in a batch they follow the keys. */
  readonly values: readonly Column[];
  readonly sizeOf: (run: RunSummary) => number;
  /** The cell of row r, from 0 on. */
  readonly cellOf: (batch: RowBatch, r: number) => number;
  /** Whether every cell must have its row. */
  readonly isWhole: boolean;
}

/** Reads tables whose rows begin with a policy and a seed. */
export class RunRows {
  readonly #policies = Names.from(POLICIES);
  readonly #indexOf: ReadonlyMap<number, number>;

  constructor(
    private readonly runs: readonly RunSummary[],
    private readonly faults: FaultList,
  ) {
    this.#indexOf = new Map(
      runs.map(({ policy, seed }, i) => [this.#policies.findText(policy) * SEEDS + seed, i]),
    );
  }

  /** Hands over each row without a fault, by the index of its run; `columns` come behind the seed. */
  async each(
    files: readonly TableFile[],
    columns: readonly Column[],
    take: (run: number, batch: RowBatch, r: number) => void,
  ): Promise<void> {
    const all: readonly Column[] = [
      { name: 'policy', kind: 'reference', names: this.#policies, unknown: UNKNOWN_POLICY },
      { name: 'seed', ...amount, most: SEEDS - 1 },
      ...columns,
    ];
    for await (const batch of readTable(files, all, this.faults)) {
      for (let r = 0; r < batch.rows; r++) {
        if (!isSound(batch, all, r)) continue;
        const [policy, seed] = [batch.ids[0][r], batch.values[1][r]];
        const run = this.#indexOf.get(policy * SEEDS + seed);
        if (run !== undefined) take(run, batch, r);
        else {
          const text = `there is no run of ${this.#policies.get(policy)} with seed ${seed} in simulation.json`;
          this.#add(batch, r, 'seed', 'unknown-run', text);
        }
      }
    }
  }

  /** The values of a table, by run, column and cell; NaN where there is no row. */
  async cells({
    files,
    keys,
    values,
    sizeOf,
    cellOf,
    isWhole,
  }: CellTable): Promise<Float64Array[][]> {
    const before = this.faults.total;
    const cells = this.runs.map((run) =>
      values.map(() => new Float64Array(sizeOf(run)).fill(Number.NaN)),
    );
    await this.each(files, [...keys, ...values], (run, batch, r) => {
      const columns = cells[run];
      const cell = cellOf(batch, r);
      if (cell >= columns[0].length) {
        const text = `the run ends before this slot`;
        this.#add(batch, r, keys[0].name, 'slot-outside-run', text);
      } else if (!Number.isNaN(columns[0][cell])) {
        this.#add(batch, r, keys[0].name, 'duplicate-slot', 'the row repeats another');
      } else {
        for (let v = 0; v < columns.length; v++) {
          columns[v][cell] = batch.values[2 + keys.length + v][r];
        }
      }
    });
    if (isWhole && this.faults.total === before && files.length > 0) this.#addMissing(files, cells);
    return cells;
  }

  #addMissing([{ file }]: readonly TableFile[], cells: readonly Float64Array[][]): void {
    for (const [i, [column]] of cells.entries()) {
      const missing = column.reduce((sum, value) => sum + Number(Number.isNaN(value)), 0);
      if (missing === 0) continue;
      const { policy, seed } = this.runs[i];
      const text = `${missing} of ${column.length} rows of ${policy}, seed ${seed}, are missing`;
      this.faults.add({ file, line: 0, field: '', rule: 'missing-rows', text, cure: CURE });
    }
  }

  #add({ file, line }: RowBatch, r: number, field: string, rule: string, text: string): void {
    this.faults.add({ file, line: line[r], field, rule, text, cure: CURE });
  }
}

/** Whether no cell that is needed is empty or at fault. */
function isSound(batch: RowBatch, columns: readonly Column[], r: number): boolean {
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c];
    if (column.mayBeEmpty) continue;
    const isId = column.kind === 'identifier' || column.kind === 'reference';
    if (isId ? batch.ids[c][r] < 0 : Number.isNaN(batch.values[c][r])) return false;
  }
  return true;
}
