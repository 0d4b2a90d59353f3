import {
  type ArchivedFile,
  type ArchiveManifest,
  filesOfLog,
} from '../../../network/scan-archive.js';
import { decodeBatch } from '../../../track/batch-codec.js';
import { hashOf } from '../../../track/owner/log-hash.js';
import type { LogEntry, ScanLog } from '../../../track/owner/scan-log.js';
import { ArchiveFileWriter } from './archive-writer.js';
import { type ArchivedSeason, ScanBatches } from './scan-batches.js';

const DAY_MS = 86_400_000;

/**
 * Rows of a file: some two gigabytes, which any tool reads and a disk or a network takes in one go; a nation's day has
 * some ten of them a log. More would make a damaged file dearer, fewer would make tens of thousands.
 */
const ROWS_MOST = 50_000_000;

export interface ArchiveLogOptions {
  readonly folder: string;
  readonly season: ArchivedSeason;
  readonly log: number;
  readonly read: ScanLog['read'];
  /** Organisations by number. */
  readonly sources: readonly string[];
  /** Of the season's days from those of UTC, ms. */
  readonly offsetMs: number;
  /** Entries received from here on stay, ms since 1970. */
  readonly before: number;
  readonly rowsMost?: number;
}

/**
 * Writes a log's entries behind those that the archive has, a file a day of receipt, and gives each file as it is done.
 * Entries must follow one another by their hashes: a damaged log ends here (P15). Memory: a row group.
 *
 * @throws Error that says which entry is damaged or missing; files given before are whole.
 */
export async function* archiveLog(
  manifest: ArchiveManifest,
  options: ArchiveLogOptions,
): AsyncGenerator<ArchivedFile> {
  const { log, season, sources, offsetMs, before, rowsMost = ROWS_MOST } = options;
  const files = filesOfLog(manifest, log);
  if (typeof files === 'string') throw new Error(`the archive is not whole: ${files}`);
  const batches = new ScanBatches(season, log, sources);
  const done = [...files];
  let writer: ArchiveFileWriter | undefined;
  let day = '';
  let last = files.at(-1);
  let end = { seq: last?.lastSeq ?? 0, hash: last?.lastHash ?? '0'.repeat(64) };
  try {
    for await (const entry of options.read(end.seq + 1)) {
      if (entry.receivedAt >= before) break;
      checkNext(log, end, entry);
      end = { seq: entry.seq, hash: Buffer.from(entry.hash).toString('hex') };
      const itsDay = dayOf(entry.receivedAt + offsetMs);
      if (writer && (itsDay !== day || writer.rows + entry.scans > rowsMost)) {
        last = await writer.finish();
        writer = undefined;
        done.push(last);
        yield last;
      }
      day = itsDay;
      writer ??= await ArchiveFileWriter.create({
        folder: options.folder,
        day,
        log,
        part: done.filter((file) => file.day === itsDay).length,
      });
      const batch = decodeBatch(entry.seq, entry.bytes);
      await writer.append(entry, { ...batch, receivedAt: entry.receivedAt }, batches);
    }
    const finished = writer;
    writer = undefined;
    if (finished) yield await finished.finish();
  } finally {
    await writer?.abandon();
  }
}

/** @throws Error */
function checkNext(log: number, before: { seq: number; hash: string }, entry: LogEntry): void {
  const { seq } = entry;
  const place = `log ${log}, entry ${seq}`;
  if (seq !== before.seq + 1) throw new Error(`${place}: entry ${before.seq + 1} is missing`);
  const hash = hashOf(Buffer.from(before.hash, 'hex'), entry);
  if (!Buffer.from(hash).equals(entry.hash)) {
    throw new Error(`${place}: its hash does not fit; restore it from a copy`);
  }
}

/** `2020-11-11`, of milliseconds that count from midnight where the season is. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The beginning of the day that is not over, or was not `marginMs` ago: what was received before may be archived. */
export function closedBefore(now: number, offsetMs: number, marginMs: number): number {
  return Math.floor((now - marginMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
}
