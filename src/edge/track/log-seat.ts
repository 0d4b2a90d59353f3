import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import { Held } from '../../units/held.js';
import { PostgresScanLog } from '../postgres/scan-log.js';
import { LocalLog } from './local-log.js';
import type { LogDesk } from './log-desk.js';
import type { TrackSeason } from './track-season.js';
import type { LogStatus } from './track-service.js';
import { TrackedLog } from './tracked-log.js';

export interface SeatOptions {
  readonly season: TrackSeason;
  readonly number: number;
  readonly folder: string;
  /** This process. */
  readonly name: string;
  readonly ledger: Pool;
  readonly onError: (error: unknown) => void;
}

/** A log of scans as one process has it: owned, being opened, or another's. */
export class LogSeat implements LogDesk {
  readonly #log: PostgresScanLog;
  #opening: Promise<void> | undefined;
  #owned: TrackedLog | undefined;
  #desk: LocalLog | undefined;
  /** How often it was opened: each time has files of its own. */
  #openings = 0;

  constructor(private readonly options: SeatOptions) {
    const { ledger, season, number } = options;
    this.#log = new PostgresScanLog(ledger, season.id, number);
  }

  get number(): number {
    return this.options.number;
  }

  /** Whether this process has it, or is about to. */
  get isOurs(): boolean {
    return this.#opening !== undefined;
  }

  /** Resolves when what was begun by `keep` is there; rejects if it could not be. */
  get opened(): Promise<void> {
    return this.#opening ?? Promise.resolve();
  }

  /** The log as its owner has it, if that is this process. */
  get owned(): TrackedLog | undefined {
    return this.#owned;
  }

  /** The lease is this process's: opens the log, if it is not open; again, if another wrote to it in between. */
  keep(): void {
    if (this.#owned?.owner.lost !== undefined) {
      this.options.onError(new Error(this.#owned.owner.lost));
      this.#forget();
    }
    this.#owned?.tend();
    if (this.#opening) return;
    this.#opening = this.#open();
    // Tried again in the next round.
    this.#opening.catch((error: unknown) => {
      this.options.onError(error);
      this.#opening = undefined;
    });
  }

  /** Gives the log up. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    const owned = this.#owned;
    this.#forget();
    await owned?.close();
  }

  take(batch: ScanBatch, message?: number): Promise<Outcomes> {
    return this.#here().take(batch, message);
  }

  hasMessage(message: number): Promise<boolean> {
    return this.#log.hasMessage(message);
  }

  lastMessage(): Promise<number> {
    return this.#log.lastMessage();
  }

  async picture() {
    return this.#here().picture();
  }

  async flows(resource: number, from: number, until: number) {
    return this.#here().flows(resource, from, until);
  }

  async counts(from: number, until: number) {
    return this.#here().counts(from, until);
  }

  async find(parcel: Int32Array) {
    return this.#here().find(parcel);
  }

  async states(parcels: Int32Array) {
    return this.#here().states(parcels);
  }

  async sources() {
    return this.#here().sources();
  }

  async quarantine(from: number, most: number, source?: number) {
    return this.#here().quarantine(from, most, source);
  }

  async quarantined(entries: readonly number[]) {
    return this.#here().quarantined(entries);
  }

  async kept(entries: readonly number[]) {
    return this.#here().kept(entries);
  }

  status(): LogStatus {
    if (this.#owned) return this.#owned.status();
    const state = this.#opening ? 'opening' : 'away';
    return { log: this.number, state, epoch: 0, seq: 0, waiting: 0, behindMs: 0 };
  }

  async #open(): Promise<void> {
    const { folder, season, name } = this.options;
    const own = { folder: join(folder, season.id), files: `${name}-${this.#openings++}` };
    this.#owned = await TrackedLog.open({ ...this.options, ...own, log: this.#log });
    this.#desk = new LocalLog(this.#owned, this.#log);
  }

  #forget(): void {
    this.#opening = undefined;
    this.#owned = undefined;
    this.#desk = undefined;
  }

  #here(): LocalLog {
    if (!this.#desk || this.#owned?.owner.lost !== undefined) {
      const isAway = !this.#opening || this.#owned?.owner.lost !== undefined;
      const why = isAway
        ? 'another process has the log of scans'
        : 'the log of scans is being read';
      throw new Held('lost', `${why}; ask again`);
    }
    return this.#desk;
  }
}
