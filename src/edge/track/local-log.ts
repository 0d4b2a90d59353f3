import { decodeBatch } from '../../track/batch-codec.js';
import type { ScanLog } from '../../track/owner/scan-log.js';
import type { ScanRecordView } from '../../track/parcel-life.js';
import { pickRows } from '../../track/partitions.js';
import { KINDS_MOST, type Outcomes, Reason, type ScanBatch } from '../../track/scans.js';
import type { Tracking } from '../../track/tracking.js';
import { countSlots } from './count-slots.js';
import type {
  KeptScans,
  LogDesk,
  LogFlow,
  LogPicture,
  LogQuarantined,
  LogSource,
} from './log-desk.js';
import type { LogStatus, ParcelStates, SlotCounts } from './track-service.js';
import type { TrackedLog } from './tracked-log.js';

/** The desk of a log that this process owns. */
export class LocalLog implements LogDesk {
  /** @param log where entries of the quarantine are read again. */
  constructor(
    private readonly owned: TrackedLog,
    private readonly log: ScanLog,
  ) {}

  /** @param message of a stream that brings it, known not to be in the log. */
  take(batch: ScanBatch, message = 0): Promise<Outcomes> {
    return this.owned.take(batch, message);
  }

  async picture(): Promise<LogPicture> {
    const { partitions, sources, receiptsSeq: seq, network } = this.#tracking;
    const stock = new Int32Array(network.resources);
    const bound = new Int32Array(network.resources);
    const [counts, total] = [partitions.map((track) => track.stock), { parcels: 0, departed: 0 }];
    for (const { at, bound: towards, parcels, departed } of counts) {
      total.parcels += parcels;
      total.departed += departed;
      for (let r = 0; r < stock.length; r++) {
        stock[r] += at[r];
        bound[r] += towards[r];
      }
    }
    const receivedAt = Math.max(...partitions.map(({ clock }) => clock));
    const scans = partitions.reduce((sum, track) => sum + track.scans, 0);
    return { seq, receivedAt, stock, bound, newestAt: sources.newest(), ...total, scans };
  }

  async flows(resource: number, from: number, until: number): Promise<LogFlow[]> {
    const { partitions } = this.#tracking;
    const closedUntil = Math.max(...partitions.map(({ corrections }) => corrections.closedUntil));
    const late = correctionsOf(this.#tracking, resource, from, until);
    return Array.from({ length: Math.max(0, until - from) }, (_, i) => {
      const slot = from + i;
      const scans = Array.from({ length: KINDS_MOST }, (_none, k) =>
        this.#tracking.flow(resource, k + 1, slot),
      );
      return { slot, scans, corrections: late[i], isClosed: slot < closedUntil };
    });
  }

  async counts(from: number, until: number): Promise<SlotCounts> {
    return countSlots(this.#tracking, from, until);
  }

  async find(parcel: Int32Array) {
    const track = this.#tracking.partitionOf(parcel);
    const state = track.find(parcel);
    return state && { state, scans: track.life(parcel) };
  }

  async sources(): Promise<LogSource[]> {
    return this.#tracking.sources.list.map((source, number) => ({
      number,
      tally: { ...source.tally },
      redriven: { ...source.redriven },
      newestAt: source.newestAt,
      lastReceivedAt: source.lastReceivedAt,
      delays: [...source.delays],
      heard: [...source.heard.view()],
    }));
  }

  async states(parcels: Int32Array): Promise<ParcelStates> {
    const count = parcels.length / 4;
    const states = {
      at: new Float64Array(count),
      kind: new Uint8Array(count),
      resource: new Int32Array(count),
      to: new Int32Array(count),
    };
    for (let i = 0; i < count; i++) {
      const state = this.#tracking.find(parcels.subarray(4 * i, 4 * i + 4));
      if (!state) continue;
      states.at[i] = state.at;
      states.kind[i] = state.kind;
      states.resource[i] = state.resource;
      states.to[i] = state.to;
    }
    return states;
  }

  async quarantine(from: number, most: number, source?: number): Promise<LogQuarantined[]> {
    const { quarantine } = this.#tracking;
    const found: LogQuarantined[] = [];
    const batches = new BatchCache(this.log);
    for (let entry = from; entry < quarantine.size && found.length < most; entry++) {
      const { reason, source: by } = quarantine.get(entry);
      if (reason === Reason.none || (source !== undefined && by >= 0 && by !== source)) continue;
      const view = await this.#view(entry, batches);
      if (view && (source === undefined || view.source === source)) found.push(view);
    }
    return found;
  }

  async quarantined(entries: readonly number[]): Promise<(LogQuarantined | undefined)[]> {
    const batches = new BatchCache(this.log);
    const views: (LogQuarantined | undefined)[] = [];
    for (const entry of entries) views.push(await this.#view(entry, batches));
    return views;
  }

  async kept(entries: readonly number[]): Promise<KeptScans> {
    const { quarantine } = this.#tracking;
    const batches = new BatchCache(this.log);
    const parts: ScanBatch[] = [];
    const kept: number[] = [];
    for (const entry of entries) {
      if (!(entry >= 0 && entry < quarantine.size)) continue;
      const { seq, line } = quarantine.get(entry);
      const batch = await batches.find(seq);
      const row = batch?.line.indexOf(line) ?? -1;
      if (!batch || row < 0) continue;
      parts.push(pickRows(batch, [row]));
      kept.push(entry);
    }
    return { entries: kept, batch: joinBatches(parts) };
  }

  status(): LogStatus {
    return this.owned.status();
  }

  /** An entry with its scan; undefined where there is none. */
  async #view(entry: number, batches: BatchCache): Promise<LogQuarantined | undefined> {
    const { quarantine } = this.#tracking;
    if (!(entry >= 0 && entry < quarantine.size)) return undefined;
    const { seq, line, reason } = quarantine.get(entry);
    const batch = await batches.find(seq);
    if (!batch) return undefined;
    const row = batch.line.indexOf(line);
    const scan = row < 0 || batch.unparsable[row] === 1 ? undefined : rowView(batch, row);
    return { entry, source: batch.source, reason, receivedAt: batch.receivedAt, line, scan };
  }

  get #tracking(): Tracking {
    return this.owned.tracking;
  }
}

