import * as fc from 'fast-check';
import type * as CodecRoom from '../../src/track/batch-codec.js';
import type * as HistoryRoom from '../../src/track/history.js';
import type { ChunkStore } from '../../src/track/history.js';
import type * as StateRoom from '../../src/track/network-state.js';
import type { TrackPolicy } from '../../src/track/policy.js';
import { KINDS, type Kind } from '../../src/track/scans.js';
import type * as SnapshotRoom from '../../src/track/snapshot.js';
import type { Sources } from '../../src/track/sources.js';
import type * as TrackRoom from '../../src/track/track.js';
import type * as TrackingRoom from '../../src/track/tracking.js';
import { NaiveTrack } from './naive-track.js';
import { kindName, NETWORK, type Seen, scansOf, toldOf, wordsOf } from './track-world.js';

/** The parts of tracking that a drill runs: those of `src/track`, or spoiled ones. */
export type Rooms = Pick<typeof TrackingRoom, 'Tracking'> &
  Pick<typeof TrackRoom, 'Track'> &
  Pick<typeof HistoryRoom, 'History'> & { readonly MemoryChunks: new () => ChunkStore } & Pick<
    typeof StateRoom,
    'stateHash'
  > &
  Pick<typeof SnapshotRoom, 'snapshotOf' | 'restore' | 'snapshotOfReceipts' | 'restoreReceipts'> &
  Pick<typeof CodecRoom, 'encodeBatch' | 'decodeBatch'>;

const HOUR = 3_600_000;
/** Parcels are soon forgotten and slots soon closed, so that drills get there. */
const DRILL_POLICY: TrackPolicy = {
  futureMs: HOUR / 6,
  closeAfterMs: HOUR,
  forgetAfterMs: 2 * HOUR,
  staleAfterMs: HOUR,
};

const PARCELS = 12;
const arbitraryKind: fc.Arbitrary<Kind> = fc.constantFrom(
  ...KINDS,
  'departed',
  'delivered',
  'arrived',
);

/** A scan with the moment of its receipt; few moments, places and contents, so that scans meet. */
const arbitraryReceipt = fc.record({
  seen: fc.record({
    operator: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, -1),
    parcel: fc.constantFrom(0, 1, 2, 3, 8, 11),
    kind: fc.oneof(
      { weight: 20, arbitrary: arbitraryKind },
      { weight: 1, arbitrary: fc.constant('unknown' as const) },
    ),
    resource: fc.constantFrom(0, 0, 1, 1, 2, 3, 0, 1, 0, 1, -1),
    to: fc.constantFrom(-1, 1, 2, 2, 1, -1, 0, 1, 2, -2),
    at: fc.constantFrom(0, 0.5, 1, 1, 1.5, 2, 3, 3.25, 5, 7, 9, 11.9, -1),
    attributes: fc.constantFrom('', '', '', '', '', '{"a":1}', '{"a":1,"b":2}', '{"b":1}'),
    unparsable: fc.constantFrom(
      false,
      false,
      false,
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ),
  }),
  receivedAt: fc.constantFrom(12, 12, 12, 12, 9, 6, 3),
  source: fc.constantFrom(0, 0, 1),
});

type Receipt = typeof arbitraryReceipt extends fc.Arbitrary<infer T> ? T : never;

/** One way in which a set arrives: order, repetitions, cuts, partitions, and what happens between batches. */
const arbitraryWay = fc.record({
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  repeated: fc.array(fc.nat(), { maxLength: 10 }),
  batches: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 50, maxLength: 50 }),
  partitions: fc.integer({ min: 1, max: 3 }),
  between: fc.array(
    fc.constantFrom('', '', '', '', 'forget', 'forget', 'restart', 'keep', 'crash'),
    {
      minLength: 50,
      maxLength: 50,
    },
  ),
});

type Way = typeof arbitraryWay extends fc.Arbitrary<infer T> ? T : never;

