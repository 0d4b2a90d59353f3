import { readPlan } from '../../network/read-plan.js';
import type { Scenario } from '../../network/scenario.js';
import type { BindingResource } from '../../plan/binding.js';
import { type Comparison, comparePlans, type GroupComparison } from '../../plan/compare.js';
import { measurePlan } from '../../plan/statistics.js';
import { readShown } from './read-shown.js';
import { count, decimal, gapText, textTable } from './text-table.js';

/** Rows of a group or of binding resources that are listed; `--json` has them all. */
const ROWS_SHOWN = 15;

/** Two plans of one scenario side by side. */
export async function comparePlanFolders(
  scenarioPath: string,
  [pathA, pathB]: readonly [string, string],
  { json }: { readonly json?: boolean },
): Promise<void> {
  const scenario = await readShown(scenarioPath);
  const a = await measure(scenario, pathA);
  const comparison = comparePlans(a, await measure(scenario, pathB));
  const text = json ? JSON.stringify(comparison, null, 2) : linesOf(comparison).join('\n');
  process.stdout.write(`${text}\n`);
}

async function measure(scenario: Scenario, path: string) {
  const plan = await readPlan(path, scenario);
  const statistics = await measurePlan(scenario, plan.releases(), plan.prices);
  return { summary: plan.summary, statistics };
}

function linesOf(comparison: Comparison): string[] {
  const { shipper, origin } = comparison.inequality;
  return [
    ...textTable(
      ['', 'A', 'B', 'B − A'],
      [
        ...comparison.figures.map(({ name, a, b }) => {
          const text = name === 'gap' ? gapText : decimal;
          return [name, text(a), text(b), text(b - a)];
        }),
        numberRow('inequality by shipper', shipper.a, shipper.b, 4),
        numberRow('inequality by origin', origin.a, origin.b, 4),
      ],
    ),
    ...groupLines('All', [{ key: 'all', ...comparison.holds }]),
    ...groupLines('By service', comparison.byService),
    ...groupLines('By shipper', comparison.byShipper),
    ...groupLines('By destination', comparison.byDestination),
    ...groupLines('By origin', comparison.byOrigin),
    ...bindingLines('Binds in A only', comparison.bindsOnlyInA),
    ...bindingLines('Binds in B only', comparison.bindsOnlyInB),
  ];
}

function numberRow(name: string, a: number, b: number, digits: number): string[] {
  return [name, decimal(a, digits), decimal(b, digits), decimal(b - a, digits)];
}

/** The groups whose mean hold differs most. */
function groupLines(title: string, groups: readonly GroupComparison[]): string[] {
  const changed = groups.toSorted((x, y) => change(y) - change(x)).slice(0, ROWS_SHOWN);
  const shown = changed.length < groups.length ? `, the ${ROWS_SHOWN} that differ most` : '';
  return [
    '',
    `${title}: holds in hours and parcels carried over${shown}`,
    ...textTable(
      ['', 'mean A', 'mean B', '95 % A', '95 % B', 'carried A', 'carried B'],
      changed.map(({ key, a, b }) => [
        key,
        decimal(a.meanHours),
        decimal(b.meanHours),
        decimal(a.p95Hours),
        decimal(b.p95Hours),
        count(a.carried),
        count(b.carried),
      ]),
    ),
  ];
}

function change({ a, b }: GroupComparison): number {
  return Math.abs(b.waitedSlots - a.waitedSlots);
}

function bindingLines(title: string, binding: readonly BindingResource[]): string[] {
  if (binding.length === 0) return ['', `${title}: none`];
  return [
    '',
    `${title}: ${count(binding.length)}`,
    ...textTable(
      ['resource', 'paid', 'slots', 'dearest slot', 'price'],
      binding
        .slice(0, ROWS_SHOWN)
        .map((b) => [
          b.resource,
          decimal(b.paid),
          count(b.slots),
          String(b.slot),
          decimal(b.price, 4),
        ]),
    ),
  ];
}
