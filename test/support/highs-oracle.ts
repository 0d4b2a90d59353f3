import type { Highs, InitOptions } from 'highs';
import * as highsPackage from 'highs';
import type { PriceTable } from '../../src/network/plan-files.js';
import type { Scenario } from '../../src/network/scenario.js';
import type { LinearProgramme } from './linear-programme.js';
import { buildReleaseLp, type ReleaseLp } from './release-lp.js';

/** What HiGHS finds for a scenario small enough for it. */
export interface OracleAnswer {
  /** Least Z: of the linear relaxation, or over whole parcels when asked. */
  readonly optimum: number;
  /** Duals of the capacities, those > 0, and a closing price where nothing is left; empty for whole parcels. */
  readonly prices: PriceTable;
  /** Releases > 0 of the optimal solution found; what is missing to a cohort is carried over. */
  readonly releases: readonly CohortRelease[];
}

export interface CohortRelease {
  readonly cohort: number;
  readonly slot: number;
  readonly route: number;
  readonly parcels: number;
}

/** Solves the release planning problem to optimality with HiGHS, as an oracle for tests. */
export async function solveWithHighs(scenario: Scenario, whole = false): Promise<OracleAnswer> {
  const lp = buildReleaseLp(scenario);
  const { optimum, colValue, rowDual } = await solveLp(lp, whole);
  return answerOf(lp, optimum, colValue, whole ? [] : rowDual);
}

/** @throws Error when HiGHS does not prove an optimum. */
export async function solveLp(lp: LinearProgramme, whole = false) {
  const highs = await (loaded ??= load());
  if (lp.colCost.length === 0) {
    return { optimum: lp.offset, colValue: [], rowDual: new Float64Array(lp.rowUpper.length) };
  }
  return highs.withModel(modelOf(highs, lp, whole), (model) => {
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-7 });
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) {
      throw new Error(`HiGHS stopped with model status ${model.getModelStatus()}`);
    }
    const { colValue, rowDual } = model.getSolution();
    return { optimum: model.getObjectiveValue(), colValue, rowDual };
  });
}

/** The package's types are CommonJS, its module is not: the default export is the loader itself. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const load = highsPackage.default as unknown as (options?: InitOptions) => Promise<Highs>;
let loaded: Promise<Highs> | undefined;

/** Smaller duals and values are what the simplex tolerances leave of 0. */
const NOISE = 1e-9;

function answerOf(
  lp: ReleaseLp,
  optimum: number,
  colValue: ArrayLike<number>,
  rowDual: ArrayLike<number>,
): OracleAnswer {
  const open = Array.from(lp.rowResource, (resource, i) => ({
    resource,
    slot: lp.rowSlot[i],
    price: -(rowDual[lp.cohorts + i] ?? 0),
  }));
  const prices = [...open, ...(rowDual.length > 0 ? lp.closed : [])]
    .filter((p) => p.price > NOISE)
    .toSorted((a, b) => a.resource - b.resource || a.slot - b.slot);
  const releases = Array.from(lp.colSlot, (slot, j) => ({
    cohort: lp.colCohort[j],
    slot,
    route: lp.colRoute[j],
    parcels: colValue[j],
  })).filter((y) => y.parcels > NOISE);
  return {
    optimum,
    prices: {
      resource: Int32Array.from(prices, (p) => p.resource),
      slot: Int32Array.from(prices, (p) => p.slot),
      price: Float64Array.from(prices, (p) => p.price),
    },
    releases,
  };
}

function modelOf(highs: Highs, lp: LinearProgramme, whole: boolean) {
  const [numCols, numRows] = [lp.colCost.length, lp.rowUpper.length];
  return {
    numCols,
    numRows,
    offset: lp.offset,
    colCost: lp.colCost,
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(highs.infinity),
    rowLower: lp.rowLower,
    rowUpper: lp.rowUpper,
    matrix: {
      format: 'csc' as const,
      numRows,
      numCols,
      starts: lp.colStart,
      indices: lp.index,
      values: lp.value,
    },
    ...(whole && { integrality: new Int32Array(numCols).fill(1) }),
  };
}
