import type { Figures } from './figures.js';
import type { FlowColumns } from './flow-counts.js';
import type { CountedPicture } from './picture.js';
import { KINDS } from './scan-rows.js';

/** A figure that was counted live and is recounted otherwise. */
export interface Difference {
  /** What is counted: `stock`, `bound`, `flow`, or the name of a total. */
  readonly figure: string;
  /** Number of the resource; −1 for a total. */
  readonly resource: number;
  /** Of a flow. */
  readonly kind?: string;
  readonly slot?: number;
  readonly live: number;
  readonly recounted: number;
}

/** Every figure of a picture against the recount, in a fixed order. */
export function* differences(live: CountedPicture, figures: Figures): Generator<Difference> {
  const totals = { ...figures.total() };
  const { scans, parcels, departed, conflicts } = figures;
  const recounted = { scans, parcels, departed, conflicts, ...totals };
  for (const name of NAMES) {
    if (Object.is(live[name], recounted[name])) continue;
    yield { figure: name, resource: -1, live: live[name], recounted: recounted[name] };
  }
  for (const name of ['stock', 'bound'] as const) {
    for (let r = 0; r < figures.stock.length; r++) {
      const [a, b] = [live[name][r], figures[name][r]];
      if (a !== b) yield { figure: name, resource: r, live: a, recounted: b };
    }
  }
  yield* flowDifferences(live.flows, figures.flows.sorted());
}

const NAMES = [
  'scans',
  'parcels',
  'departed',
  'conflicts',
  'received',
  'applied',
  'superseded',
  'duplicate',
  'quarantined',
] as const;

/** Two lists of flows, each in order, walked together. */
function* flowDifferences(live: FlowColumns, mine: FlowColumns): Generator<Difference> {
  let [a, b] = [0, 0];
  while (a < live.scans.length || b < mine.scans.length) {
    const order = compareKeys(live, a, mine, b);
    const [of, at] = order <= 0 ? [live, a] : [mine, b];
    const [counted, recounted] = [order <= 0 ? live.scans[a] : 0, order >= 0 ? mine.scans[b] : 0];
    if (counted !== recounted) {
      const [resource, kind, slot] = [of.resource[at], KINDS[of.kind[at] - 1], of.slot[at]];
      yield { figure: 'flow', resource, kind, slot, live: counted, recounted };
    }
    if (order <= 0) a += 1;
    if (order >= 0) b += 1;
  }
}

function compareKeys(live: FlowColumns, a: number, mine: FlowColumns, b: number): number {
  if (a === live.scans.length) return 1;
  if (b === mine.scans.length) return -1;
  return (
    live.resource[a] - mine.resource[b] ||
    live.kind[a] - mine.kind[b] ||
    live.slot[a] - mine.slot[b]
  );
}
