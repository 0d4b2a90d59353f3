import { deserialize } from 'node:v8';
import type { ScanRecordView } from '../../track/parcel-life.js';
import { pickRows } from '../../track/partitions.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import type { ParcelState } from '../../track/track.js';
import type {
  KeptScans,
  LogDesk,
  LogFlow,
  LogPicture,
  LogQuarantined,
  LogSource,
} from '../track/log-desk.js';
import type { LogStatus, ParcelStates, SlotCounts } from '../track/track-service.js';
import type { ScanPublisher } from './scan-publisher.js';
import { MESSAGE_BYTES_MOST } from './scan-stream.js';

/** Bytes of a scan in a message, without its attributes and with the entry of one that is driven in again. */
const SCAN_BYTES = 48;

/** The desk of a log that another process owns: scans go by its stream, questions straight to its owner. */
export class RemoteLog implements LogDesk {
  constructor(
    private readonly publisher: ScanPublisher,
    private readonly log: number,
  ) {}

  async take(batch: ScanBatch): Promise<Outcomes> {
    const pieces = cut(batch);
    if (pieces.length === 1) return this.publisher.take(this.log, batch);
    const taken = await Promise.all(pieces.map((piece) => this.publisher.take(this.log, piece)));
    return {
      status: Buffer.concat(taken.map(({ status }) => status)),
      reason: Buffer.concat(taken.map(({ reason }) => reason)),
      displaced: [],
    };
  }

  picture(): Promise<LogPicture> {
    return this.#ask('picture');
  }

  flows(resource: number, from: number, until: number): Promise<LogFlow[]> {
    return this.#ask('flows', resource, from, until);
  }

  counts(from: number, until: number): Promise<SlotCounts> {
    return this.#ask('counts', from, until);
  }

  find(
    parcel: Int32Array,
  ): Promise<
    { readonly state: ParcelState; readonly scans: readonly ScanRecordView[] } | undefined
  > {
    return this.#ask('find', parcel);
  }

  states(parcels: Int32Array): Promise<ParcelStates> {
    return this.#ask('states', parcels);
  }

  sources(): Promise<LogSource[]> {
    return this.#ask('sources');
  }

  quarantine(from: number, most: number, source?: number): Promise<LogQuarantined[]> {
    return this.#ask('quarantine', from, most, source);
  }

  quarantined(entries: readonly number[]): Promise<(LogQuarantined | undefined)[]> {
    return this.#ask('quarantined', entries);
  }

  kept(entries: readonly number[]): Promise<KeptScans> {
    return this.#ask('kept', entries);
  }

  /** What is known here: whether its owner answered last. */
  status(): LogStatus {
    const state = this.publisher.isHeard(this.log) ? 'ready' : 'away';
    return { log: this.log, state, epoch: 0, seq: 0, waiting: 0, behindMs: 0 };
  }

  async #ask<T>(name: keyof LogDesk, ...args: readonly unknown[]): Promise<T> {
    return deserialize(await this.publisher.call(this.log, name, args));
  }
}

/** A batch as parts that fit into a message each. */
export function cut(batch: ScanBatch, bytesMost = MESSAGE_BYTES_MOST): ScanBatch[] {
  const { attributesStart, count } = batch;
  if (SCAN_BYTES * (count + 2) + attributesStart[count] <= bytesMost) return [batch];
  const pieces: ScanBatch[] = [];
  let rows: number[] = [];
  let bytes = 2 * SCAN_BYTES;
  for (let i = 0; i < count; i++) {
    const own = SCAN_BYTES + attributesStart[i + 1] - attributesStart[i];
    if (bytes + own > bytesMost && rows.length > 0) {
      pieces.push(pickRows(batch, rows));
      rows = [];
      bytes = 2 * SCAN_BYTES;
    }
    rows.push(i);
    bytes += own;
  }
  pieces.push(pickRows(batch, rows));
  return pieces;
}
