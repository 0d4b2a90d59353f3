import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHUNK_WORDS, History } from '../../track/history.js';
import type { TrackPolicy } from '../../track/policy.js';
import { restore, restoreReceipts, snapshotOf, snapshotOfReceipts } from '../../track/snapshot.js';
import { Track } from '../../track/track.js';
import type { TrackNetwork } from '../../track/track-network.js';
import { type Share, Tracking } from '../../track/tracking.js';
import { FileChunks, type InheritedChunks } from './file-chunks.js';

/** Snapshots kept: the newest may be damaged. */
const KEPT = 2;
/** Between parts scans have so many times as long as the part took: a scan may need a turn to be written and one to be counted. */
const REST = 3;
/** Files that somebody may still write to are left alone: this process may have lost the log and not know it yet. */
const IDLE_MS = 3_600_000;
const SNAPSHOT = /^snapshot-(\d+)$/;

interface Manifest {
  /** The last batch that sources and quarantine have. */
  readonly receipts: number;
  readonly parts: readonly InheritedChunks[];
}

/** A log's tracking, with the files that its histories are in. */
export interface Kept {
  readonly tracking: Tracking;
  readonly chunks: readonly FileChunks[];
}

/**
 * The folder of a log of scans: histories, and snapshots to begin from. All in it follows from the log in the database: it may be
 * lost, and is not synced. A snapshot's parts are taken one after the other, each as of its own batch, sources and quarantine
 * last, so that scans wait for one part at a time; whoever restores them lets each take up the log where it was.
 */
export class LogFolder {
  /** How often it was tried to begin: each time with new files. */
  #attempts = 0;

  /** @param owner names its files: whoever opens the log writes new ones. */
  constructor(
    private readonly folder: string,
    private readonly owner: string,
    private readonly network: TrackNetwork,
    private readonly policy: TrackPolicy,
    private readonly share: Share,
    private readonly partitions: number,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Tracking as of the newest snapshot that is whole, or empty. */
  restore(say: (problem: unknown) => void): Kept {
    for (const seq of this.#snapshots()) {
      this.#attempts += 1;
      const chunks: FileChunks[] = [];
      try {
        return this.#restore(join(this.folder, `snapshot-${seq}`), chunks);
      } catch (error) {
        for (const store of chunks) store.close();
        say(error);
      }
    }
    this.#attempts += 1;
    const chunks = Array.from({ length: this.partitions }, (_, p) => this.#chunks(p));
    const tracks = chunks.map((store) => new Track(this.network, this.policy, new History(store)));
    return {
      tracking: new Tracking(this.network, tracks, undefined, undefined, this.share),
      chunks,
    };
  }

  /** Keeps a snapshot; between parts others get their turn. */
  async keep({ tracking, chunks }: Kept): Promise<void> {
    const begun = join(this.folder, `begun-${this.owner}`);
    rmSync(begun, { recursive: true, force: true });
    mkdirSync(begun);
    const parts: InheritedChunks[] = [];
    for (const [p, track] of tracking.partitions.entries()) {
      parts.push(chunks[p].inheritance(Math.floor(track.history.end / CHUNK_WORDS)));
      const begunAt = performance.now();
      writePieces(join(begun, `part-${p}`), snapshotOf(track));
      await sleep(REST * (performance.now() - begunAt));
    }
    writePieces(join(begun, 'receipts'), snapshotOfReceipts(tracking));
    const manifest: Manifest = { receipts: tracking.receiptsSeq, parts };
    writeFileSync(join(begun, 'manifest.json'), JSON.stringify(manifest));
    const target = join(this.folder, `snapshot-${manifest.receipts}`);
    rmSync(target, { recursive: true, force: true });
    renameSync(begun, target);
    this.#tidy();
  }

  #restore(folder: string, chunks: FileChunks[]): Kept {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const tracks = manifest.parts.map((part, p) => {
      chunks.push(this.#chunks(p, part));
      return readPieces(join(folder, `part-${p}`), (read) =>
        restore(this.network, this.policy, chunks[p], read),
      );
    });
    if (tracks.length !== this.partitions) throw new Error('a snapshot of other partitions');
    const { sources, quarantine } = readPieces(join(folder, 'receipts'), (read) =>
      restoreReceipts(this.network, read),
    );
    const { network, share } = this;
    const tracking = new Tracking(network, tracks, sources, quarantine, share, manifest.receipts);
    return { tracking, chunks };
  }

  #chunks(p: number, inherited?: InheritedChunks): FileChunks {
    return new FileChunks(
      join(this.folder, `part-${p}`),
      `${this.owner}.${this.#attempts}`,
      inherited,
    );
  }

  /** The newest first. */
  #snapshots(): number[] {
    return readdirSync(this.folder)
      .flatMap((name) => SNAPSHOT.exec(name)?.slice(1).map(Number) ?? [])
      .toSorted((a, b) => b - a);
  }

  /** Removes snapshots that are too old, and histories that no other goes on from. */
  #tidy(): void {
    const all = this.#snapshots();
    for (const seq of all.slice(KEPT)) {
      rmSync(join(this.folder, `snapshot-${seq}`), { recursive: true, force: true });
    }
    const manifests = all.slice(0, KEPT).map((seq): Manifest => {
      const file = join(this.folder, `snapshot-${seq}`, 'manifest.json');
      return JSON.parse(readFileSync(file, 'utf8'));
    });
    for (let p = 0; p < this.partitions; p++) {
      const used = new Set(
        manifests.flatMap(({ parts }) =>
          [...parts[p].histories, ...parts[p].forgotten].map(({ name }) => name),
        ),
      );
      const folder = join(this.folder, `part-${p}`);
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const path = join(folder, name);
        const isIdle = Date.now() - statSync(path).mtimeMs > IDLE_MS;
        if (isIdle && !used.has(name) && !name.includes(this.owner)) rmSync(path);
      }
    }
  }
}

function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) {
      for (let done = 0; done < piece.length; ) {
        done += writeSync(file, piece, done, piece.length - done);
      }
    }
  } finally {
    closeSync(file);
  }
}

function readPieces<T>(path: string, take: (read: (bytes: number) => Uint8Array) => T): T {
  const file = openSync(path, 'r');
  try {
    return take((bytes) => {
      const piece = new Uint8Array(bytes);
      let done = 0;
      while (done < bytes) {
        const read = readSync(file, piece, done, bytes - done, null);
        if (read === 0) break;
        done += read;
      }
      return piece.subarray(0, done);
    });
  } finally {
    closeSync(file);
  }
}
