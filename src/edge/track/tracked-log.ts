import type { Pool } from 'pg';
import { LogOwner } from '../../track/owner/log-owner.js';
import type { ScanLog } from '../../track/owner/scan-log.js';
import { DEFAULT_TRACK_POLICY } from '../../track/policy.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import { type Kept, LogFolder } from './log-folder.js';
import { pictureBytes } from './picture-codec.js';
import { PARTITIONS, type TrackSeason } from './track-season.js';
import type { LogStatus } from './track-service.js';

/** A snapshot is due when so many scans came after the last: a restart reads half a million and more a second. */
const SCANS_LEAST = 5_000_000;
/** Or so many for each parcel in memory, if that is more: keeping one takes time, too. */
const SCANS_PER_PARCEL = 0.25;
/** And where anything came, a minute after the last, if keeping one takes no more than a fiftieth of the time. */
const KEEP_MS = 60_000;
const KEEP_SHARE = 0.02;
/** Shelves of each partition swept after an append: all of them after a thousand. */
const SHELVES = 1;
const SHELVES_ALL = 1024;

export interface TrackedLogOptions {
  readonly season: TrackSeason;
  readonly number: number;
  readonly log: ScanLog;
  /** Of all logs of the season. */
  readonly folder: string;
  /** This process. */
  readonly name: string;
  /** Names the files of this opening of the log. */
  readonly files: string;
  readonly ledger: Pool;
  readonly onError: (error: unknown) => void;
}

/** A log of scans that this process owns: its owner, its folder, and when they are kept. */
export class TrackedLog {
  #scansAtKeep = 0;
  #keptAt = 0;
  #keepTook = 0;
  #keeping: Promise<void> | undefined;
  #shelf = 0;

  private constructor(
    readonly owner: LogOwner,
    private readonly kept: Kept,
    private readonly folder: LogFolder,
    private readonly options: TrackedLogOptions,
  ) {
    this.#scansAtKeep = this.#received() - owner.recovery.scans;
    this.#keptAt = options.season.timing.elapsed();
  }

  /** Takes the log over and reads what is not in a snapshot. */
  static async open(options: TrackedLogOptions): Promise<TrackedLog> {
    const { season, number, log, folder: root, name, files, onError } = options;
    const partitions = PARTITIONS / season.logs;
    const share = { first: number * partitions, of: PARTITIONS };
    const folder = new LogFolder(
      `${root}/log-${number}`,
      files,
      season.network,
      DEFAULT_TRACK_POLICY,
      share,
      partitions,
    );
    const kept = folder.restore(onError);
    const owner = await LogOwner.open(log, name, kept.tracking, season.timing);
    return new TrackedLog(owner, kept, folder, options);
  }

  get tracking() {
    return this.owner.tracking;
  }

  status(): LogStatus {
    const { epoch, seq, waiting, behindMs, lost } = this.owner;
    const state = lost === undefined ? 'ready' : 'away';
    return { log: this.options.number, state, epoch, seq, waiting, behindMs };
  }

  /** Takes a batch; see LogOwner.take. */
  async take(batch: ScanBatch, message = 0): Promise<Outcomes> {
    const outcomes = await this.owner.take(batch, message);
    this.#sweep();
    this.tend();
    return outcomes;
  }

  /** Keeps a snapshot if one is due; to be called now and then also when nothing comes. */
  tend(): void {
    if (this.owner.lost === undefined && this.#isDue())
      void this.keep().catch(this.options.onError);
  }

  /** Keeps a snapshot and what was counted; one at a time. */
  keep(): Promise<void> {
    this.#keeping ??= this.#keep().finally(() => {
      this.#keeping = undefined;
    });
    return this.#keeping;
  }

  /** Ends the owner's work; what is known is kept if much came since. */
  async close(): Promise<void> {
    await this.owner.idle();
    if (this.owner.lost === undefined && this.#received() > this.#scansAtKeep) await this.keep();
    for (const store of this.kept.chunks) store.close();
  }

  async #keep(): Promise<void> {
    const { owner, tracking } = this;
    if (owner.seq === 0) return;
    const begun = this.options.season.timing.elapsed();
    // Noted before: what fails is not tried again at once.
    [this.#scansAtKeep, this.#keptAt] = [this.#received(), begun];
    const receivedAt = Math.max(...tracking.partitions.map(({ clock }) => clock));
    const seq = tracking.receiptsSeq;
    const bytes = pictureBytes(tracking, seq, receivedAt);
    await this.folder.keep(this.kept);
    const { ledger, season, number } = this.options;
    await ledger.query(
      `INSERT INTO track_picture (season, log, seq, bytes) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [season.id, number, seq, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)],
    );
    await ledger.query(
      `DELETE FROM track_picture WHERE season = $1 AND log = $2 AND seq NOT IN (
         SELECT seq FROM track_picture WHERE season = $1 AND log = $2 ORDER BY seq DESC LIMIT 2)`,
      [season.id, number],
    );
    this.#keepTook = this.options.season.timing.elapsed() - begun;
  }

  #isDue(): boolean {
    if (this.#keeping) return false;
    const parcels = this.tracking.partitions.reduce((sum, track) => sum + track.parcels.size, 0);
    const due = Math.max(SCANS_LEAST, SCANS_PER_PARCEL * parcels);
    const since = this.#received() - this.#scansAtKeep;
    const ms = this.options.season.timing.elapsed() - this.#keptAt;
    return since >= due || (since > 0 && ms >= Math.max(KEEP_MS, this.#keepTook / KEEP_SHARE));
  }

  #received(): number {
    return this.tracking.sources.total().received;
  }

  /** Lets parcels that are nowhere leave memory, some shelves at a time. */
  #sweep(): void {
    for (const track of this.tracking.partitions) track.forget(this.#shelf, SHELVES);
    this.#shelf = (this.#shelf + SHELVES) % SHELVES_ALL;
  }
}
