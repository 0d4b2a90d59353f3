/**
 * The recount of scans: scans a second and memory, and whether live = recount.
 *
 *     npx tsx bench/recount.ts [SCANS] [FOLDER]
 *
 * So many scans, five millions by default, go through the owner of a log into PostgreSQL on this machine, in batches of 1,000
 * received over four days; the first two days are archived and taken out of the log. Then another process recounts archive
 * and log, and holds the owner's picture against it. Generated: 3,000 resources with lanes, parcels of ten scans, of which 1
 * of 50 is sent again, nearly half of those with another content, 1 of 33 comes twelve hours late, 1 of 1,000 cannot be read. What is timed is the
 * archiving and the recount, by the clock; memory is the most that the recounting process had resident, all of it.
 */

import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type PostgresDatabase } from '../src/edge/postgres/connect.js';
import { startEmbedded } from '../src/edge/postgres/embedded.js';
import { PostgresScanLog } from '../src/edge/postgres/scan-log.js';
import { archiveSeason } from '../src/edge/track/archive/archive-season.js';
import { recountScans } from '../src/edge/track/archive/recount-scans.js';
import { retainScans } from '../src/edge/track/archive/retain-scans.js';
import type { SeasonScans } from '../src/edge/track/archive/season-scans.js';
import { FileChunks } from '../src/edge/track/file-chunks.js';
import { pictureBytes } from '../src/edge/track/picture-codec.js';
import { Names } from '../src/network/names.js';
import { History } from '../src/track/history.js';
import { LogOwner } from '../src/track/owner/log-owner.js';
import { DEFAULT_TRACK_POLICY } from '../src/track/policy.js';
import type { ScanBatch } from '../src/track/scans.js';
import { Track } from '../src/track/track.js';
import { Lanes, Legs } from '../src/track/track-network.js';
import { Tracking } from '../src/track/tracking.js';

const BATCH = 1000;
const SCANS_A_PARCEL = 10;
const HUBS = 2000;
/** Lane n goes from hub n to hub n + 7. */
const LANES = 1000;
const HOUR = 3_600_000;
const DAYS = 4;
const START = Date.UTC(2020, 10, 1);
const SOURCES = ['YTO', 'ZTO', 'STO'];
/** Kinds by step of a life. */
const LIFE = [1, 2, 5, 2, 5, 2, 5, 2, 6, 8];
const KEPT = Buffer.from('{"weightGrams":900}');

function benchSeason(): SeasonScans {
  const ends = Array.from({ length: LANES }, (_, n) => [n, (n + 7) % HUBS, HUBS + n] as const);
  const names = Array.from({ length: HUBS + LANES }, (_, r) => `resource-${r}`);
  return {
    id: 'bench',
    network: {
      resources: HUBS + LANES,
      operators: SOURCES.length,
      startMs: START,
      slotMs: HOUR,
      lanes: new Lanes(ends),
      legs: new Legs(ends.map(([from, to]) => [from, to])),
    },
    names: { operators: Names.from(SOURCES), resources: Names.from(names) },
    lanes: new Map(ends.map(([from, to, lane]) => [from * 2 ** 20 + to, lane])),
    logs: 1,
    hasKey: true,
    sources: SOURCES,
    offsetMs: 0,
    endMs: START + DAYS * 24 * HOUR,
    now: () => START + (DAYS / 2 + 0.5) * 24 * HOUR,
  };
}

async function run(scans: number, root: string): Promise<void> {
  const folder = await mkdtemp(join(root, 'bench-recount-'));
  await chmod(folder, 0o755);
  const server = await startEmbedded(join(folder, 'data'), () => undefined);
  try {
    const database = await openDatabase({ url: server.url });
    const sent = await seconds(() => send(database, scans, join(folder, 'histories')));
    const archive = join(folder, 'archive');
    const season = benchSeason();
    const asked = { database, season, folder: archive, actor: 'command-line' as const };
    const archived = await seconds(() => archiveSeason({ ...asked, generated: true }));
    const kept = { keyDays: undefined, archiveDays: undefined };
    const retained = await seconds(() => retainScans({ ...asked, days: 1, ...kept }));
    await database.close();
    const rows = archived.value.files.reduce((sum, file) => sum + file.rows, 0);
    const bytes = archived.value.files.reduce((sum, file) => sum + file.bytes, 0);
    const line = {
      scans,
      sendSeconds: sent.seconds.toFixed(1),
      archivedScans: rows,
      archivedScansPerSecond: Math.round(rows / archived.seconds),
      bytesPerArchivedScan: (bytes / rows).toFixed(1),
      takenOut: retained.value.scans,
      ...(await recountElsewhere(server.url, archive)),
    };
    process.stdout.write(`${JSON.stringify(line, null, 1)}\n`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function seconds<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const from = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - from) / 1000 };
}

