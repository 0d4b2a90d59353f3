import { partitionOf, pickRows } from '../../track/partitions.js';
import { DEFAULT_TRACK_POLICY } from '../../track/policy.js';
import { type Outcomes, outcomesFor, REASONS, type ScanBatch } from '../../track/scans.js';
import { emptyTally, gapsOf, TALLIES, type Tally, tallyUp } from '../../track/sources.js';
import { sumCounts } from './count-slots.js';
import { joinBatches } from './local-log.js';
import type { LogDesk, LogPicture, LogQuarantined, LogSource } from './log-desk.js';
import { firstSlot, type TrackSeason } from './track-season.js';
import type {
  LogStatus,
  ParcelLife,
  ParcelStates,
  Picture,
  QuarantinedView,
  Redriven,
  SlotCounts,
  SlotFlow,
  SourceView,
  TakenBatch,
  TrackService,
} from './track-service.js';
import type { SourceNumbers } from './track-store.js';

/** Tracking of a season over the desks of its logs, wherever their owners are. */
export class SeasonTracking implements TrackService {
  /** @param logs by number. */
  constructor(
    readonly season: TrackSeason,
    private readonly logs: readonly LogDesk[],
    private readonly numbers: SourceNumbers,
  ) {}

  sourceOf(organisation: string): Promise<number> {
    return this.numbers.of(organisation);
  }

  async take(batch: ScanBatch): Promise<TakenBatch> {
    const outcomes = await this.#take(batch);
    const tally = emptyTally();
    tallyUp(tally, outcomes, batch.count);
    return { outcomes, tally };
  }

  async picture(): Promise<Picture> {
    const parts = await Promise.all(this.logs.map((log) => log.picture()));
    const at = this.season.timing.now();
    const [first, ...others] = parts;
    const sum = others.reduce(addPicture, first);
    const { seq: version, receivedAt, stock, bound, newestAt, parcels, departed, scans } = sum;
    const { staleAfterMs } = DEFAULT_TRACK_POLICY;
    const stale = Uint8Array.from(newestAt, (newest) => (at - newest > staleAfterMs ? 1 : 0));
    return { at, receivedAt, version, stock, bound, newestAt, stale, parcels, departed, scans };
  }

  async flows(resource: number, from: number, until: number): Promise<SlotFlow[]> {
    const shift = firstSlot(this.season);
    const [first, ...others] = await Promise.all(
      this.logs.map((log) => log.flows(resource, from - shift, until - shift)),
    );
    return first.map(({ slot, scans, corrections, isClosed }, i) => ({
      slot: slot + shift,
      scans: scans.map((n, k) => others.reduce((sum, log) => sum + log[i].scans[k], n)),
      corrections: corrections.map((n, k) =>
        others.reduce((sum, log) => sum + log[i].corrections[k], n),
      ),
      isClosed: isClosed || others.some((log) => log[i].isClosed),
    }));
  }

  async counts(from: number, until: number): Promise<SlotCounts> {
    const shift = firstSlot(this.season);
    const parts = await Promise.all(
      this.logs.map((log) => log.counts(from - shift, until - shift)),
    );
    return sumCounts(parts, shift);
  }

  find(parcel: Int32Array): Promise<ParcelLife | undefined> {
    return this.logs[partitionOf(parcel[0], this.logs.length)].find(parcel);
  }

  async sources(): Promise<SourceView[]> {
    const parts = await Promise.all(this.logs.map((log) => log.sources()));
    const { network, timing } = this.season;
    const until = Math.floor((timing.now() - network.startMs) / network.slotMs);
    const shift = firstSlot(this.season);
    const views: SourceView[] = [];
    for (const part of parts.flat().reduce(addSource, new Map<number, LogSource>()).values()) {
      const { number, heard, ...source } = part;
      if (source.tally.received + source.redriven.received === 0) continue;
      const gaps = gapsOf(heard, until).map((gap) => ({
        from: gap.from + shift,
        until: gap.until + shift,
      }));
      views.push({ source: await this.numbers.name(number), ...source, gaps });
    }
    return views;
  }

