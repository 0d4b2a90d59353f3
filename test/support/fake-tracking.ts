import { countSlots, sumCounts } from '../../src/edge/track/count-slots.js';
import { firstSlot, type TrackSeason, trackSeason } from '../../src/edge/track/track-season.js';
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
} from '../../src/edge/track/track-service.js';
import type { Scenario } from '../../src/network/scenario.js';
import { History, MemoryChunks } from '../../src/track/history.js';
import { viewOf } from '../../src/track/parcel-life.js';
import { headOf } from '../../src/track/parcel-table.js';
import { pickRows } from '../../src/track/partitions.js';
import { DEFAULT_TRACK_POLICY } from '../../src/track/policy.js';
import { KINDS, type Outcomes, REASONS, type ScanBatch } from '../../src/track/scans.js';
import { emptyTally, tallyUp } from '../../src/track/sources.js';
import { Track } from '../../src/track/track.js';
import { Tracking } from '../../src/track/tracking.js';
import { scenarioFrom, type World } from './scenario-from.js';

/** Operators A and B with a hub each in Hangzhou, A with another in Shenzhen and the lane there; an outlet, and a locker of `box`. */
export const TRACK_WORLD: World = {
  slots: 48,
  resources: [
    { id: 'A/hub/HZ', capacity: 100, floor: 50, operator: 'A', region: '330100' },
    { id: 'A/hub/SZ', capacity: 100, floor: 40, operator: 'A', region: '440300' },
    { id: 'A/lane', kind: 'lane', capacity: 100, operator: 'A', region: '330100' },
    { id: 'A/out', kind: 'delivery', capacity: 100, operator: 'A', region: '440300' },
    { id: 'B/hub', capacity: 100, floor: 10, operator: 'B', region: '330100' },
    { id: 'box/1', kind: 'locker', capacity: 100, operator: 'box', region: '330100' },
  ],
  routes: [
    {
      id: 'A/1',
      operator: 'A',
      origin: '330100',
      destination: '440300',
      steps: [{ resource: 'A/hub/HZ' }, { resource: 'A/lane' }, { resource: 'A/hub/SZ' }],
    },
    {
      id: 'B/1',
      operator: 'B',
      origin: '330100',
      destination: '440300',
      steps: [{ resource: 'B/hub' }],
    },
  ],
  demand: [],
};

/** What time it is for a test. */
export interface TestClock {
  now: number;
}

