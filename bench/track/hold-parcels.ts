import { setTimeout as sleep } from 'node:timers/promises';
import { openSeason } from '../../src/edge/gate/season.js';
import { openDatabase } from '../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../src/edge/postgres/embedded.js';
import { type OpenTracking, openTracking } from '../../src/edge/track/open-tracking.js';
import type { TrackSeason } from '../../src/edge/track/track-season.js';
import { openTrackSeason } from '../../src/edge/track/track-store.js';
import { readScenario } from '../../src/network/read-scenario.js';
import { NOWHERE, type ScanBatch } from '../../src/track/scans.js';

/**
 * Holds parcels in memory by the production owner, log and snapshots, in a process of its own; what it prints is a line of
 * JSON.
 *
 *     hold-parcels.ts fill SCENARIO DATA PARCELS     scans so many parcels once, a tenth of them twice more, then ends as if killed
 *     hold-parcels.ts restart SCENARIO DATA PARCELS  opens what is there, and scans a tenth of them again
 */
const [what, folder, data, text] = process.argv.slice(2);
const parcels = Number(text);

/** Scans of a batch, and batches under way. */
const BATCH = 10_000;
const CALLS = 8;

const server = await startEmbedded(data);
const database = await openDatabase({ url: server.url });
const scenario = await readScenario(folder);
const gate = await openSeason(database, scenario, true);
const season = await openTrackSeason(database, gate);
const start = performance.now();
const open = await openTracking({ database, season, folder: `${data}/tracking`, onError });
// The one before ended as if killed: its lease is waited for.
while (open.seats[0].status().state !== 'ready') await sleep(20);
const openedAfter = (performance.now() - start) / 1000;
const recovered = open.seats[0].owned?.owner.recovery.scans ?? 0;
const before = await figures(open);
const rounds = what === 'fill' ? [parcels, parcels / 10, parcels / 10] : [parcels / 10];
const firstRound = what === 'fill' ? 0 : 3;
const scans = rounds.reduce((sum, n) => sum + n, 0);
const filling = performance.now();
let slowestMs = 0;
for (const [r, n] of rounds.entries()) await scan(open, season, firstRound + r, n);
const perSecond = scans / ((performance.now() - filling) / 1000);
const after = await figures(open);
// As after a crash: what came since the last snapshot is read again.
if (what === 'restart') await open.close();
await database.close();
await server.stop();
const line = { openedAfter, recovered, before, scans, perSecond, slowestMs, after };
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exit(0);

async function figures({ service }: OpenTracking) {
  globalThis.gc?.();
  const picture = await service.picture();
  return { parcels: picture.parcels, scans: picture.scans, rss: process.memoryUsage().rss };
}

/** Scans the first so many parcels in another order in each round, from CALLS sides. */
async function scan(
  { service }: OpenTracking,
  tracked: TrackSeason,
  round: number,
  count: number,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      const sent = performance.now();
      const batch = made(tracked, round, from, Math.min(BATCH, count - from));
      const { tally } = await service.take(batch);
      slowestMs = Math.max(slowestMs, performance.now() - sent);
      if (tally.applied !== batch.count) throw new Error(JSON.stringify(tally));
    }
  };
  await Promise.all(Array.from({ length: CALLS }, work));
}

/** Scans as an edge would hand them over: parcels by words that look like those of a keyed hash. */
function made({ network, timing }: TrackSeason, round: number, from: number, count: number) {
  const at = timing.now();
  const parcel = new Int32Array(4 * count);
  const resource = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const n = from + i;
    for (let w = 0; w < 4; w++) parcel[4 * i + w] = mixed(n, w);
    resource[i] = (n + 7 * round) % network.resources;
  }
  const batch: ScanBatch = {
    seq: 0,
    source: 0,
    receivedAt: at,
    origin: undefined,
    count,
    parcel,
    operator: new Int32Array(count),
    kind: new Uint8Array(count).fill(2),
    resource,
    to: new Int32Array(count).fill(NOWHERE),
    at: new Float64Array(count).fill(at),
    unparsable: new Uint8Array(count),
    line: Uint16Array.from({ length: count }, (_, i) => i),
    attributes: new Uint8Array(0),
    attributesStart: new Uint32Array(count + 1),
  };
  return batch;
}

/** A permutation of 32 bits for each word: different parcels have different words. */
function mixed(n: number, word: number): number {
  let x = n ^ Math.imul(word + 1, 0x9e3779b9);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function onError(error: unknown): void {
  process.stderr.write(`${String(error)}\n`);
}