export const arbitraryDrill = fc.record({
  set: fc.array(arbitraryReceipt, { minLength: 1, maxLength: 40, size: 'max' }),
  ways: fc.array(arbitraryWay, { minLength: 5, maxLength: 5 }),
});

export type Drill = typeof arbitraryDrill extends fc.Arbitrary<infer T> ? T : never;

/** Lets a set of scans arrive in five ways; throws where outcomes, figures or states are not as they must be. */
export function runDrill(rooms: Rooms, { set, ways }: Drill): void {
  const hashes = ways.map((way) => new Run(rooms, way).live(set));
  if (new Set(hashes).size !== 1) throw new Error('the same set, and different states');
}

/** What a restart has: snapshots, and the number of the last batch in them. */
interface Kept {
  readonly seq: number;
  readonly partitions: readonly Buffer[];
  readonly receipts: Buffer;
}

function reading(bytes: Buffer): (n: number) => Uint8Array {
  let at = 0;
  return (n) => bytes.subarray(at, (at += n));
}

/** One way of a drill. */
class Run {
  readonly naive = new NaiveTrack(DRILL_POLICY);
  tracking: InstanceType<Rooms['Tracking']>;
  stores: ChunkStore[];
  readonly log: Uint8Array[] = [];
  kept: Kept;
  seen = 0;

  constructor(
    readonly rooms: Rooms,
    readonly way: Way,
  ) {
    this.stores = Array.from({ length: way.partitions }, () => new rooms.MemoryChunks());
    const tracks = this.stores.map(
      (store) => new rooms.Track(NETWORK, DRILL_POLICY, new rooms.History(store)),
    );
    this.tracking = new rooms.Tracking(NETWORK, tracks);
    this.kept = this.keep();
  }

  live(set: readonly Receipt[]): string {
    const list = this.arriving(set);
    for (let i = 0, b = 0; i < list.length; b++) {
      const until = i + this.way.batches[b % 50];
      const { receivedAt, source } = list[i];
      const batch: Seen[] = [];
      while (i < list.length && i < until && sameReceipt(list[i], list[i - batch.length])) {
        batch.push(list[i++].seen);
      }
      this.apply(batch, receivedAt, source);
      this.between(this.way.between[b % 50]);
    }
    this.compare();
    return this.rooms.stateHash(this.tracking.state());
  }

  /** The receipts in the way's order, some of them repeated. */
  arriving(set: readonly Receipt[]): Receipt[] {
    const { order, repeated } = this.way;
    const again = repeated.map((n) => set[n % set.length]);
    const keyed = [...set, ...again].map(
      (receipt, i) => [order[i % 40] * (i + 1), i, receipt] as const,
    );
    return keyed.toSorted((a, b) => (a[0] % 997) - (b[0] % 997) || a[1] - b[1]).map((k) => k[2]);
  }

  apply(seen: readonly Seen[], receivedAt: number, source: number): void {
    const expected = seen.map((scan) => this.naive.receive(scan, receivedAt));
    const { encodeBatch, decodeBatch } = this.rooms;
    const seq = this.log.length + 1;
    this.log.push(encodeBatch(scansOf(seq, receivedAt, seen, source)));
    const batch = decodeBatch(seq, this.log[seq - 1]);
    same('outcomes', toldOf(this.tracking.apply(batch)), expected);
    this.seen += seen.length;
    this.balance(this.tracking.sources);
  }

  /** T6, and what is in quarantine. */
  balance(sources: Sources): void {
    const { received, applied, superseded, duplicate, quarantined } = sources.total();
    const { quarantine } = this.tracking;
    if (received !== this.seen) throw new Error(`${received} received of ${this.seen}`);
    if (received !== applied + superseded + duplicate + quarantined) throw new Error('T6');
    const byReason = quarantine.byReason.slice(1).reduce((a, b) => a + b, 0);
    if (quarantine.inside !== byReason) throw new Error('reasons of the quarantine');
    const lost = this.tracking.partitions.reduce((sum, { conflicts }) => sum + conflicts, 0);
    if (lost > quarantine.byReason[7]) throw new Error('a lost content is not in quarantine');
  }