/** Batches read again, each once. */
class BatchCache {
  readonly #read = new Map<number, ScanBatch | undefined>();

  constructor(private readonly log: ScanLog) {}

  async find(seq: number): Promise<ScanBatch | undefined> {
    if (!this.#read.has(seq)) {
      const entry = await this.log.find(seq);
      const batch = entry && { ...decodeBatch(seq, entry.bytes), receivedAt: entry.receivedAt };
      this.#read.set(seq, batch);
    }
    return this.#read.get(seq);
  }
}

function rowView(batch: ScanBatch, row: number): ScanRecordView {
  const { attributes, attributesStart } = batch;
  const text = attributes.subarray(attributesStart[row], attributesStart[row + 1]);
  return {
    at: batch.at[row],
    kind: batch.kind[row],
    operator: batch.operator[row],
    resource: batch.resource[row],
    to: batch.to[row],
    attributes: Buffer.from(text).toString(),
  };
}

/** By slot from `from` on and kind − 1: what came after the slot was closed (T7). One pass over all corrections. */
function correctionsOf(
  { partitions }: Tracking,
  resource: number,
  from: number,
  until: number,
): number[][] {
  const sums = Array.from({ length: Math.max(0, until - from) }, () =>
    Array.from({ length: KINDS_MOST }, () => 0),
  );
  for (const { corrections } of partitions) {
    const [, resources, kinds, slots, scans] = corrections.columns;
    for (let i = 0; i < scans.length; i++) {
      if (resources[i] !== resource || slots[i] < from || slots[i] >= until) continue;
      sums[slots[i] - from][kinds[i] - 1] += scans[i];
    }
  }
  return sums;
}

/** Batches one behind the other, lines numbered anew. */
export function joinBatches(parts: readonly ScanBatch[]): ScanBatch {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const attributes = Buffer.concat(parts.map((part) => part.attributes));
  const attributesStart = new Uint32Array(count + 1);
  let row = 0;
  for (const part of parts) {
    for (let i = 0; i < part.count; i++, row++) {
      const length = part.attributesStart[i + 1] - part.attributesStart[i];
      attributesStart[row + 1] = attributesStart[row] + length;
    }
  }
  const ints = (of: (part: ScanBatch) => Int32Array) =>
    Int32Array.from(parts.flatMap((part) => [...of(part)]));
  return {
    seq: 0,
    source: parts[0]?.source ?? 0,
    receivedAt: parts[0]?.receivedAt ?? 0,
    origin: undefined,
    count,
    parcel: ints((part) => part.parcel),
    operator: ints((part) => part.operator),
    kind: Uint8Array.from(parts.flatMap((part) => [...part.kind])),
    resource: ints((part) => part.resource),
    to: ints((part) => part.to),
    at: Float64Array.from(parts.flatMap((part) => [...part.at])),
    unparsable: Uint8Array.from(parts.flatMap((part) => [...part.unparsable])),
    line: Uint16Array.from({ length: count }, (_, i) => i),
    attributes,
    attributesStart,
  };
}
