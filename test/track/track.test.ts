import { expect, test } from 'vitest';
import { History, MemoryChunks } from '../../src/track/history.js';
import { emptyState, mergeStates, stateHash } from '../../src/track/network-state.js';
import { type Kind, kindNumber, Reason } from '../../src/track/scans.js';
import { restore, snapshotOf } from '../../src/track/snapshot.js';
import { Track } from '../../src/track/track.js';
import { replay, Tracking } from '../../src/track/tracking.js';
import {
  msOf,
  NETWORK,
  POLICY,
  type Seen,
  scansOf,
  toldOf,
  wordsOf,
} from '../support/track-world.js';

function empty(partitions = 1): Tracking {
  const tracks = Array.from(
    { length: partitions },
    () => new Track(NETWORK, POLICY, new History(new MemoryChunks())),
  );
  return new Tracking(NETWORK, tracks);
}

/** Tracking that scans arrive at, in batches received in the slots named; gives what was told of the last. */
function told(tracking: Tracking, receivedAt: number, seen: readonly Seen[], source = 0): string[] {
  const seq = tracking.partitions[0].seq + 1;
  return toldOf(tracking.apply(scansOf(seq, receivedAt, seen, source)));
}

function where(tracking: Tracking, parcel = 0): string {
  const state = tracking.find(wordsOf(parcel));
  return state ? `${state.kind}@${state.resource}>${state.to}` : 'unknown';
}

const flow = (tracking: Tracking, resource: number, kind: Kind, slot: number): number =>
  tracking.flow(resource, kindNumber(kind), slot);

test('T1: the same scan again is a duplicate; of two contents the greater counts, whichever came first', () => {
  const light: Seen = { at: 1, attributes: '{"weightGrams":100}' };
  const heavy: Seen = { at: 1, attributes: '{"weightGrams":200}' };
  const one = empty();
  expect(told(one, 2, [light, light, heavy, heavy, light])).toEqual([
    'applied',
    'duplicate',
    'superseded',
    'duplicate',
    'duplicate',
  ]);
  const other = empty();
  expect(told(other, 2, [heavy, light, light])).toEqual(['applied', 'conflict', 'duplicate']);
  expect(stateHash(one.state())).toBe(stateHash(other.state()));
  expect([one, other].map(({ quarantine }) => quarantine.inside)).toEqual([1, 1]);
  expect(one.quarantine.get(0)).toMatchObject({ seq: 1, line: 0, reason: Reason.conflict });
  expect(other.quarantine.get(0)).toMatchObject({ seq: 1, line: 1, reason: Reason.conflict });
});

test('T1: another operator, kind, resource or millisecond is another scan', () => {
  const tracking = empty();
  const scans = [{ at: 1 }, { at: 1, operator: 1 }, { at: 1, kind: 'out' as const }];
  const more = [{ at: 1, resource: 1 }, { at: 1 + 1 / 3_600_000 }, { at: 1, parcel: 1 }];
  const outcomes = told(tracking, 2, [...scans, ...more]);
  expect(outcomes).not.toContain('duplicate');
  expect(tracking.state().scans).toBe(6);
});

test('T2: the state is the greatest scan: by stamp, then by its place in a life, resource, destination', () => {
  const tracking = empty();
  expect(told(tracking, 5, [{ at: 2, resource: 1 }, { at: 1 }])).toEqual(['applied', 'superseded']);
  expect(where(tracking)).toBe('2@1>-1');
  told(tracking, 5, [{ at: 2, kind: 'departed', resource: 0, to: 2 }]);
  expect(where(tracking)).toBe('5@0>2');
  expect(told(tracking, 5, [{ at: 2, kind: 'departed', resource: 1, to: 2 }])).toEqual(['applied']);
  expect(told(tracking, 5, [{ at: 2, kind: 'held', resource: 3 }])).toEqual(['superseded']);
  expect(where(tracking)).toBe('5@1>2');
});

test('T3: parcels are at a resource or on their way; a lane has those bound from its beginning to its end', () => {
  const tracking = empty();
  told(tracking, 9, [
    { parcel: 0, at: 1, kind: 'accepted' },
    { parcel: 1, at: 1, kind: 'departed', to: 1 },
    { parcel: 2, at: 1, kind: 'departed', to: 3 },
    { parcel: 3, at: 1, kind: 'departed' },
    { parcel: 4, at: 1, kind: 'delivered' },
    { parcel: 5, at: 1, kind: 'returned' },
    { parcel: 6, at: 1, kind: 'placed', resource: 3 },
  ]);
  const state = tracking.state();
  expect([...state.stock]).toEqual([1, 0, 0, 1, 1, 0]);
  expect([...state.bound]).toEqual([0, 1, 0, 1, 0, 0]);
  expect([state.parcels, state.departed]).toEqual([5, 3]);
  told(tracking, 9, [{ parcel: 1, at: 2, resource: 1 }]);
  expect([...tracking.state().stock]).toEqual([1, 1, 0, 1, 0, 0]);
});