  between(what: string): void {
    const { tracking, rooms } = this;
    if (what === 'forget') for (const track of tracking.partitions) track.forget(0, 1024);
    if (what === 'keep') this.kept = this.keep();
    if (what === 'restart') this.tracking = this.restored(this.keep());
    if (what !== 'crash') return;
    this.tracking = this.restored(this.kept);
    for (const [i, bytes] of this.log.entries()) {
      if (i >= this.kept.seq) this.tracking.apply(rooms.decodeBatch(i + 1, bytes));
    }
    this.balance(this.tracking.sources);
  }

  keep(): Kept {
    const { tracking, rooms } = this;
    return {
      seq: this.log.length,
      partitions: tracking.partitions.map((track) => Buffer.concat([...rooms.snapshotOf(track)])),
      receipts: Buffer.concat([...rooms.snapshotOfReceipts(tracking)]),
    };
  }

  restored({ partitions, receipts }: Kept): InstanceType<Rooms['Tracking']> {
    const { rooms } = this;
    const tracks = partitions.map((bytes, p) =>
      rooms.restore(NETWORK, DRILL_POLICY, this.stores[p], reading(bytes)),
    );
    const { sources, quarantine } = rooms.restoreReceipts(NETWORK, reading(receipts));
    return new rooms.Tracking(NETWORK, tracks, sources, quarantine);
  }

  /** Every figure against the recount. */
  compare(): void {
    const { tracking } = this;
    const state = tracking.state();
    const found: string[] = [];
    const tell = (key: string, n: number): void => {
      if (n !== 0) found.push(`${key} = ${n}`);
    };
    for (const parcel of Array.from({ length: PARCELS }, (_, i) => i)) {
      const at = tracking.find(wordsOf(parcel));
      if (at) tell(`parcel ${parcel}: ${kindName(at.kind)} ${at.resource}>${at.to} ${at.at}`, 1);
    }
    state.stock.forEach((n, r) => {
      tell(`stock ${r}`, n);
    });
    state.bound.forEach((n, r) => {
      tell(`bound ${r}`, n);
    });
    for (let r = 0; r < NETWORK.resources; r++) {
      for (let k = 1; k <= KINDS.length; k++) {
        for (let slot = 0; slot < 12; slot++) {
          tell(`flow ${r} ${kindName(k)} ${slot}`, tracking.flow(r, k, slot));
        }
      }
    }
    this.#tellPast(tell);
    tell('somewhere', state.parcels);
    tell('scans', state.scans);
    tell('conflicts', state.conflicts);
    same('figures', found.toSorted(), this.naive.figures());
  }

  /** What was where at the end of each slot, as the moves since have it. */
  #tellPast(tell: (key: string, n: number) => void): void {
    const { tracking } = this;
    const sum = (kind: number, row: number, of: 'moves' | 'departures', slot: number) =>
      tracking.partitions.reduce((all, { past }) => all + past[of].get(row, kind, slot), 0);
    const { stock, bound } = tracking.state();
    for (let slot = 11; slot >= 0; slot--) {
      for (let r = 0; r < NETWORK.resources; r++) {
        if (r < 4) tell(`stock ${r} after ${slot}`, stock[r]);
        tell(`bound ${r} after ${slot}`, bound[r]);
        stock[r] -= sum(1, r, 'moves', slot);
        bound[r] -= sum(2, r, 'moves', slot);
      }
      for (let leg = 0; leg < NETWORK.legs.size; leg++) {
        tell(`leg ${leg} ${slot}`, sum(1, leg, 'departures', slot));
      }
    }
  }
}

function sameReceipt(a: Receipt, b: Receipt): boolean {
  return a.receivedAt === b.receivedAt && a.source === b.source;
}

function same(what: string, found: readonly string[], expected: readonly string[]): void {
  const [a, b] = [found.join(', '), expected.join(', ')];
  if (a !== b) throw new Error(`${what}: ${a}; expected ${b}`);
}
