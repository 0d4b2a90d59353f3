import type { PlanSummary } from '../../network/plan-files.js';
import type { BindingResource } from '../../plan/binding.js';
import type { HoldGroup } from '../../plan/holds.js';
import type { PlanStatistics } from '../../plan/statistics.js';
import { count, decimal, gapText, textTable } from './text-table.js';

/** Rows of a group or of binding resources that are listed: as many as one reads. */
const ROWS_SHOWN = 12;

/** What a plan does, as the summary at the end of `plan` says it. */
export function statisticsLines(summary: PlanSummary, statistics: PlanStatistics): string[] {
  const { holds, binding } = statistics;
  const { all, inequality } = holds;
  return [
    `objective Z  ${decimal(summary.objective)}`,
    `bound L      ${decimal(summary.bound)}`,
    `gap          ${gapText(summary.gap)}: no plan is better by more`,
    `parcels      ${count(all.ready)} ready = ${count(all.released)} released + ${count(all.carried)} carried over`,
    `holds        ${count(all.held)} held; mean ${decimal(all.meanHours)} h, 95 % within ${decimal(all.p95Hours)} h`,
    `inequality   ${decimal(inequality.shipper, 3)} between shippers, ${decimal(inequality.origin, 3)} between regions (Gini of the mean wait; 0 is equal)`,
    ...groupLines('Holds by service', holds.byService),
    ...groupLines('Holds by shipper', holds.byShipper),
    ...groupLines('Holds by destination', holds.byDestination),
    ...bindingLines(binding),
  ];
}

/** The groups that wait longest first. */
function groupLines(title: string, groups: readonly HoldGroup[]): string[] {
  const longest = groups.toSorted((a, b) => b.figures.waitedSlots - a.figures.waitedSlots);
  const cut = groups.length > ROWS_SHOWN ? `, the ${ROWS_SHOWN} of ${groups.length} longest` : '';
  return [
    '',
    `${title}${cut}`,
    ...textTable(
      ['', 'ready', 'released', 'held', 'carried', 'mean h', '95 % h'],
      longest
        .slice(0, ROWS_SHOWN)
        .map(({ key, figures: f }) => [
          key,
          ...[f.ready, f.released, f.held, f.carried].map(count),
          decimal(f.meanHours),
          decimal(f.p95Hours),
        ]),
    ),
  ];
}

function bindingLines(binding: readonly BindingResource[]): string[] {
  if (binding.length === 0) return ['', 'No resource binds.'];
  const cut = binding.length > ROWS_SHOWN ? `, the ${ROWS_SHOWN} most is paid to` : '';
  return [
    '',
    `${count(binding.length)} resources bind${cut}`,
    ...textTable(
      ['', 'kind', 'region', 'paid', 'slots', 'dearest slot', 'price', 'load', 'capacity left'],
      binding
        .slice(0, ROWS_SHOWN)
        .map((b) => [
          b.resource,
          b.kind,
          b.region,
          decimal(b.paid),
          count(b.slots),
          String(b.slot),
          decimal(b.price, 3),
          count(b.load),
          count(b.capacity),
        ]),
    ),
  ];
}
