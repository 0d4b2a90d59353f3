/**
 * The core of tracking on one thread: scans a second, and bytes a parcel in the network.
 *
 *     npx tsx bench/track-core.ts [PARCELS] [ROUNDS] [FOLDER]
 *
 * So many parcels are scanned in so many rounds, in each in another order; 1 scan of 50 is sent again, 1 of 33 comes a
 * round late. Generated: 3,000 resources, slots of an hour, rounds of two hours. What is timed is `apply` alone, in CPU
 * seconds of the process, in batches of 1,000; scans are made before. Histories are kept in memory, or with FOLDER in
 * files there; then a snapshot is written there too and read again.
 */

import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { FileChunks } from '../src/edge/track/file-chunks.js';
import { History, MemoryChunks } from '../src/track/history.js';
import { addPartition, emptyState, stateHash } from '../src/track/network-state.js';
import { DEFAULT_TRACK_POLICY } from '../src/track/policy.js';
import { NOWHERE, type Outcomes, outcomesFor, type ScanBatch } from '../src/track/scans.js';
import { restore, snapshotOf } from '../src/track/snapshot.js';
import { Track } from '../src/track/track.js';
import type { TrackNetwork } from '../src/track/track-network.js';
import { Lanes, Legs } from '../src/track/track-network.js';

const BATCH = 1000;
/** Scans made at a time: the clock of CPU seconds is slow to read. */
const GROUP = 200;
const RESOURCES = 3000;
const HOUR = 3_600_000;
const folder = process.argv[4];
const [parcels, rounds] = [Number(process.argv[2] ?? 5e6), Number(process.argv[3] ?? 4)];
const network: TrackNetwork = {
  resources: RESOURCES,
  operators: 1,
  startMs: Date.UTC(2020, 9, 1),
  slotMs: HOUR,
  lanes: new Lanes(),
  legs: new Legs(),
};
/** Kinds by round, as in a parcel's life; the last repeats. */
const LIFE = [1, 2, 5, 2, 5, 2, 6];

/** Primes: orders of the rounds. */
const STEPS = [1, 1_299_709, 15_485_863, 32_452_843, 49_979_687];

const before = process.memoryUsage();
const store = folder === undefined ? new MemoryChunks() : new FileChunks(folder, '1');
const track = new Track(network, DEFAULT_TRACK_POLICY, new History(store));
const count = [0, 0, 0, 0, 0];
let seconds = 0;
let slowestMs = 0;
const secondsOfRound: number[] = [];
for (let round = 0; round < rounds; round++) {
  const start = seconds;
  for (let from = 0; from < parcels; from += GROUP * BATCH) measure(round, from);
  secondsOfRound.push(seconds - start);
}
const { received, applied, superseded, duplicate, quarantined } = told();
const memory = process.memoryUsage();
const line = {
  parcels,
  rounds,
  received,
  applied,
  superseded,
  duplicate,
  quarantined,
  seconds: seconds.toFixed(2),
  scansPerSecond: Math.round(received / seconds),
  scansPerSecondByRound: secondsOfRound.map((s) => Math.round(received / rounds / s)),
  slowestBatchMs: slowestMs.toFixed(1),
  rowBytesPerParcel: (track.parcels.bytes / track.parcels.size).toFixed(1),
  flowMegabytes: (track.flows.bytes / 2 ** 20).toFixed(1),
  historyBytesPerScan: ((track.history.end * 4) / (applied + superseded)).toFixed(1),
  residentMegabytesMore: Math.round((memory.rss - before.rss) / 2 ** 20),
  ...(folder === undefined ? {} : restart(folder)),
};
process.stdout.write(`${JSON.stringify(line, null, 1)}\n`);

/** Writes a snapshot and reads it again. */
function restart(into: string) {
  const path = `${into}/snapshot`;
  let from = performance.now();
  let file = openSync(path, 'w');
  for (const bytes of snapshotOf(track)) writeSync(file, bytes);
  closeSync(file);
  const snapshotSeconds = (performance.now() - from) / 1000;
  from = performance.now();
  file = openSync(path, 'r');
  const again = restore(network, DEFAULT_TRACK_POLICY, store, (bytes) => {
    const piece = new Uint8Array(bytes);
    return piece.subarray(0, readSync(file, piece));
  });
  closeSync(file);
  const restoreSeconds = (performance.now() - from) / 1000;
  if (hashOf(again) !== hashOf(track)) throw new Error('another state after the restart');
  return { snapshotSeconds: snapshotSeconds.toFixed(1), restoreSeconds: restoreSeconds.toFixed(1) };
}

function hashOf(one: Track): string {
  const state = emptyState(RESOURCES);
  addPartition(state, one);
  return stateHash(state);
}

function told() {
  const [, a, s, d, q] = count;
  return { received: a + s + d + q, applied: a, superseded: s, duplicate: d, quarantined: q };
}

function measure(round: number, from: number): void {
  const batches: ScanBatch[] = [];
  const outcomes: Outcomes[] = [];
  const until = Math.min(parcels, from + GROUP * BATCH);
  for (let at = from; at < until; at += BATCH) {
    const size = Math.min(BATCH, until - at);
    batches.push(batchOf(round, at, size, track.seq + 1 + batches.length));
    outcomes.push(outcomesFor(size));
  }
  const cpu = process.cpuUsage();
  let wall = performance.now();
  for (const [i, batch] of batches.entries()) {
    track.apply(batch, outcomes[i]);
    const now = performance.now();
    slowestMs = Math.max(slowestMs, now - wall);
    wall = now;
  }
  const { user, system } = process.cpuUsage(cpu);
  seconds += (user + system) / 1e6;
  for (const { status } of outcomes) for (const s of status) count[s] += 1;
}

/** Scan i of a round is of a parcel in the round's order; some are those of the round before. */
function batchOf(round: number, from: number, size: number, seq: number): ScanBatch {
  const parcel = new Int32Array(4 * size);
  const kind = new Uint8Array(size);
  const resource = new Int32Array(size);
  const to = new Int32Array(size);
  const at = new Float64Array(size);
  const last = new Int32Array(4);
  for (let i = 0; i < size; i++) {
    const repeats = i % 50 === 49;
    const number = ((from + i - (repeats ? 1 : 0)) * STEPS[round % STEPS.length]) % parcels;
    const late = round > 1 && number % 33 === round % 33;
    const r = late ? round - 1.5 : round;
    hash(number, last);
    parcel.set(last, 4 * i);
    kind[i] = LIFE[Math.min(LIFE.length - 1, round)];
    resource[i] = ((last[3] >>> 8) + round * 7) % RESOURCES;
    to[i] = kind[i] === 5 ? (resource[i] + 7) % RESOURCES : NOWHERE;
    at[i] = network.startMs + Math.floor((r + 1) * 2 * HOUR) + (last[2] >>> 12);
  }
  return {
    seq,
    source: 0,
    receivedAt: network.startMs + (round + 2) * 2 * HOUR,
    origin: undefined,
    count: size,
    parcel,
    operator: new Int32Array(size),
    kind,
    resource,
    to,
    at,
    unparsable: new Uint8Array(size),
    line: Uint16Array.from({ length: size }, (_, i) => i),
    attributes: new Uint8Array(0),
    attributesStart: new Uint32Array(size + 1),
  };
}

/** Words that stand for a parcel's hash. */
function hash(number: number, into: Int32Array): void {
  let h = Math.imul(number + 1, 0x9e3779b1);
  for (let i = 0; i < 4; i++) {
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
    into[i] = h;
    h = (h + number + 1) | 0;
  }
}
