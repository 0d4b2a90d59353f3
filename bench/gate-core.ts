/**
 * The core of the gate on one thread: decisions a second, and bytes a ticket in force.
 *
 *     npm run build:kernel && npx tsx bench/gate-core.ts SCENARIO [REQUESTS]
 *
 * Plans the scenario, then lets every parcel of its demand ask for itself in the slot in which it is ready,
 * shippers and flows mixed, in batches of 1,000; each hundredth request is sent again. What is timed is
 * `decide` alone, in CPU seconds of the process: hash of the id, choice, books, journal. Requests are made
 * before, the journal is thrown away, and all tickets are confirmed when the slot has been asked for.
 */

import { clock } from '../src/edge/clock.js';
import { Gate } from '../src/gate/gate.js';
import { flowOf, gateNetwork } from '../src/gate/gate-network.js';
import { shareRows } from '../src/gate/gate-plan.js';
import { DEFAULT_POLICY } from '../src/gate/policy.js';
import {
  type Answers,
  NO_LIMIT,
  REFUSED,
  REPEATED,
  type RequestBatch,
  TICKETED,
} from '../src/gate/requests.js';
import { readScenario } from '../src/network/read-scenario.js';
import { planSeason } from '../src/plan/plan.js';
import { capacityLeft } from '../src/plan/slot-table.js';

const BATCH = 1000;
/** Requests made at a time: the clock of CPU seconds is slow to read. */
const GROUP = 100 * BATCH;
const [folder, most = '3000000'] = process.argv.slice(2);
const scenario = await readScenario(folder);
const network = gateNetwork(scenario);
const plan = await planSeason(scenario, { gap: 0.01, threads: 1, timeLimitSeconds: 120, clock });
const gate = new Gate(network, DEFAULT_POLICY, Int32Array.of(1, 2, 3, 4));
const before = process.memoryUsage.rss();
const adopted = gate.adopt(
  {
    version: 1,
    from: 0,
    slots: scenario.slots,
    capacity: capacityLeft(scenario, scenario.slots + network.tail),
    shares: await shareRows(network, plan.releases()),
    prices: plan.prices,
  },
  network.startMs,
);
if (adopted !== 'adopted') throw new Error(adopted);

/** Flow of each demand row. */
const flows = flowsOfRows();
let confirmed = 0;
const count = { asked: 0, ticketed: 0, refused: 0, repeated: 0 };
let seconds = 0;
let slowestMs = 0;
let fastestGroup = 0;
let seed = 1;
for (let slot = 0; slot < scenario.slots && count.asked < Number(most); slot++) {
  const rows = shuffled(rowsReadyIn(slot));
  gate.advance(network.startMs + slot * network.slotMs);
  for (let from = 0; from < rows.length && count.asked < Number(most); from += GROUP) {
    measure(rows.subarray(from, from + GROUP), slot);
  }
  confirmAll();
}
const { tickets, index } = gate.state;
const bytes = tickets.bytes + index.bytes;
let inForce = 0;
let later = 0;
for (let row = 0; row < tickets.size; row++) {
  inForce += tickets.isInForce(row) ? 1 : 0;
  later += tickets.slot(row) > tickets.ready(row) ? 1 : 0;
}
let open = 0;
const { shares } = gate.state;
for (let run = 0; run < shares.runs; run++) open += shares.left(run);
const line = {
  folder,
  flows: scenario.demand.flowPair.length,
  runs: shares.runs,
  entries: gate.state.books.entries,
  ...count,
  seconds: seconds.toFixed(2),
  decisionsPerSecond: Math.round(count.asked / seconds),
  fastestHundredThousandPerSecond: Math.round(fastestGroup),
  slowestBatchMs: slowestMs.toFixed(1),
  rows: tickets.size,
  ticketsInForce: inForce,
  later,
  parcelsOfSharesStillOpen: open,
  bytesPerRow: (bytes / tickets.size).toFixed(1),
  bytesPerTicketInForce: (bytes / inForce).toFixed(1),
  residentMegabytesMore: Math.round((process.memoryUsage.rss() - before) / 2 ** 20),
};
process.stdout.write(`${JSON.stringify(line, null, 1)}\n`);

