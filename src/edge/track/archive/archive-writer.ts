import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileSink } from '../../../network/file-sink.js';
import { writeJson } from '../../../network/json-file.js';
import { ParquetWriter } from '../../../network/parquet-writer.js';
import {
  ARCHIVE_FILE,
  type ArchivedFile,
  type ArchiveManifest,
  fileHash,
  SCAN_COLUMNS,
} from '../../../network/scan-archive.js';
import type { LogEntry } from '../../../track/owner/scan-log.js';
import type { ScanBatch } from '../../../track/scans.js';
import type { ScanBatches } from './scan-batches.js';

/** Whose entries a file has. */
interface FilePlace {
  readonly folder: string;
  readonly day: string;
  readonly log: number;
  /** Among files of the same day and log. */
  readonly part: number;
}

/** One file of an archive while it is written: under another name, until it is whole and on disk. */
export class ArchiveFileWriter {
  rows = 0;
  #firstSeq = 0;
  #last: LogEntry | undefined;

  private constructor(
    private readonly place: FilePlace,
    private readonly sink: FileSink,
    private readonly parquet: ParquetWriter,
  ) {}

  static async create(place: FilePlace): Promise<ArchiveFileWriter> {
    const path = begunPath(place);
    await rm(path, { force: true });
    const sink = await FileSink.create(path);
    return new ArchiveFileWriter(place, sink, new ParquetWriter(sink, SCAN_COLUMNS));
  }

  async append(entry: LogEntry, batch: ScanBatch, batches: ScanBatches): Promise<void> {
    // Even of no scan: a file without rows has its columns with their types.
    await this.parquet.append(batches.rows(batch));
    this.rows += batch.count;
    if (this.#firstSeq === 0) this.#firstSeq = entry.seq;
    this.#last = entry;
  }

  /** Brings the file to disk and to its place. */
  async finish(): Promise<ArchivedFile> {
    const last = this.#last;
    if (!last) throw new Error('a file of an archive has an entry');
    const { folder, day, log } = this.place;
    await this.parquet.finish();
    await this.sink.close();
    const begun = begunPath(this.place);
    // What is read back is what is on disk, or would be: not what was meant to be written.
    const [sha256, { size }] = [await fileHash(begun), await stat(begun)];
    const file = fileName(this.place);
    await rename(begun, join(folder, file));
    await syncFolder(folder);
    return {
      file,
      day,
      log,
      rows: this.rows,
      firstSeq: this.#firstSeq,
      lastSeq: last.seq,
      lastReceivedAt: last.receivedAt,
      lastHash: Buffer.from(last.hash).toString('hex'),
      bytes: size,
      sha256,
    };
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    await this.sink.abandon();
    await rm(begunPath(this.place), { force: true });
  }
}

function fileName({ day, log, part }: FilePlace): string {
  return `scans-${day}-log${log}-${String(part).padStart(3, '0')}.parquet`;
}

function begunPath(place: FilePlace): string {
  return join(place.folder, `.${fileName(place)}.begun`);
}

/** Replaces what an archive says it has, in one step: files that it does not name are not part of it. */
export async function writeManifest(folder: string, manifest: ArchiveManifest): Promise<void> {
  const begun = join(folder, `.${ARCHIVE_FILE}.begun`);
  await rm(begun, { force: true });
  await writeJson(begun, manifest);
  await rename(begun, join(folder, ARCHIVE_FILE));
  await syncFolder(folder);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
