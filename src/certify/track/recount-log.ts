import {
  type ArchivedFile,
  type ArchiveManifest,
  filesOfLog,
  findDamage,
} from '../../network/scan-archive.js';
import { type ArchiveNames, readArchived } from './archive-rows.js';
import { differences } from './compare.js';
import { countPart } from './count-part.js';
import { Figures } from './figures.js';
import type { Findings } from './findings.js';
import { type CountedPicture, readPicture } from './picture.js';
import {
  CHAIN_START,
  type ChainEnd,
  endOf,
  findBreak,
  readEntry,
  type ScanEntry,
} from './scan-entry.js';
import { findStranger, isLetIn, type RecountSeason, type ScanRows } from './scan-rows.js';
import { Spill, type SpillStore } from './spill.js';

/** The archive of a season. */
export interface ScanArchive {
  readonly folder: string;
  readonly manifest: ArchiveManifest;
}

export interface RecountLogOptions {
  readonly log: number;
  readonly season: RecountSeason;
  readonly names: ArchiveNames;
  readonly archive: ScanArchive | undefined;
  /** Entries of the log from a number on, as far as they are kept; those that there are not are passed over. */
  readonly entries: (from: number) => AsyncIterable<ScanEntry>;
  /** The newest that was counted live. */
  readonly picture: Uint8Array | undefined;
  readonly store: SpillStore;
  readonly findings: Findings;
}

/** What was recounted of a log. */
export interface LogRecount {
  readonly log: number;
  /** The last entry that is counted: that of the picture. */
  readonly seq: number;
  /** Of the entries up to it. */
  readonly figures: Figures;
  /** Scans read, of the archive and of the log, up to it. */
  readonly scans: number;
  readonly archived: number;
  /** Entries behind it, whose chain was checked and that no picture has yet. */
  readonly after: number;
  /** Hash of the last entry: kept elsewhere, it shows later whether the end was cut off or written anew. */
  readonly head: string;
}

/**
 * Recounts a log from the archive and from what the log still has, with no code of tracking, and holds the newest
 * picture against it (P8):
 *
 *     stock, bound, flows, tallies recounted from all scans received up to the picture's entry = those of the picture
 *
 * Scans are read once and put into parts by parcel; then each part is counted by itself (count-part.ts), so that memory
 * is bounded by a part, flows and stock. Every entry read must follow the one before by its hash (P14, P15).
 */
export async function recountLog(options: RecountLogOptions): Promise<LogRecount> {
  const { log, season, store, findings } = options;
  const picture = pictureOf(options);
  const reader = new LogReading(options, picture?.seq ?? Number.POSITIVE_INFINITY);
  const archived = await reader.archive();
  await reader.log();
  const { figures, scans, after, end } = reader.finish();
  for (let part = 0; part < store.parts; part++) countPart(store.take(part), season, figures);
  if (picture) {
    if (reader.receivedAt !== undefined && reader.receivedAt !== picture.receivedAt) {
      findings.add('picture', log, () => `its receipt is not that of entry ${picture.seq}`);
    }
    const nameOf = (resource: number) => options.names.resources.get(resource);
    for (const found of differences(picture, figures)) findings.addDifference(log, found, nameOf);
  }
  const seq = Math.min(picture?.seq ?? end.seq, end.seq);
  return { log, seq, figures, scans, archived, after, head: end.hash ?? '' };
}

function pictureOf({
  picture,
  season,
  log,
  findings,
}: RecountLogOptions): CountedPicture | undefined {
  if (!picture) return undefined;
  const read = readPicture(picture, season.resources);
  if (typeof read !== 'string') return read;
  findings.add('picture', log, () => `the newest picture: ${read}`);
  return undefined;
}

/** The first pass over a log. */
class LogReading {
  readonly figures: Figures;
  scans = 0;
  after = 0;
  end: ChainEnd = CHAIN_START;
  /** Of the last entry that is counted, if it is known. */
  receivedAt: number | undefined;
  readonly #spill: Spill;

