import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The file by which an archive is known: what it has, and the last to be written. */
export const ARCHIVE_FILE = 'archive.json';

/** Which form of archive this is; a reader refuses others. */
export const ARCHIVE_FORMAT = 'cuofeng-scans-1';

/** Columns of an archive of scans (docs/spec/tracking.md#the-archive). */
export const SCAN_COLUMNS = [
  'operator',
  'parcel',
  'kind',
  'resource',
  'to',
  'at',
  'received_at',
  'source',
  'log',
  'seq',
  'line',
  'reason_at_receipt',
  'origin',
  'attributes',
] as const;

/** Bytes of a parcel's hash. */
export const PARCEL_BYTES = 16;

/** One file of an archive: entries of one log, received on one day. */
export interface ArchivedFile {
  /** Name in the folder. */
  readonly file: string;
  /** By the season's offset, `2020-11-11`. */
  readonly day: string;
  readonly log: number;
  readonly rows: number;
  /** Entries of the log, both included; those without scans have no row. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Receipt of the last entry, ms since 1970. */
  readonly lastReceivedAt: number;
  /** Hash of the last entry, hexadecimal: what the entry after it follows. */
  readonly lastHash: string;
  readonly bytes: number;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
  /** When the file was taken out by age, ms since 1970. */
  readonly removedAt?: number;
}

/** What an archive has, in the order in which it was written. */
export interface ArchiveManifest {
  readonly format: typeof ARCHIVE_FORMAT;
  readonly season: string;
  /** Whether the season's scans are generated, not measured. */
  readonly generated: boolean;
  readonly files: readonly ArchivedFile[];
}

/** Reads what an archive has; undefined if the folder has none. */
export async function findManifest(folder: string): Promise<ArchiveManifest | undefined> {
  const text = await readFile(join(folder, ARCHIVE_FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const found: unknown = JSON.parse(text);
  if (!isManifest(found)) throw new Error(`${ARCHIVE_FILE} is none of an archive of scans`);
  return found;
}

function isManifest(value: unknown): value is ArchiveManifest {
  if (!isRecord(value)) return false;
  const { format, season, files } = value;
  return (
    format === ARCHIVE_FORMAT &&
    typeof season === 'string' &&
    Array.isArray(files) &&
    files.every(isFile)
  );
}

const COUNTS = ['log', 'rows', 'firstSeq', 'lastSeq', 'lastReceivedAt', 'bytes'];
const HASH = /^[0-9a-f]{64}$/;
const FILE = /^scans-\d{4}-\d\d-\d\d-log\d+-\d{3,}\.parquet$/;

function isFile(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return (
    COUNTS.every((name) => Number.isSafeInteger(value[name])) &&
    HASH.test(String(value.sha256)) &&
    HASH.test(String(value.lastHash)) &&
    FILE.test(String(value.file))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Files of a log, in order, where each begins after the one before and the first with entry 1; or what is missing. */
export function filesOfLog(
  manifest: ArchiveManifest,
  log: number,
): readonly ArchivedFile[] | string {
  const files = manifest.files.filter((file) => file.log === log);
  let next = 1;
  for (const { file, firstSeq, lastSeq } of files) {
    if (firstSeq !== next || lastSeq < firstSeq) return `${file} does not begin with entry ${next}`;
    next = lastSeq + 1;
  }
  return files;
}

/**
 * What a list of files is known by elsewhere: SHA-256 over their hashes one behind the other, hexadecimal. A file that was changed
 * together with the manifest shows by it.
 */
export function filesDigest(files: readonly ArchivedFile[]): string {
  const hash = createHash('sha256');
  for (const { sha256 } of files) hash.update(Buffer.from(sha256, 'hex'));
  return hash.digest('hex');
}

/** SHA-256 of a file as it is on disk, hexadecimal. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/** What is wrong with a file of an archive by its hash, if anything. */
export async function findDamage(folder: string, file: ArchivedFile): Promise<string | undefined> {
  const { sha256, removedAt } = file;
  if (removedAt !== undefined) return `${file.file} was taken out by age`;
  try {
    const found = await fileHash(join(folder, file.file));
    return found === sha256 ? undefined : `${file.file} is not what was archived`;
  } catch (error) {
    return `${file.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
