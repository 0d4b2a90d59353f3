/**
 * The journal on PostgreSQL with fsync on: appends a second and MB a second, one under way at a time, with entries of
 * 1,000 decisions and of one; the disk's own rate of syncs in the same folder; and MB a second read back.
 *
 *     npx tsx bench/journal.ts [FOLDER] [SECONDS] [MB]
 *
 * A decision is the size of the nation's usual one: a request for one ticket, 25 words and an id of 16 bytes with its
 * zero. Each append tells ten shippers of something. MB are read after as many were written.
 */

import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/edge/postgres/connect.js';
import { startEmbedded } from '../src/edge/postgres/embedded.js';
import { PostgresJournalStore } from '../src/edge/postgres/journal-store.js';
import { hashOf, NO_HASH } from '../src/gate/owner/entry-hash.js';
import type { JournalEntry } from '../src/gate/owner/journal-store.js';

const DECISION_WORDS = 25;
const ID_BYTES = 17;

const [parent = tmpdir(), seconds = '10', megabytes = '1000'] = process.argv.slice(2);
const folder = await mkdtemp(join(parent, 'cuofeng-bench-'));
// Where root runs this, the server runs as another user.
await chmod(folder, 0o711);
const server = await startEmbedded(join(folder, 'db'), say);
const database = await openDatabase({ url: server.url });
await database.ledger.query(
  `INSERT INTO gate_season (id, name, start_ms, id_key) VALUES ('bench', 'bench', 0, $1)`,
  [Buffer.alloc(16)],
);
try {
  await syncs('disk, before');
  for (const [shard, rows] of [1, 100, 1000, 10_000].entries()) await appends(shard, rows);
  await syncs('disk, after');
  await reads(9, Number(megabytes));
} finally {
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true });
}

/** Appends of 8 KB to one file, each brought to disk. */
async function syncs(name: string): Promise<void> {
  const file = await open(join(folder, 'syncs'), 'w');
  const page = Buffer.alloc(8192, 1);
  const times: number[] = [];
  const end = performance.now() + 2000;
  while (performance.now() < end) {
    const start = performance.now();
    await file.write(page);
    await file.datasync();
    times.push(performance.now() - start);
  }
  await file.close();
  say(`${name}: ${rate(times)} syncs/s, ${quantiles(times)}`);
}

async function appends(shard: number, rows: number): Promise<void> {
  const store = new PostgresJournalStore(database.ledger, 'bench', shard);
  const epoch = await store.take('bench');
  let last: JournalEntry | undefined;
  const times: number[] = [];
  const end = performance.now() + 1000 * Number(seconds);
  while (performance.now() < end) {
    last = entry(last, epoch, rows);
    const start = performance.now();
    const outcome = await store.append(last);
    times.push(performance.now() - start);
    if (outcome !== 'appended') throw new Error(outcome);
  }
  const a = rate(times);
  const megabytesASecond = (a * bytesOf(last)) / 1e6;
  say(
    `${rows} decisions: ${a} appends/s, ${a * rows} decisions/s, ${megabytesASecond.toFixed(1)} MB/s, ${quantiles(times)}`,
  );
}

async function reads(shard: number, most: number): Promise<void> {
  const store = new PostgresJournalStore(database.ledger, 'bench', shard);
  const epoch = await store.take('bench');
  let last: JournalEntry | undefined;
  for (let written = 0; written < most * 1e6; written += bytesOf(last)) {
    last = entry(last, epoch, 1000);
    await store.append(last);
  }
  for (const times of ['once', 'again']) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    let bytes = 0;
    for await (const read of store.read(1)) bytes += bytesOf(read);
    const took = (performance.now() - start) / 1000;
    const own = process.cpuUsage(cpu).user / 1e6;
    say(
      `read ${times}: ${(bytes / 1e6 / took).toFixed(0)} MB/s, of ${took.toFixed(1)} s ${own.toFixed(1)} s in this process`,
    );
  }
}

function entry(before: JournalEntry | undefined, epoch: number, rows: number): JournalEntry {
  const seq = (before?.seq ?? 0) + 1;
  const words = new Int32Array(DECISION_WORDS * rows);
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + seq, 0x9e3779b1);
  const made = {
    seq,
    epoch,
    at: Date.now(),
    firstRow: before ? before.firstRow + before.rows : 0,
    rows,
    words,
    ids: new Uint8Array(ID_BYTES * rows).fill(65),
    notices: Array.from({ length: Math.min(rows, 10) }, (_, audience) => ({
      audience,
      words: new Int32Array(8),
    })),
  };
  return { ...made, hash: hashOf(before?.hash ?? NO_HASH, made) };
}

function bytesOf(read: JournalEntry | undefined): number {
  return read ? read.words.byteLength + read.ids.byteLength + read.hash.byteLength : 0;
}

function rate(times: readonly number[]): number {
  return Math.round((1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0));
}

function quantiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number): string => `${sorted[Math.floor(q * (sorted.length - 1))].toFixed(2)} ms`;
  return `median ${at(0.5)}, p99 ${at(0.99)}, most ${at(1)}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
