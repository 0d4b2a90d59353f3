import type { HoldGroup } from '../../../plan/holds.js';
import type { HoldsView } from '../../../plan/season-view.js';
import type { Organisation } from '../../access/principal.js';
import type { PlanSight } from '../../plans/plan-sight.js';
import type { PlanView } from '../../plans/plan-views.js';
import type { NotedVersion } from '../../postgres/plan-notes.js';
import type { ComparisonAnswer } from './schema.js';
import { answerVersion, certificateOf } from './version-answers.js';
import { answerOverload, namedResource, seenOf } from './view-answers.js';

/** A version as one of two that are compared. */
export interface ComparedPlan {
  readonly noted: NotedVersion;
  readonly view: PlanView;
}

/** Two versions side by side, as far as both are seen. */
export async function answerComparison(
  a: ComparedPlan,
  b: ComparedPlan,
  viewer: Organisation,
  sight: PlanSight,
  kind: string,
  inForce: number,
): Promise<ComparisonAnswer> {
  const [holdsA, holdsB] = [await a.view.holds(sight), await b.view.holds(sight)];
  const side = ({ noted, view }: ComparedPlan, { holds }: HoldsView) => ({
    version: answerVersion(noted, viewer, sight, inForce),
    certificate: certificateOf(view.summary, sight),
    holds: holds.all,
    overload: answerOverload(view, sight).planned,
  });
  const seen = seenOf(a.view, sight, kind);
  return {
    a: side(a, holdsA),
    b: side(b, holdsB),
    shippers: paired(holdsA.holds.byShipper, holdsB.holds.byShipper),
    origins: paired(holdsA.holds.byOrigin, holdsB.holds.byOrigin),
    destinations: paired(holdsA.holds.byDestination, holdsB.holds.byDestination),
    resources: seen.length,
    loads: seen.flatMap((r) => {
      const difference = differenceOf(a.view, b.view, r);
      return difference.some((parcels) => parcels !== 0)
        ? [{ resource: namedResource(a.view, r), difference }]
        : [];
    }),
  };
}

/** Both are of the same season, so every group is in both. */
function paired(a: readonly HoldGroup[], b: readonly HoldGroup[]): ComparisonAnswer['shippers'] {
  const other = new Map(b.map(({ key, figures }) => [key, figures]));
  return a.flatMap(({ key, figures }) => {
    const match = other.get(key);
    return match ? [{ key, a: figures, b: match }] : [];
  });
}

function differenceOf(a: PlanView, b: PlanView, r: number): number[] {
  const { slots } = a.loads.planned;
  const until = Math.max(a.loads.loadedUntil[r], b.loads.loadedUntil[r]);
  const [x, y] = [a.loads.planned.values, b.loads.planned.values];
  return Array.from({ length: until }, (_, u) => y[r * slots + u] - x[r * slots + u]);
}