function measure(rows: Int32Array, slot: number): void {
  const batches: RequestBatch[] = [];
  const answers: Answers[] = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = batchOf(rows.subarray(from, from + BATCH), slot);
    count.asked += batch.count;
    batches.push(batch);
    answers.push({
      status: new Uint8Array(batch.count),
      row: new Uint32Array(batch.count),
      record: new Int32Array(batch.count),
    });
  }
  const cpu = process.cpuUsage();
  let wall = performance.now();
  for (let i = 0; i < batches.length; i++) {
    gate.decide(batches[i], gate.state.now, answers[i]);
    gate.journal.length = 0;
    const now = performance.now();
    slowestMs = Math.max(slowestMs, now - wall);
    wall = now;
  }
  const { user, system } = process.cpuUsage(cpu);
  seconds += (user + system) / 1e6;
  if (rows.length === GROUP) fastestGroup = Math.max(fastestGroup, (GROUP * 1e6) / (user + system));
  for (const { status } of answers) {
    for (const s of status) {
      if (s === TICKETED) count.ticketed += 1;
      if (s === REFUSED) count.refused += 1;
      if (s === REPEATED) count.repeated += 1;
    }
  }
}

/** Demand rows ready in a slot, once for each parcel; those of before the season in its first slot. */
function rowsReadyIn(slot: number): Int32Array {
  const { cohortSlot, rowStart, rowParcels } = scenario.demand;
  const rows: number[] = [];
  for (let k = 0; k < cohortSlot.length; k++) {
    if (Math.max(0, cohortSlot[k]) !== slot) continue;
    for (let row = rowStart[k]; row < rowStart[k + 1]; row++) {
      for (let n = 0; n < rowParcels[row]; n++) rows.push(row);
    }
  }
  return Int32Array.from(rows);
}

function shuffled(rows: Int32Array): Int32Array {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = random(i + 1);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}

function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

function batchOf(rows: Int32Array, slot: number): RequestBatch {
  const texts = Array.from(rows, (_, i) => {
    const number = count.asked + i;
    return `2020111100-${String(i % 100 === 99 ? number - 1 : number).padStart(10, '0')}`;
  });
  for (let i = 99; i < rows.length; i += 100) rows[i] = rows[i - 1];
  const { rowShipper } = scenario.demand;
  return {
    count: rows.length,
    shipper: rows.map((row) => rowShipper[row]),
    flow: rows.map((row) => flows[row]),
    readyAt: new Float64Array(rows.length).fill(network.startMs + slot * network.slotMs),
    parcels: new Int32Array(rows.length).fill(1),
    notAfter: new Int32Array(rows.length).fill(NO_LIMIT),
    divisible: new Uint8Array(rows.length),
    ids: new TextEncoder().encode(texts.join('')),
    idStart: Int32Array.from({ length: rows.length + 1 }, (_, i) => i * 21),
  };
}

function confirmAll(): void {
  const { state, journal } = gate;
  for (let row = confirmed; row < state.tickets.size; row++) {
    gate.confirm(state.accounts.shipper(state.tickets.account(row)), row, state.now);
    journal.length = 0;
  }
  confirmed = state.tickets.size;
}

function flowsOfRows(): Int32Array {
  const { flowPair, flowService, cohortStart, rowStart, rowShipper } = scenario.demand;
  const flow = new Int32Array(rowShipper.length);
  for (let f = 0; f < flowPair.length; f++) {
    const first = rowStart[cohortStart[f]];
    flow.fill(flowOf(network, flowPair[f], flowService[f]), first, rowStart[cohortStart[f + 1]]);
  }
  return flow;
}
