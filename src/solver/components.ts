import type { Merged } from './merge.js';

/** Groups by connected component: those that share a resource, directly or through others. */
export interface Components {
  readonly count: number;
  /** Groups of component c: order[start[c]] … order[start[c + 1] − 1]. Large components first. */
  readonly start: Int32Array;
  readonly order: Int32Array;
}

export function components(merged: Merged, resources: number): Components {
  const parent = Int32Array.from({ length: resources }, (_, r) => r);
  const find = (r: number): number => {
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  };
  const firstResource = new Int32Array(merged.groups).fill(-1);
  for (let g = 0; g < merged.groups; g++) {
    const j0 = merged.stepStart[merged.optionStart[g]];
    const j1 = merged.stepStart[merged.optionStart[g + 1]];
    if (j0 === j1) continue;
    firstResource[g] = merged.stepResource[j0];
    for (let j = j0 + 1; j < j1; j++) {
      const a = find(firstResource[g]);
      const b = find(merged.stepResource[j]);
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  // Groups without an active step bind nothing: they are one component, the last.
  const root = (g: number) => (firstResource[g] < 0 ? resources : find(firstResource[g]));
  const size = new Float64Array(resources + 1);
  const number = new Int32Array(resources + 1).fill(-1);
  for (let g = 0; g < merged.groups; g++) {
    size[root(g)] +=
      merged.cohortStart[merged.flowStart[g + 1]] - merged.cohortStart[merged.flowStart[g]];
  }
  const roots = Array.from(size.keys()).filter((r) => size[r] > 0);
  roots.sort((a, b) => size[b] - size[a] || a - b);
  for (const [c, r] of roots.entries()) number[r] = c;
  const start = new Int32Array(roots.length + 1);
  for (let g = 0; g < merged.groups; g++) start[number[root(g)] + 1] += 1;
  for (let c = 0; c < roots.length; c++) start[c + 1] += start[c];
  const order = new Int32Array(merged.groups);
  const next = start.slice();
  for (let g = 0; g < merged.groups; g++) order[next[number[root(g)]]++] = g;
  return { count: roots.length, start, order };
}
