import type { ResourceRows } from './problem.js';

/** The slots that steps can load, per resource; capacity is for the caller to fill. */
export function layResourceRows(
  count: number,
  slots: number,
  steps: { resource: Int32Array; lag: Int32Array; span: Int32Array },
): ResourceRows {
  const first = new Int32Array(count).fill(2147483647);
  const end = new Int32Array(count);
  for (let j = 0; j < steps.resource.length; j++) {
    const r = steps.resource[j];
    first[r] = Math.min(first[r], steps.lag[j]);
    end[r] = Math.max(end[r], steps.lag[j] + steps.span[j] - 1 + slots);
  }
  const at = new Int32Array(count + 1);
  for (let r = 0; r < count; r++) {
    if (end[r] === 0) first[r] = 0;
    at[r + 1] = at[r] + end[r] - first[r];
  }
  return { count, at, first, capacity: new Float64Array(at[count]) };
}