/** All scans through an owner, which keeps what it counted in the end. */
async function send(database: PostgresDatabase, scans: number, folder: string): Promise<void> {
  const { ledger } = database;
  await ledger.query(
    `INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ('bench', 'bench', $1, decode(repeat('00', 16), 'hex'))`,
    [START],
  );
  await ledger.query(
    `INSERT INTO track_season (season, logs, key) VALUES ('bench', 1, decode(repeat('00', 32), 'hex'))`,
  );
  const { network } = benchSeason();
  const store = new FileChunks(folder, 'bench');
  const track = new Track(network, DEFAULT_TRACK_POLICY, new History(store));
  const tracking = new Tracking(network, [track]);
  const timing = { now: () => START, elapsed: () => performance.now(), sleep };
  const log = new PostgresScanLog(ledger, 'bench', 0);
  const owner = await LogOwner.open(log, 'bench', tracking, timing);
  const maker = new Maker(scans);
  for (let b = 0; b * BATCH < scans; ) {
    const group: Promise<unknown>[] = [];
    for (; group.length < 50 && b * BATCH < scans; b++) group.push(owner.take(maker.batch(b)));
    await Promise.all(group);
    track.forget(b % 1024, 50);
  }
  await ledger.query(
    `INSERT INTO track_picture (season, log, seq, bytes) VALUES ('bench', 0, $1, $2)`,
    [owner.seq, Buffer.from(pictureBytes(tracking, owner.seq, track.clock))],
  );
  store.close();
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Makes batches; scan i is step i mod 10 of some parcel that is under way. */
class Maker {
  readonly #words = new Int32Array(4);

  constructor(readonly scans: number) {}

  batch(b: number): ScanBatch {
    const count = Math.min(BATCH, this.scans - b * BATCH);
    const receivedAt = START + Math.floor((DAYS * 24 * HOUR * (b * BATCH)) / this.scans);
    const columns = {
      parcel: new Int32Array(4 * count),
      operator: new Int32Array(count).fill(b % 3),
      kind: new Uint8Array(count),
      resource: new Int32Array(count),
      to: new Int32Array(count).fill(-1),
      at: new Float64Array(count),
      unparsable: new Uint8Array(count),
      attributesStart: new Uint32Array(count + 1),
    };
    const texts: Uint8Array[] = [];
    for (let i = 0; i < count; i++) {
      const { parcel, kind, resource, to, at, unparsable, attributesStart } = columns;
      const n = b * BATCH + i - (i % 50 === 49 ? 1 : 0);
      // Parcels of a tenth of all take their steps in turns; 7 divides no power of ten.
      const width = Math.ceil(this.scans / SCANS_A_PARCEL);
      const [number, step] = [(n * 7) % width, Math.floor((n * SCANS_A_PARCEL) / this.scans)];
      mix(number, this.#words);
      parcel.set(this.#words, 4 * i);
      kind[i] = LIFE[step];
      resource[i] = ((this.#words[3] >>> 8) + step * 7) % HUBS;
      if (kind[i] === 5) to[i] = (resource[i] + 7) % HUBS;
      const late = number % 33 === step ? 12 * HOUR : 0;
      at[i] = Math.max(START, receivedAt - late - (this.#words[2] >>> 14));
      if (i % 1000 === 999) unparsable[i] = 1;
      const hasOther = i % 200 === 149 || i % 200 === 48;
      if (hasOther || number % 10 === 0) texts.push(KEPT);
      attributesStart[i + 1] = KEPT.length * texts.length;
    }
    return {
      ...columns,
      seq: 0,
      source: b % 3,
      receivedAt,
      origin: undefined,
      count,
      line: Uint16Array.from({ length: count }, (_, i) => i),
      attributes: Buffer.concat(texts),
    };
  }
}

/** Words that stand for a parcel's hash. */
function mix(number: number, into: Int32Array): void {
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

/** In a process that has done nothing else. */
function recountElsewhere(url: string, archive: string): Promise<object> {
  return new Promise((resolve, reject) => {
    const child = fork(process.argv[1], [url, archive]);
    child.on('message', (message) => resolve(Object(message)));
    child.on('exit', (code) => reject(new Error(`the recount ended with ${code}`)));
  });
}

async function recountHere(url: string, archive: string): Promise<void> {
  const database = await openDatabase({ url });
  const { value, seconds: took } = await seconds(() =>
    recountScans(database, benchSeason(), archive),
  );
  await database.close();
  const [{ scans, figures, archived }] = value.logs;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.send?.({
    recounted: scans,
    ofThemFromTheArchive: archived,
    distinct: figures.scans,
    parcels: figures.parcelsEver,
    flows: figures.flows.size,
    ...figures.total(),
    recountSeconds: took.toFixed(1),
    recountScansPerSecond: Math.round(scans / took),
    recountCpuSeconds: ((userCPUTime + systemCPUTime) / 1e6).toFixed(1),
    residentMegabytesMost: Math.round(maxRSS / 1024),
    findings: value.findings.total,
    first: value.findings.first.slice(0, 5),
  });
}

if (process.send) await recountHere(process.argv[2], process.argv[3]);
else await run(Number(process.argv[2] ?? 5e6), process.argv[3] ?? tmpdir());