  constructor(
    private readonly options: RecountLogOptions,
    private readonly until: number,
  ) {
    this.figures = new Figures(options.season.resources);
    this.#spill = new Spill(options.store);
  }

  /** Reads what the archive has of the log; gives the scans. */
  async archive(): Promise<number> {
    const { archive, log, findings } = this.options;
    if (!archive) return 0;
    const files = filesOfLog(archive.manifest, log);
    if (typeof files === 'string') {
      findings.add('missing', log, () => files);
      return 0;
    }
    for (const file of files) {
      const damage = await findDamage(archive.folder, file);
      if (damage === undefined) await this.#archived(archive.folder, file);
      else findings.add('archive', log, () => damage);
      const { lastSeq: seq, lastReceivedAt: receivedAt, lastHash: hash } = file;
      this.end = { seq, epoch: 0, receivedAt, hash };
      if (seq === this.until) this.receivedAt = receivedAt;
    }
    return this.scans;
  }

  /** Reads the log from behind the archive on. */
  async log(): Promise<void> {
    const { entries, log, findings } = this.options;
    for await (const entry of entries(this.end.seq + 1)) {
      const { seq } = entry;
      if (seq > this.end.seq + 1) {
        const last = this.end.seq;
        findings.add('missing', log, () => `entries ${last + 1} to ${seq - 1} are nowhere`);
        this.end = { ...this.end, seq: seq - 1, hash: undefined };
      }
      const broken = findBreak(this.end, entry);
      if (broken) findings.add('chain', log, () => `entry ${seq}: ${broken}`);
      this.end = endOf(entry);
      if (seq > this.until) this.after += 1;
      if (seq === this.until) this.receivedAt = entry.receivedAt;
      const rows = readEntry(entry);
      if (typeof rows === 'string') findings.add('batch', log, () => `entry ${seq}: ${rows}`);
      else if (seq <= this.until) this.#take(rows, rows.count, `entry ${seq}`);
    }
  }

  finish(): LogReading {
    const { findings, log } = this.options;
    this.#spill.end();
    const { until, end } = this;
    if (Number.isFinite(until) && until > end.seq) {
      findings.add('missing', log, () => `entries ${end.seq + 1} to ${until} are nowhere`);
    }
    return this;
  }

  async #archived(folder: string, file: ArchivedFile): Promise<void> {
    const { names, findings, log } = this.options;
    try {
      let last = file.firstSeq;
      for await (const rows of readArchived(folder, file, names)) {
        let count = 0;
        for (; count < rows.count && rows.seq[count] <= this.until; count++) {
          const seq = rows.seq[count];
          if (!(seq >= last && seq <= file.lastSeq)) throw new Error(`entry ${seq} after ${last}`);
          last = seq;
        }
        this.#take(rows, count, file.file);
      }
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      findings.add('archive', log, () => `${file.file}: ${text}`);
    }
  }

  #take(rows: ScanRows, count: number, place: string): void {
    const { season, findings, log } = this.options;
    this.scans += count;
    for (let i = 0; i < count; i++) {
      const source = rows.source[i];
      const letIn = isLetIn(rows, i, season);
      const stranger = letIn || source < 0 ? findUnknown(rows, i, season) : undefined;
      if (stranger !== undefined) {
        findings.add('batch', log, () => `${place}: ${stranger} is not of this season`);
      } else if (letIn) this.#spill.put(rows, i);
      else {
        const tally = this.figures.tally(source, rows.origin[i] >= 0);
        tally.received += 1;
        tally.quarantined += 1;
      }
    }
  }
}

function findUnknown(rows: ScanRows, i: number, season: RecountSeason): string | undefined {
  const source = rows.source[i];
  if (source < 0 || source >= season.sources.length) return `source ${source}`;
  return findStranger(rows, i, season);
}
