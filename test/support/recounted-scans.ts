import type { ArchiveNames } from '../../src/certify/track/archive-rows.js';
import { Findings } from '../../src/certify/track/findings.js';
import {
  type LogRecount,
  recountLog,
  type ScanArchive,
} from '../../src/certify/track/recount-log.js';
import type { RecountSeason } from '../../src/certify/track/scan-rows.js';
import type { SpillStore } from '../../src/certify/track/spill.js';
import { pictureBytes } from '../../src/edge/track/picture-codec.js';
import { Names } from '../../src/network/names.js';
import { encodeBatch } from '../../src/track/batch-codec.js';
import { History, MemoryChunks } from '../../src/track/history.js';
import { hashOf, NO_HASH } from '../../src/track/owner/log-hash.js';
import type { LogEntry } from '../../src/track/owner/scan-log.js';
import type { ScanBatch } from '../../src/track/scans.js';
import { Track } from '../../src/track/track.js';
import type { TrackNetwork } from '../../src/track/track-network.js';
import { Tracking } from '../../src/track/tracking.js';
import { NETWORK, POLICY } from './track-world.js';

export const SOURCES = ['O0', 'O1', '快递'];
export const NAMES: ArchiveNames = {
  operators: Names.from(['O0', 'O1']),
  resources: Names.from(['h0', 'h1', 'h2', 'h3', 'h0-h1', 'h1-h2']),
  sources: SOURCES,
};

const RECOUNT_SEASON: RecountSeason = {
  startMs: NETWORK.startMs,
  slotMs: NETWORK.slotMs,
  futureMs: POLICY.futureMs,
  operators: NETWORK.operators,
  resources: NETWORK.resources,
  lanes: new Map([
    [1, 4],
    [2 ** 20 + 2, 5],
  ]),
  sources: SOURCES,
};

/** Entries of a log, chained, of batches in their order; receipts never fall. */
export function entriesOf(batches: readonly ScanBatch[]): LogEntry[] {
  let hash = NO_HASH;
  let received = Number.NEGATIVE_INFINITY;
  return batches.map((batch, i) => {
    received = Math.max(received, batch.receivedAt);
    const { source, count: scans } = batch;
    const body = { seq: i + 1, epoch: 1, receivedAt: received, source, scans, message: 0 };
    const entry = { ...body, bytes: encodeBatch(batch) };
    hash = hashOf(hash, entry);
    return { ...entry, hash };
  });
}

/** What an owner counts of batches, as it keeps it. */
export function counted(
  batches: readonly ScanBatch[],
  network: TrackNetwork = NETWORK,
): { tracking: Tracking; picture: Uint8Array } {
  const tracks = Array.from({ length: 2 }, () => {
    return new Track(network, POLICY, new History(new MemoryChunks()));
  });
  const tracking = new Tracking(network, tracks);
  let receivedAt = Number.NEGATIVE_INFINITY;
  for (const [i, batch] of batches.entries()) {
    receivedAt = Math.max(receivedAt, batch.receivedAt);
    tracking.apply({ ...batch, seq: i + 1, receivedAt });
  }
  return { tracking, picture: pictureBytes(tracking, batches.length, receivedAt) };
}

/** Parts in memory. */
class MemorySpill implements SpillStore {
  readonly #words: number[][];

  constructor(readonly parts: number) {
    this.#words = Array.from({ length: parts }, () => []);
  }

  append(part: number, words: Int32Array): void {
    for (const word of words) this.#words[part].push(word);
  }

  take(part: number): Int32Array {
    return Int32Array.from(this.#words[part]);
  }
}

/** Recounts a log in memory. */
export async function recountedScans(
  entries: readonly LogEntry[],
  picture: Uint8Array | undefined,
  archive?: ScanArchive,
): Promise<{ recount: LogRecount; findings: Findings }> {
  const findings = new Findings();
  const recount = await recountLog({
    log: 0,
    season: RECOUNT_SEASON,
    names: NAMES,
    archive,
    async *entries(from) {
      yield* entries.filter(({ seq }) => seq >= from);
    },
    picture,
    store: new MemorySpill(3),
    findings,
  });
  return { recount, findings };
}
