import type { Scenario } from '../network/scenario.js';
import { cohortLabel } from './labels.js';
import type { ReleasesByRow } from './release-ledger.js';
import type { ViolationList } from './report.js';

/**
 * What must hold of whole cohorts (specification, section 3), in whole numbers throughout.
 *
 * Constraint 1, for a shipper with n ready: released + carried over = n.
 *
 * Constraint 3, for every slot t, with R of the cohort's N parcels released up to and including t and
 * x of them the shipper's:  |x·N − n·R| < N.  Both sides change only in slots in which the cohort
 * releases, so those are compared. A cohort with one shipper has x = R and n = N.
 */
export class CohortPass {
  /** Ready parcels, all cohorts. */
  ready = 0;
  /** Released in slot t by the cohort at hand, and by the shipper at hand; all 0 between uses. */
  readonly #cohortAt: Float64Array;
  readonly #shipperAt: Float64Array;
  /** Slots in which the cohort at hand releases. */
  readonly #slots: number[] = [];

  constructor(
    readonly scenario: Scenario,
    readonly releases: ReleasesByRow,
    readonly violations: ViolationList,
  ) {
    this.#cohortAt = new Float64Array(scenario.slots);
    this.#shipperAt = new Float64Array(scenario.slots);
  }

  run(): void {
    const { cohortStart, flowPair, rowStart, rowParcels } = this.scenario.demand;
    for (let flow = 0; flow < flowPair.length; flow++) {
      for (let k = cohortStart[flow]; k < cohortStart[flow + 1]; k++) {
        for (let row = rowStart[k]; row < rowStart[k + 1]; row++) {
          this.ready += rowParcels[row];
          this.#checkRow(flow, k, row);
        }
        if (rowStart[k + 1] - rowStart[k] > 1) this.#checkShares(flow, k);
      }
    }
  }

  #checkRow(flow: number, cohort: number, row: number): void {
    const { start, slot, parcels } = this.releases;
    const ready = this.scenario.demand.rowParcels[row];
    let released = 0;
    let carried = 0;
    for (let i = start[row]; i < start[row + 1]; i++) {
      if (slot[i] < 0) carried += parcels[i];
      else released += parcels[i];
    }
    if (released + carried === ready) return;
    this.violations.add('lost', () => ({
      where: this.#label(flow, cohort, row),
      text: `${released} released + ${carried} carried over, but ${ready} ready`,
      by: released + carried - ready,
    }));
  }

  #checkShares(flow: number, cohort: number): void {
    const { rowStart, rowParcels } = this.scenario.demand;
    const [from, until] = [rowStart[cohort], rowStart[cohort + 1]];
    let N = 0;
    for (let row = from; row < until; row++) {
      N += rowParcels[row];
      this.#addSlots(row);
    }
    this.#slots.sort((a, b) => a - b);
    for (let row = from; row < until; row++) this.#checkShare(flow, cohort, row, N);
    for (const t of this.#slots) this.#cohortAt[t] = 0;
    this.#slots.length = 0;
  }

  #addSlots(row: number): void {
    const { start, slot, parcels } = this.releases;
    for (let i = start[row]; i < start[row + 1]; i++) {
      const t = slot[i];
      if (t < 0) continue;
      if (this.#cohortAt[t] === 0) this.#slots.push(t);
      this.#cohortAt[t] += parcels[i];
    }
  }

  #checkShare(flow: number, cohort: number, row: number, N: number): void {
    const { start, slot, parcels } = this.releases;
    const n = this.scenario.demand.rowParcels[row];
    for (let i = start[row]; i < start[row + 1]; i++) {
      if (slot[i] >= 0) this.#shipperAt[slot[i]] += parcels[i];
    }
    let x = 0;
    let R = 0;
    for (const t of this.#slots) {
      x += this.#shipperAt[t];
      R += this.#cohortAt[t];
      this.#shipperAt[t] = 0;
      if (!isFair(x, N, n, R)) this.#reportShare(this.#label(flow, cohort, row), t, { x, N, n, R });
    }
  }

  #reportShare(where: string, t: number, { x, N, n, R }: Share): void {
    const due = (n * R) / N;
    this.violations.add('favoured', () => ({
      where: `${where}, slot ${t}`,
      text: `${x} of its ${n} released when the cohort has released ${R} of ${N}: its share is ${due.toFixed(3)}`,
      by: x - due,
    }));
  }

  #label(flow: number, cohort: number, row: number): string {
    const { demand } = this.scenario;
    const [pair, service] = [demand.flowPair[flow], demand.flowService[flow]];
    const label = cohortLabel(this.scenario, pair, service, demand.cohortSlot[cohort]);
    return `${demand.shippers.get(demand.rowShipper[row])} ${label}`;
  }
}

interface Share {
  readonly x: number;
  readonly N: number;
  readonly n: number;
  readonly R: number;
}

/** |x·N − n·R| < N, exactly. */
function isFair(x: number, N: number, n: number, R: number): boolean {
  const [mine, due] = [x * N, n * R];
  if (mine <= Number.MAX_SAFE_INTEGER && due <= Number.MAX_SAFE_INTEGER) {
    return Math.abs(mine - due) < N;
  }
  const off = BigInt(x) * BigInt(N) - BigInt(n) * BigInt(R);
  return off < BigInt(N) && -off < BigInt(N);
}
