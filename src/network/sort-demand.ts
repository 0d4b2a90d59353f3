import type { FaultList } from './fault.js';
import type { RawDemand } from './read-demand.js';
import { ROW_PARCELS_MAX } from './rules.js';
import type { Demand } from './scenario.js';
import { sharedInts } from './shared.js';
import { RowSorter } from './sort-rows.js';

/**
 * Sorts demand by (pair, service, ready slot, shipper), sums equal keys and cuts it into cohorts and
 * flows. O(rows): a counting sort by flow, then each flow by itself. Empties `raw.blocks` as it goes:
 * 44 million rows need 1.1 GB at the peak, and 0.6 GB at the end.
 */
export function sortDemand(
  raw: RawDemand,
  pairOfFlow: Int32Array,
  services: number,
  faults: FaultList,
): Demand {
  const order = flowOrder(pairOfFlow, raw.flows.service, services);
  const rank = new Int32Array(order.length);
  order.forEach((flow, r) => {
    rank[flow] = r;
  });
  const rows = scatter(raw, rank);
  const flowEnd = sumRepeated(rows, faults);
  const cohorts = cutCohorts(rows, flowEnd);
  const kept = flowEnd.at(-1) ?? 0;
  const inFlows = flowEnd.length;
  return {
    shippers: raw.shippers,
    flowPair: pick(pairOfFlow, order, inFlows),
    flowService: pick(raw.flows.service, order, inFlows),
    ...cohorts,
    rowShipper: rows.shipper.subarray(0, kept),
    rowParcels: rows.parcels.subarray(0, kept),
    repeated: rows.slot.length - kept,
  };
}

/** Flows by (pair, service). */
function flowOrder(pair: Int32Array, service: Int32Array, services: number): Int32Array {
  const { length } = pair;
  const keys = Float64Array.from(pair, (p, flow) => (p * services + service[flow]) * length + flow);
  return Int32Array.from(keys.toSorted(), (key) => key % length);
}

function pick(values: Int32Array, order: Int32Array, length: number): Int32Array {
  const picked = sharedInts(length);
  for (let i = 0; i < length; i++) picked[i] = values[order[i]];
  return picked;
}

/** Rows by the rank of their flow; flow of rank r has rows start[r] … start[r+1] − 1. */
interface Rows {
  readonly start: Int32Array;
  readonly slot: Int16Array;
  readonly shipper: Int32Array;
  readonly parcels: Uint32Array;
}

function scatter(raw: RawDemand, rank: Int32Array): Rows {
  const start = new Int32Array(rank.length + 1);
  for (const block of raw.blocks) {
    for (let i = 0; i < block.rows; i++) start[rank[block.flow[i]] + 1] += 1;
  }
  for (let r = 0; r < rank.length; r++) start[r + 1] += start[r];
  const size = start[rank.length];
  const next = start.slice();
  const slot = new Int16Array(size);
  const shipper = sharedInts(size);
  const parcels = new Uint32Array(new SharedArrayBuffer(size * 4));
  for (let block = raw.blocks.shift(); block; block = raw.blocks.shift()) {
    for (let i = 0; i < block.rows; i++) {
      const at = next[rank[block.flow[i]]]++;
      slot[at] = block.slot[i];
      shipper[at] = block.shipper[i];
      parcels[at] = block.parcels[i];
    }
  }
  return { start, slot, shipper, parcels };
}

/** Sorts each flow by (slot, shipper) and sums equal rows, moving all rows up; returns where each flow then ends. */
function sumRepeated(rows: Rows, faults: FaultList): Int32Array {
  const { start, slot, shipper, parcels } = rows;
  const flowEnd = new Int32Array(start.length - 1);
  const sorter = new RowSorter(rows);
  let kept = 0;
  for (let r = 0; r < flowEnd.length; r++) {
    sorter.sort(start[r], start[r + 1]);
    const first = kept;
    for (let i = start[r]; i < start[r + 1]; i++) {
      const last = kept - 1;
      if (last >= first && slot[last] === slot[i] && shipper[last] === shipper[i]) {
        const sum = parcels[last] + parcels[i];
        if (sum > ROW_PARCELS_MAX) addTooMany(sum, faults);
        parcels[last] = sum;
      } else {
        slot[kept] = slot[i];
        shipper[kept] = shipper[i];
        parcels[kept] = parcels[i];
        kept += 1;
      }
    }
    flowEnd[r] = kept;
  }
  return flowEnd;
}

function addTooMany(sum: number, faults: FaultList): void {
  const text = `rows of one key sum to ${sum} parcels, more than ${ROW_PARCELS_MAX}`;
  const cure = 'Write smaller numbers; the unit may be wrong.';
  faults.add({ file: 'demand', line: 0, field: 'parcels', rule: 'too-large', text, cure });
}

function cutCohorts(
  { slot }: Rows,
  flowEnd: Int32Array,
): Pick<Demand, 'cohortStart' | 'cohortSlot' | 'rowStart'> {
  const cohortStart = sharedInts(flowEnd.length + 1);
  eachCohort(
    slot,
    flowEnd,
    () => {},
    (flow, cohorts) => {
      cohortStart[flow + 1] = cohorts;
    },
  );
  const cohorts = cohortStart[flowEnd.length];
  const cohortSlot = new Int16Array(new SharedArrayBuffer(cohorts * 2));
  const rowStart = sharedInts(cohorts + 1);
  rowStart[cohorts] = flowEnd.at(-1) ?? 0;
  eachCohort(
    slot,
    flowEnd,
    (cohort, row) => {
      cohortSlot[cohort] = slot[row];
      rowStart[cohort] = row;
    },
    () => {},
  );
  return { cohortStart, cohortSlot, rowStart };
}

/** Tells of the first row of each cohort, and of the cohorts up to the end of each flow. */
function eachCohort(
  slot: Int16Array,
  flowEnd: Int32Array,
  onCohort: (cohort: number, row: number) => void,
  onFlow: (flow: number, cohorts: number) => void,
): void {
  let cohort = 0;
  let row = 0;
  for (let flow = 0; flow < flowEnd.length; flow++) {
    for (const first = row; row < flowEnd[flow]; row++) {
      if (row === first || slot[row] !== slot[row - 1]) onCohort(cohort++, row);
    }
    onFlow(flow, cohort);
  }
}
