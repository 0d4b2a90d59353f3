import type { Flows } from './flows.js';
import { type ChunkStore, History } from './history.js';
import { frame, Pieces, type ReadBytes } from './pieces.js';
import type { TrackPolicy } from './policy.js';
import { Quarantine } from './quarantine.js';
import { Sources, TALLIES } from './sources.js';
import { Track } from './track.js';
import type { TrackNetwork } from './track-network.js';
import type { Tracking } from './tracking.js';

const MAGIC = 0x6b617274;
/** 2: with the past. What was written before is made again from the log. */
const VERSION = 2;

/**
 * A partition, to be kept (`frame`). It holds the state and the number of the last batch in it, taken together:
 * restoring it and applying the batches after is the state now (P8). The chunks of its histories are kept by the owner of
 * their store, at least as far as the snapshot names them.
 */
export function snapshotOf(track: Track): Generator<Uint8Array> {
  return frame(piecesOf(track));
}

function* piecesOf(track: Track): Generator<ArrayBufferView> {
  const { network, stock, flows, past, corrections, history, parcels } = track;
  const { resources, startMs, slotMs, legs } = network;
  yield Float64Array.of(MAGIC, VERSION, resources, startMs, slotMs, legs.size);
  yield Float64Array.of(track.seq, track.clock, track.forgottenUntil, track.scans, track.conflicts);
  yield Float64Array.of(
    stock.parcels,
    stock.departed,
    flows.releasedUntil,
    corrections.closedUntil,
  );
  yield Float64Array.of(history.end, history.store.forgotten);
  yield track.sum.lanes;
  yield flows.released.lanes;
  yield stock.at;
  yield stock.bound;
  yield history.tail;
  yield* flowPieces(flows);
  yield* flowPieces(past.moves);
  yield* flowPieces(past.departures);
  yield* corrections.columns;
  yield parcels.counts;
  for (let n = 0; n < parcels.shelves; n++) if (parcels.counts[n] > 0) yield parcels.words(n);
}

function* flowPieces({ blocks }: Flows): Generator<ArrayBufferView> {
  yield Int32Array.of(...blocks.keys());
  for (const { start, counts, used } of blocks.values()) {
    yield start;
    yield counts.subarray(0, used);
  }
}

/**
 * The partition that a snapshot was taken of.
 *
 * @param read gives the next so many bytes of the snapshot.
 * @param store with the chunks that were there when the snapshot was taken; what came later is dropped.
 * @throws Error if the snapshot is damaged, or of another network.
 */
export function restore(
  network: TrackNetwork,
  policy: TrackPolicy,
  store: ChunkStore,
  read: ReadBytes,
): Track {
  const pieces = new Pieces(read);
  const doubles = () => pieces.doubles();
  const ints = () => pieces.ints();
  const [magic, version, ...shape] = doubles();
  const { resources, startMs, slotMs, legs } = network;
  if (magic !== MAGIC || version !== VERSION) throw new Error('not a snapshot of this program');
  if (shape.join() !== [resources, startMs, slotMs, legs.size].join())
    throw new Error('of another network');
  const track = new Track(network, policy, new History(store));
  const { stock, flows, past, corrections, history, parcels } = track;
  [track.seq, track.clock, track.forgottenUntil, track.scans, track.conflicts] = doubles();
  [stock.parcels, stock.departed, flows.releasedUntil, corrections.closedUntil] = doubles();
  const [end, forgotten] = doubles();
  track.sum.lanes.set(ints());
  flows.released.lanes.set(ints());
  stock.at.set(ints());
  stock.bound.set(ints());
  history.restore(end, ints(), forgotten);
  for (const table of [flows, past.moves, past.departures]) restoreFlows(table, ints);
  const [received, resource, kind, slot, scans] = [ints(), ints(), ints(), ints(), ints()];
  for (let i = 0; i < scans.length; i++) {
    corrections.add(received[i], resource[i], kind[i], slot[i], scans[i]);
  }
  const counts = new Uint32Array(pieces.next().buffer);
  for (let n = 0; n < parcels.shelves; n++) {
    if (counts[n] > 0) parcels.setWords(n, new Uint32Array(pieces.next().buffer), counts[n]);
  }
  pieces.end();
  return track;
}

function restoreFlows({ blocks }: Flows, ints: () => Int32Array): void {
  for (const number of ints()) {
    const start = ints();
    const counts = ints();
    blocks.set(number, { start, counts, used: counts.length });
  }
}

/** What is known of sources, and the quarantine, as of a batch, to be kept (`frame`). */
export function* snapshotOfReceipts(tracking: Tracking): Generator<Uint8Array> {
  yield* frame(receiptPieces(tracking));
}

function* receiptPieces({ network, sources, quarantine }: Tracking): Generator<ArrayBufferView> {
  yield Float64Array.of(MAGIC, VERSION, network.resources, sources.list.length);
  for (const source of sources.list) {
    const { tally, redriven, newestAt, lastReceivedAt, delays, heard } = source;
    yield Float64Array.of(...TALLIES.map((name) => tally[name]));
    yield Float64Array.of(...TALLIES.map((name) => redriven[name]));
    yield Float64Array.of(newestAt, lastReceivedAt);
    yield delays;
    yield heard.view();
  }
  yield Float64Array.from(sources.pairs);
  yield* quarantine.columns;
}

/**
 * Sources and quarantine as they were kept.
 *
 * @throws Error if the snapshot is damaged, or of another network.
 */
export function restoreReceipts(
  network: TrackNetwork,
  read: ReadBytes,
): { sources: Sources; quarantine: Quarantine } {
  const pieces = new Pieces(read);
  const [magic, version, resources, count] = pieces.doubles();
  if (magic !== MAGIC || version !== VERSION) throw new Error('not a snapshot of this program');
  if (resources !== network.resources) throw new Error('of another network');
  const sources = new Sources(network);
  for (let number = 0; number < count; number++) {
    const source = sources.get(number);
    for (const tally of [source.tally, source.redriven]) {
      const values = pieces.doubles();
      for (const [i, name] of TALLIES.entries()) tally[name] = values[i];
    }
    [source.newestAt, source.lastReceivedAt] = pieces.doubles();
    source.delays.set(pieces.doubles());
    for (const scans of pieces.ints()) source.heard.push(scans);
  }
  for (const pair of pieces.doubles()) sources.pair(Math.floor(pair / 2 ** 16), pair % 2 ** 16);
  const quarantine = new Quarantine();
  const [seq, line, from, reason] = [pieces.ints(), pieces.ints(), pieces.ints(), pieces.ints()];
  for (let i = 0; i < seq.length; i++) quarantine.add(seq[i], line[i], from[i], reason[i]);
  pieces.end();
  return { sources, quarantine };
}