/** A season, of the world above unless said otherwise; its clock stands at the start of slot 10 until it is moved. */
export function testTrackSeason(
  clock: TestClock = { now: msOfSlot(10) },
  logs = 1,
  scenario: Scenario = scenarioFrom(TRACK_WORLD),
): TrackSeason {
  const timing = {
    now: () => clock.now,
    elapsed: () => performance.now(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return trackSeason({ id: 'season', scenario, timing }, { logs, key: Buffer.alloc(32, 7) });
}

export function msOfSlot(slot: number): number {
  return Date.parse('2021-11-01T00:00:00+08:00') + slot * 3_600_000;
}

/** Tracking in memory, without a log: what routes are tried on. */
export class FakeTracking implements TrackService {
  readonly tracking: Tracking;
  /** Called before a batch is applied: may wait, or throw. */
  beforeTake: () => Promise<void> = async () => {};
  state: LogStatus['state'] = 'ready';
  pictures = 0;
  readonly #organisations: string[] = [];
  readonly #batches: ScanBatch[] = [];

  constructor(readonly season: TrackSeason = testTrackSeason()) {
    const { network } = season;
    const partition = () =>
      new Track(network, DEFAULT_TRACK_POLICY, new History(new MemoryChunks()));
    this.tracking = new Tracking(network, [partition(), partition()]);
  }

  async take(batch: ScanBatch): Promise<TakenBatch> {
    await this.beforeTake();
    const taken = { ...batch, seq: this.#batches.length + 1 };
    const outcomes = this.tracking.apply(taken);
    this.#batches.push(taken);
    return { outcomes, tally: tallyOf(outcomes, batch.count) };
  }

  async sourceOf(organisation: string): Promise<number> {
    const known = this.#organisations.indexOf(organisation);
    return known >= 0 ? known : this.#organisations.push(organisation) - 1;
  }

  async picture(): Promise<Picture> {
    this.pictures += 1;
    const { stock, bound, parcels, departed, scans } = this.tracking.state();
    const { sources } = this.tracking;
    const at = this.season.timing.now();
    const newestAt = new Float64Array(stock.length).fill(Number.NaN);
    for (const pair of sources.pairs) {
      const resource = Math.floor(pair / 2 ** 16);
      const newest = sources.list[pair % 2 ** 16].newestAt;
      if (!(newestAt[resource] >= newest)) newestAt[resource] = newest;
    }
    const { staleAfterMs } = DEFAULT_TRACK_POLICY;
    const stale = Uint8Array.from(newestAt, (newest) => Number(at - newest > staleAfterMs));
    const receivedAt = this.#batches.at(-1)?.receivedAt ?? Number.NEGATIVE_INFINITY;
    const version = this.#batches.length;
    return { at, receivedAt, version, stock, bound, newestAt, stale, parcels, departed, scans };
  }

  async flows(resource: number, from: number, until: number): Promise<SlotFlow[]> {
    const { tracking } = this;
    const shift = firstSlot(this.season);
    const [{ corrections }] = tracking.partitions;
    return Array.from({ length: until - from }, (_, k) => {
      const slot = from + k;
      const own = slot - shift;
      const late = KINDS.map((_kind, i) =>
        tracking.partitions.reduce(
          (sum, track) => sum + track.corrections.after(-1, resource, i + 1, own),
          0,
        ),
      );
      return {
        slot,
        scans: KINDS.map((_kind, i) => tracking.flow(resource, i + 1, own)),
        isClosed: own < corrections.closedUntil,
        corrections: late,
      };
    });
  }

  async counts(from: number, until: number): Promise<SlotCounts> {
    const shift = firstSlot(this.season);
    return sumCounts([countSlots(this.tracking, from - shift, until - shift)], shift);
  }

  async find(parcel: Int32Array): Promise<ParcelLife | undefined> {
    const state = this.tracking.find(parcel);
    if (!state) return undefined;
    const track = this.tracking.partitionOf(parcel);
    const [a, b, c, d] = parcel;
    const row = track.parcels.find(a, b, c, d);
    const scans = [];
    for (let at = headOf(track.parcels.shelf, row); at > 0; ) {
      const record = track.history.read(at);
      scans.push(viewOf(record, this.season.network.startMs));
      at = record.before;
    }
    return { state, scans };
  }

  async states(parcels: Int32Array): Promise<ParcelStates> {
    const found = Array.from({ length: parcels.length / 4 }, (_, i) =>
      this.tracking.find(parcels.subarray(4 * i, 4 * i + 4)),
    );
    return {
      at: Float64Array.from(found, (state) => state?.at ?? 0),
      kind: Uint8Array.from(found, (state) => state?.kind ?? 0),
      resource: Int32Array.from(found, (state) => state?.resource ?? -1),
      to: Int32Array.from(found, (state) => state?.to ?? -1),
    };
  }

  async sources(): Promise<SourceView[]> {
    const { sources, network } = this.tracking;
    const until = Math.floor((this.season.timing.now() - network.startMs) / network.slotMs);
    const shift = firstSlot(this.season);
    return sources.list.map((source, number) => ({
      source: this.#organisations[number],
      ...source,
      delays: [...source.delays],
      gaps: sources.gaps(number, until).map((gap) => ({
        from: gap.from + shift,
        until: gap.until + shift,
      })),
    }));
  }

  async quarantine(after: string | undefined, most: number, source?: string) {
    const from = after === undefined ? 0 : entryOf(after) + 1;
    const views: QuarantinedView[] = [];
    for (let n = from; n < this.tracking.quarantine.size && views.length < most; n++) {
      const view = this.#quarantined(n);
      const isInside = view.reason !== REASONS[0];
      if (isInside && (source === undefined || view.source === source)) views.push(view);
    }
    return views;
  }

  async quarantined(ids: readonly string[]): Promise<(QuarantinedView | undefined)[]> {
    return ids.map((id) => {
      const n = entryOf(id);
      return n >= 0 && n < this.tracking.quarantine.size ? this.#quarantined(n) : undefined;
    });
  }

  #quarantined(n: number): QuarantinedView {
    const { seq, line, source, reason } = this.tracking.quarantine.get(n);
    const batch = this.#batches[seq - 1];
    const i = batch.line.indexOf(line);
    const { attributes, attributesStart } = batch;
    const text = attributes.slice(attributesStart[i], attributesStart[i + 1]);
    return {
      id: `0.${n}`,
      source: this.#organisations[source] ?? '',
      reason: REASONS[reason],
      receivedAt: batch.receivedAt,
      line: line + 1,
      scan:
        batch.unparsable[i] === 1
          ? undefined
          : {
              at: batch.at[i],
              kind: batch.kind[i],
              operator: batch.operator[i],
              resource: batch.resource[i],
              to: batch.to[i],
              attributes: Buffer.from(text).toString(),
            },
    };
  }

  async redrive(source: number, scans: readonly Redriven[], mended?: ScanBatch) {
    const tally = emptyTally();
    const status = new Uint8Array(scans.length);
    const reason = new Uint8Array(scans.length);
    for (const [k, { id, row }] of scans.entries()) {
      const entry = entryOf(id);
      const { seq, line } = this.tracking.quarantine.get(entry);
      const kept = this.#batches[seq - 1];
      const one =
        row !== undefined && mended
          ? pickRows(mended, [row])
          : pickRows(kept, [kept.line.indexOf(line)]);
      const receivedAt = this.season.timing.now();
      const again = { ...one, source, receivedAt, origin: Int32Array.of(entry) };
      const { outcomes } = await this.take(again);
      tallyUp(tally, outcomes, 1);
      status[k] = outcomes.status[0];
      reason[k] = outcomes.reason[0];
    }
    return { outcomes: { status, reason, displaced: [] }, tally };
  }

  status(): LogStatus[] {
    const seq = this.#batches.length;
    return [{ log: 0, state: this.state, epoch: 1, seq, waiting: 0, behindMs: 0 }];
  }
}

function entryOf(id: string): number {
  return Number(/^0\.(\d{1,9})$/.exec(id)?.[1] ?? -1);
}

function tallyOf(outcomes: Outcomes, count: number) {
  const tally = emptyTally();
  tallyUp(tally, outcomes, count);
  return tally;
}