test('T4: flows are distinct scans by resource, kind and slot of the stamp, superseded ones too', () => {
  const tracking = empty();
  told(tracking, 9, [
    { at: 2.5 },
    { at: 1.25 },
    { at: 1.75 },
    { at: 1.25 },
    { at: 2, resource: 1 },
  ]);
  expect([1, 2].map((slot) => flow(tracking, 0, 'arrived', slot))).toEqual([2, 1]);
  expect(flow(tracking, 1, 'arrived', 2)).toBe(1);
  expect(flow(tracking, 0, 'accepted', 2)).toBe(0);
});

test('T5: what is stamped beyond the tolerance is quarantined by its recorded receipt, and driven in again later', () => {
  const tracking = empty();
  const minute = 1 / 60;
  const early: Seen = { at: 1 + 11 * minute };
  expect(told(tracking, 1, [{ at: 1 + 10 * minute, parcel: 1 }, early])).toEqual([
    'applied',
    'future',
  ]);
  const strange: Seen = { at: 1, resource: -1, parcel: 2 };
  expect(told(tracking, 1, [strange, { unparsable: true }, { kind: 'unknown' }])).toEqual([
    'unknown-resource',
    'unparsable',
    'unknown-kind',
  ]);
  expect(told(tracking, 1, [{ operator: -1 }, { to: -2 }, { at: -1 }])).toEqual([
    'unknown-operator',
    'unknown-resource',
    'out-of-season',
  ]);
  const { quarantine } = tracking;
  expect(quarantine.inside).toBe(7);
  const mended = [early, { ...strange, resource: 2 }, { kind: 'unknown' as const }];
  const places = [quarantine.find(1, 1), quarantine.find(2, 0), quarantine.find(2, 2)];
  const batch = scansOf(4, 2, mended, 0, places);
  expect(toldOf(tracking.apply(batch))).toEqual(['applied', 'applied', 'unknown-kind']);
  expect(quarantine.inside).toBe(5);
  expect(quarantine.size).toBe(7);
  expect(tracking.sources.total()).toEqual({
    received: 8,
    applied: 1,
    superseded: 0,
    duplicate: 0,
    quarantined: 7,
  });
  expect(tracking.sources.get(0).redriven).toMatchObject({
    received: 3,
    applied: 2,
    quarantined: 1,
  });
});

test('T6: received = applied + superseded + duplicate + quarantined, by source and in total; a batch counts once', () => {
  const tracking = empty(2);
  told(tracking, 5, [{ at: 2 }, { at: 1 }, { at: 1 }, { at: 9 }], 0);
  told(tracking, 5, [{ at: 2, attributes: 'x' }, { at: 2 }, { parcel: 7 }], 1);
  expect(tracking.sources.get(0).tally).toEqual({
    received: 4,
    applied: 1,
    superseded: 1,
    duplicate: 1,
    quarantined: 1,
  });
  expect(tracking.sources.get(1).tally).toEqual({
    received: 3,
    applied: 1,
    superseded: 1,
    duplicate: 1,
    quarantined: 0,
  });
  expect(tracking.sources.total().received).toBe(7);
  expect(() => tracking.apply(scansOf(2, 5, [{}]))).toThrow('batch 2 after 2');
  expect(() => tracking.apply(scansOf(4, 5, [{}]))).toThrow('batch 4 after 2');
});

test('T7: a closed slot changes by corrections that are shown; what was known at a receipt is known again', () => {
  const tracking = empty();
  const log = [
    scansOf(1, 1.5, [{ at: 1.2 }, { at: 1.3 }]),
    scansOf(2, 3.9, [{ at: 1.4 }]),
    scansOf(3, 4.1, [{ at: 1.5 }, { at: 4 }]),
    scansOf(4, 6.5, [{ at: 1.6 }, { at: 1.7, parcel: 1 }, { at: 1.6 }]),
  ];
  for (const batch of log) tracking.apply(batch);
  // Slot 1 ends at 2 and stays open for two hours more.
  expect([...tracking.partitions[0].corrections.list()]).toEqual([
    { received: 4, resource: 0, kind: 2, slot: 1, scans: 1 },
    { received: 6, resource: 0, kind: 2, slot: 1, scans: 2 },
  ]);
  expect(flow(tracking, 0, 'arrived', 1)).toBe(6);
  const asOf = [3, 4, 5, 6].map((received) => tracking.flowAsOf(0, 2, 1, received));
  expect(asOf).toEqual([3, 4, 4, 6]);
  const then = empty();
  replay(then, log, msOf(5));
  expect(flow(then, 0, 'arrived', 1)).toBe(4);
  expect(then.find(wordsOf(1))).toBeUndefined();
});

