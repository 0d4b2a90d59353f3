import type { PlanSummary } from '../network/plan-files.js';
import type { BindingResource } from './binding.js';
import type { HoldFigures } from './hold-table.js';
import type { HoldGroup } from './holds.js';
import type { PlanStatistics } from './statistics.js';

/** Two plans of one scenario side by side. */
export interface Comparison {
  readonly figures: readonly {
    readonly name: 'objective' | 'bound' | 'gap' | 'ready' | 'released' | 'carried' | 'seconds';
    readonly a: number;
    readonly b: number;
  }[];
  readonly holds: Both<HoldFigures>;
  readonly byService: readonly GroupComparison[];
  readonly byShipper: readonly GroupComparison[];
  readonly byDestination: readonly GroupComparison[];
  readonly byOrigin: readonly GroupComparison[];
  /** Gini coefficients of the mean wait; 0 is equal. */
  readonly inequality: { readonly shipper: Both<number>; readonly origin: Both<number> };
  /** Resources that bind in one plan and not in the other, the one most is paid to first. */
  readonly bindsOnlyInA: readonly BindingResource[];
  readonly bindsOnlyInB: readonly BindingResource[];
}

export interface Both<V> {
  readonly a: V;
  readonly b: V;
}

export interface GroupComparison extends Both<HoldFigures> {
  readonly key: string;
}

export interface MeasuredPlan {
  readonly summary: PlanSummary;
  readonly statistics: PlanStatistics;
}

/** Both plans are of the same scenario, so every group is in both. */
export function comparePlans(a: MeasuredPlan, b: MeasuredPlan): Comparison {
  const [left, right] = [a.statistics, b.statistics];
  const names = ['objective', 'bound', 'gap', 'ready', 'released', 'carried', 'seconds'] as const;
  const groups = (of: (s: PlanStatistics) => readonly HoldGroup[]) =>
    pairGroups(of(left), of(right));
  return {
    figures: names.map((name) => ({ name, a: a.summary[name], b: b.summary[name] })),
    holds: { a: left.holds.all, b: right.holds.all },
    byService: groups((s) => s.holds.byService),
    byShipper: groups((s) => s.holds.byShipper),
    byDestination: groups((s) => s.holds.byDestination),
    byOrigin: groups((s) => s.holds.byOrigin),
    inequality: {
      shipper: { a: left.holds.inequality.shipper, b: right.holds.inequality.shipper },
      origin: { a: left.holds.inequality.origin, b: right.holds.inequality.origin },
    },
    bindsOnlyInA: withoutThose(left.binding, right.binding),
    bindsOnlyInB: withoutThose(right.binding, left.binding),
  };
}

function pairGroups(a: readonly HoldGroup[], b: readonly HoldGroup[]): GroupComparison[] {
  const other = new Map(b.map((group) => [group.key, group.figures]));
  return a.flatMap(({ key, figures }) => {
    const match = other.get(key);
    return match ? [{ key, a: figures, b: match }] : [];
  });
}

function withoutThose(
  binding: readonly BindingResource[],
  others: readonly BindingResource[],
): BindingResource[] {
  const known = new Set(others.map(({ resource }) => resource));
  return binding.filter(({ resource }) => !known.has(resource));
}
