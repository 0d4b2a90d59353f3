import type { Merged } from './merge.js';
import type { ResourceRows } from './problem.js';

/** Where the entries of one resource stand in a plane of floats, for steps of one span. */
export interface Row {
  readonly resource: number;
  readonly span: number;
  /** First float of the row, and how many count. */
  readonly offset: number;
  readonly length: number;
}

/** Rows of a plane, and where each step's row stands for start slot 0. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly stepAt: Int32Array;
  readonly floats: number;
}

/**
 * Lays a row for each resource of the merged problem, or with `bySpan` for each resource and span:
 * prices and loads are then those of whole windows, and a step reads one number whatever its span.
 */
export function layRows(merged: Merged, resources: ResourceRows, bySpan: boolean): Rows {
  const numberOf = new Map<number, number>();
  const stepAt = new Int32Array(merged.stepResource.length);
  const rows: Row[] = [];
  let floats = 0;
  for (let j = 0; j < stepAt.length; j++) {
    const resource = merged.stepResource[j];
    const span = bySpan ? merged.stepSpan[j] : 1;
    const key = span * resources.count + resource;
    let row = numberOf.get(key);
    if (row === undefined) {
      row = rows.length;
      numberOf.set(key, row);
      const length = resources.at[resource + 1] - resources.at[resource];
      rows.push({ resource, span, offset: floats, length });
      floats += (length + 7) & ~3; // the kernel reads up to 3 past the end
    }
    stepAt[j] = rows[row].offset + merged.stepLag[j] - resources.first[resource];
  }
  return { rows, stepAt, floats };
}

/** Writes prices per entry as prices per window: Σ over the `span` entries from each on. */
export function writeWindows(
  { rows }: Rows,
  resources: ResourceRows,
  price: Float64Array,
  to: Float32Array,
): void {
  for (const { resource, span, offset, length } of rows) {
    const from = resources.at[resource];
    if (span === 1) {
      for (let i = 0; i < length; i++) to[offset + i] = price[from + i];
      continue;
    }
    // A window without prices is 0 to the bit: the kernel counts steps that have a price.
    for (let i = length - 1, sum = 0, priced = 0; i >= 0; i--) {
      const before = i + span < length ? price[from + i + span] : 0;
      priced += (price[from + i] > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
      sum = priced === 0 ? 0 : sum + price[from + i] - before;
      to[offset + i] = Math.max(0, sum);
    }
  }
}

/**
 * Adds up planes of window sums into entries, in the order of the planes: an entry gets what all
 * windows that cover it have, times the span where `timesSpan` (an answer to a price in every slot).
 */
export function gatherWindows(
  { rows }: Rows,
  resources: ResourceRows,
  planes: readonly Float32Array[],
  timesSpan: boolean,
  out: Float64Array,
): void {
  const { at } = resources;
  for (const { resource } of rows) out.fill(0, at[resource], at[resource + 1]);
  for (const { resource, span, offset, length } of rows) {
    const to = at[resource];
    if (span === 1) {
      for (const values of planes) {
        for (let i = 0; i < length; i++) out[to + i] += values[offset + i];
      }
      continue;
    }
    const factor = timesSpan ? span : 1;
    for (let i = 0, sum = 0; i < length; i++) {
      for (const values of planes) {
        sum += values[offset + i];
        if (i >= span) sum -= values[offset + i - span];
      }
      out[to + i] += factor * sum;
    }
  }
}