test('T7: a slot that has left memory is corrected all the same, and the sum over flows is kept', () => {
  const [tracking, other] = [empty(), empty()];
  told(tracking, 40, [{ at: 3 }, { at: 3.5 }, { at: 33 }]);
  const { flows, corrections } = tracking.partitions[0];
  expect([...flows.list(32)]).toEqual([{ resource: 0, kind: 2, slot: 3, scans: 2 }]);
  flows.release(32);
  told(tracking, 41, [{ at: 3.7 }]);
  expect([flow(tracking, 0, 'arrived', 3), flow(tracking, 0, 'arrived', 33)]).toEqual([0, 1]);
  expect([...corrections.list()].map(({ scans }) => scans)).toEqual([2, 1, 1]);
  told(other, 40, [{ at: 33 }, { at: 3.7 }, { at: 3.5 }, { at: 3 }]);
  expect(stateHash(tracking.state())).toBe(stateHash(other.state()));
});

test('T8: delay and gaps of a source are measured; resources grow stale with their sources, with their age', () => {
  const tracking = empty();
  told(tracking, 2, [{ at: 1.5 }, { at: 1.999, resource: 1 }], 0);
  told(
    tracking,
    7,
    [
      { at: 6, parcel: 1 },
      { at: 6, parcel: 1 },
    ],
    0,
  );
  told(
    tracking,
    7,
    [
      { at: 7, resource: 2, parcel: 2 },
      { at: 6.5, resource: 1, parcel: 3 },
    ],
    1,
  );
  const { sources } = tracking;
  expect(sources.gaps(0, 9)).toEqual([
    { from: 2, until: 6 },
    { from: 7, until: 9 },
  ]);
  // 3.6 s, half an hour and an hour late; the duplicate is not counted.
  const { delays } = sources.get(0);
  expect([delays[2], delays[11], delays[12], delays.reduce((a, b) => a + b, 0)]).toEqual([
    1, 1, 1, 3,
  ]);
  const hours = [...sources.ages(msOf(7.5))].map((age) => age / 3_600_000);
  expect(hours).toEqual([1.5, 0.5, 0.5, Number.NaN, Number.NaN, Number.NaN]);
  expect([...sources.stale(msOf(7.5), POLICY.staleAfterMs)]).toEqual([1, 0, 0, 0, 0, 0]);
});

test('P8, T2: a parcel that left memory is judged as if it had not', () => {
  const tracking = empty();
  const day = 24;
  told(tracking, 3, [
    { at: 1, kind: 'accepted' },
    { at: 2, kind: 'delivered', resource: 1 },
    { at: 2, kind: 'held', parcel: 1 },
  ]);
  told(tracking, 5 * day, []);
  tracking.partitions[0].forget(0, 1024);
  expect(tracking.partitions[0].parcels.size).toBe(1);
  expect([where(tracking), where(tracking, 1)]).toEqual(['8@1>-1', '4@0>-1']);
  expect(
    told(tracking, 5 * day, [
      { at: 2, kind: 'delivered', resource: 1 },
      { at: 1.5 },
      { at: 1.5 },
      { at: 2.5, kind: 'returned' },
      { at: 1.5 },
    ]),
  ).toEqual(['duplicate', 'superseded', 'duplicate', 'applied', 'duplicate']);
  expect(where(tracking)).toBe('9@0>-1');
});

test('P8: partitions add up, wherever they are; a snapshot and its tail are the state', () => {
  const seen = Array.from({ length: 60 }, (_, parcel) => ({ parcel, at: 1 + parcel / 100 }));
  const [one, three] = [empty(1), empty(3)];
  for (const tracking of [one, three]) told(tracking, 2, seen);
  expect(stateHash(three.state())).toBe(stateHash(one.state()));
  const merged = emptyState(NETWORK.resources);
  for (const track of three.partitions) {
    mergeStates(merged, new Tracking(NETWORK, [track]).state());
  }
  expect(stateHash(merged)).toBe(stateHash(one.state()));
  const [track] = one.partitions;
  const bytes = Buffer.concat([...snapshotOf(track)]);
  told(one, 3, [{ parcel: 5, at: 2.5, resource: 1 }]);
  const again = restored(bytes, track);
  const tail = scansOf(2, 3, [{ parcel: 5, at: 2.5, resource: 1 }]);
  new Tracking(NETWORK, [again]).apply(tail);
  expect(stateHash(new Tracking(NETWORK, [again]).state())).toBe(stateHash(one.state()));
});

test('P15: a damaged snapshot is refused, wherever a bit is wrong', () => {
  const tracking = empty();
  told(tracking, 2, [{ at: 1 }]);
  const [track] = tracking.partitions;
  const bytes = Buffer.concat([...snapshotOf(track)]);
  for (let at = 0; at < bytes.length; at += 7) {
    const damaged = Buffer.from(bytes);
    damaged[at] ^= 1 << (at % 8);
    expect(() => restored(damaged, track)).toThrow();
  }
  expect(() => restored(bytes.subarray(0, bytes.length - 1), track)).toThrow();
  expect(restored(bytes, track).seq).toBe(1);
});

function restored(bytes: Buffer, track: Track): Track {
  let at = 0;
  const read = (n: number): Uint8Array => bytes.subarray(at, (at += n));
  return restore(NETWORK, POLICY, track.history.store, read);
}
