import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { components } from '../../src/solver/components.js';
import { type Merged, merge } from '../../src/solver/merge.js';
import { arbitraryPriced } from '../support/arbitrary-problem.js';

it('components hold every group once, and groups that share a resource, directly or not, together', () => {
  fc.assert(
    fc.property(arbitraryPriced, ({ problem, active }) => {
      const merged = merge(problem, active);
      const found = components(merged, problem.resources.count);
      const parts = Array.from({ length: found.count }, (_, c) =>
        Array.from(found.order.subarray(found.start[c], found.start[c + 1])).toSorted(byNumber),
      );
      expect(parts.toSorted(byFirst)).toEqual(bySpreading(merged).toSorted(byFirst));
      const sizes = parts.slice(0, -1).map((part) => cohortsOf(merged, part));
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    }),
    { numRuns: 300 },
  );
});

/** Components found the slow way: groups without resources are one, the others spread until they meet no more. */
function bySpreading(merged: Merged): number[][] {
  const groups = Array.from({ length: merged.groups }, (_, g) => g);
  const uses = groups.map((g) => resourcesOf(merged, g));
  const meet = (a: number, b: number) =>
    uses[a].size === 0 ? uses[b].size === 0 : [...uses[a]].some((r) => uses[b].has(r));
  const parts: number[][] = [];
  const rest = new Set(groups);
  for (const first of groups) {
    if (!rest.delete(first)) continue;
    const part = [first];
    for (const a of part) {
      for (const b of rest) {
        if (!meet(a, b)) continue;
        rest.delete(b);
        part.push(b);
      }
    }
    parts.push(part.toSorted(byNumber));
  }
  return parts;
}

function resourcesOf(merged: Merged, g: number): Set<number> {
  const [o0, o1] = [merged.optionStart[g], merged.optionStart[g + 1]];
  return new Set(merged.stepResource.subarray(merged.stepStart[o0], merged.stepStart[o1]));
}

function cohortsOf(merged: Merged, groups: readonly number[]): number {
  const of = (g: number) => merged.cohortStart[merged.flowStart[g]];
  return groups.reduce((sum, g) => sum + of(g + 1) - of(g), 0);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function byFirst(a: readonly number[], b: readonly number[]): number {
  return a[0] - b[0];
}