  async quarantine(
    after: string | undefined,
    most: number,
    source?: string,
  ): Promise<QuarantinedView[]> {
    const [log, entry] = after === undefined ? [0, -1] : parseId(after);
    const number = source === undefined ? undefined : await this.numbers.of(source);
    const views: QuarantinedView[] = [];
    for (let l = log; l < this.logs.length && views.length < most; l++) {
      const from = l === log ? entry + 1 : 0;
      for (const each of await this.logs[l].quarantine(from, most - views.length, number)) {
        views.push(await this.#view(l, each));
      }
    }
    return views;
  }

  async quarantined(ids: readonly string[]): Promise<(QuarantinedView | undefined)[]> {
    const views: (QuarantinedView | undefined)[] = ids.map(() => undefined);
    const parsed = ids.map(parseId);
    for (const [l, log] of this.logs.entries()) {
      const places = [...parsed.keys()].filter((i) => parsed[i][0] === l);
      if (places.length === 0) continue;
      const found = await log.quarantined(places.map((i) => parsed[i][1]));
      for (const [k, i] of places.entries()) {
        const each = found[k];
        if (each) views[i] = await this.#view(l, each);
      }
    }
    return views;
  }

  async states(parcels: Int32Array): Promise<ParcelStates> {
    const { logs } = this;
    if (logs.length === 1) return logs[0].states(parcels);
    const count = parcels.length / 4;
    const rows = this.#rowsOf(parcels, count);
    const states = {
      at: new Float64Array(count),
      kind: new Uint8Array(count),
      resource: new Int32Array(count),
      to: new Int32Array(count),
    };
    await Promise.all(
      rows.map(async (list, l) => {
        const words = list.flatMap((i) => [...parcels.subarray(4 * i, 4 * i + 4)]);
        const part = await logs[l].states(Int32Array.from(words));
        for (const [k, i] of list.entries()) {
          states.at[i] = part.at[k];
          states.kind[i] = part.kind[k];
          states.resource[i] = part.resource[k];
          states.to[i] = part.to[k];
        }
      }),
    );
    return states;
  }

  status(): LogStatus[] {
    return this.logs.map((log) => log.status());
  }

  async redrive(
    source: number,
    scans: readonly Redriven[],
    mended?: ScanBatch,
  ): Promise<TakenBatch> {
    const parts: (ScanBatch | undefined)[] = scans.map(() => undefined);
    const origin = new Int32Array(scans.length).fill(-1);
    const ids = scans.map(({ id }) => parseId(id));
    for (const [l, log] of this.logs.entries()) {
      const again = [...scans.keys()].filter((i) => ids[i][0] === l && scans[i].row === undefined);
      if (again.length === 0) continue;
      const kept = await log.kept(again.map((i) => ids[i][1]));
      for (const i of again) {
        const k = kept.entries.indexOf(ids[i][1]);
        if (k < 0) continue;
        parts[i] = pickRows(kept.batch, [k]);
        origin[i] = ids[i][1];
      }
    }
    for (const [i, { row }] of scans.entries()) {
      if (row === undefined || !mended) continue;
      parts[i] = pickRows(mended, [row]);
      // Entries are a log's own: a scan that belongs to another is taken there as one that was never seen.
      const goesTo = partitionOf(mended.parcel[4 * row], this.logs.length);
      origin[i] = goesTo === ids[i][0] ? ids[i][1] : -1;
    }
    const missing = parts.findIndex((part) => part === undefined);
    if (missing >= 0) throw new RangeError(`there is no entry ${scans[missing].id}`);
    const batch = joinBatches(parts.flatMap((part) => part ?? []));
    return this.take({ ...batch, source, receivedAt: this.season.timing.now(), origin });
  }

  async #view(log: number, { entry, source, reason, ...rest }: LogQuarantined) {
    const { receivedAt, line, scan } = rest;
    return {
      id: `${log}.${entry}`,
      source: await this.numbers.name(source),
      reason: REASONS[reason],
      receivedAt,
      line: line + 1,
      scan,
    };
  }

  /** Parcels by log, in their order. */
  #rowsOf(parcels: Int32Array, count: number): number[][] {
    const rows: number[][] = this.logs.map(() => []);
    for (let i = 0; i < count; i++) rows[partitionOf(parcels[4 * i], rows.length)].push(i);
    return rows;
  }

  async #take(batch: ScanBatch): Promise<Outcomes> {
    const { logs } = this;
    if (logs.length === 1) return logs[0].take(batch);
    const rows = this.#rowsOf(batch.parcel, batch.count);
    const outcomes = outcomesFor(batch.count);
    await Promise.all(
      logs.map(async (log, l) => {
        if (rows[l].length === 0) return;
        const part = await log.take(pickRows(batch, rows[l]));
        for (const [k, i] of rows[l].entries()) {
          outcomes.status[i] = part.status[k];
          outcomes.reason[i] = part.reason[k];
        }
      }),
    );
    return outcomes;
  }
}

/** @throws RangeError if it is no id of an entry. */
function parseId(id: string): [log: number, entry: number] {
  const match = /^(\d{1,2})\.(\d{1,9})$/.exec(id);
  if (!match) throw new RangeError('no id of an entry of the quarantine');
  return [Number(match[1]), Number(match[2])];
}

function addPicture(sum: LogPicture, other: LogPicture): LogPicture {
  return {
    seq: sum.seq + other.seq,
    receivedAt: Math.max(sum.receivedAt, other.receivedAt),
    stock: sum.stock.map((n, r) => n + other.stock[r]),
    bound: sum.bound.map((n, r) => n + other.bound[r]),
    newestAt: sum.newestAt.map((at, r) => latest(at, other.newestAt[r])),
    parcels: sum.parcels + other.parcels,
    departed: sum.departed + other.departed,
    scans: sum.scans + other.scans,
  };
}

function latest(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}

function addSource(sums: Map<number, LogSource>, part: LogSource): Map<number, LogSource> {
  const sum = sums.get(part.number);
  if (!sum) return sums.set(part.number, part);
  const slots = Math.max(sum.heard.length, part.heard.length);
  return sums.set(part.number, {
    number: part.number,
    tally: addTally(sum.tally, part.tally),
    redriven: addTally(sum.redriven, part.redriven),
    newestAt: Math.max(sum.newestAt, part.newestAt),
    lastReceivedAt: Math.max(sum.lastReceivedAt, part.lastReceivedAt),
    delays: sum.delays.map((n, i) => n + part.delays[i]),
    heard: Array.from({ length: slots }, (_, s) => (sum.heard[s] ?? 0) + (part.heard[s] ?? 0)),
  });
}

function addTally(a: Tally, b: Tally): Tally {
  const sum = emptyTally();
  for (const name of TALLIES) sum[name] = a[name] + b[name];
  return sum;
}
