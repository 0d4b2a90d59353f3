import { createHash } from 'node:crypto';
import { type ChunkStore, History } from './history.js';
import type { TrackPolicy } from './policy.js';
import { Track } from './track.js';
import type { TrackNetwork } from './track-network.js';

const MAGIC = 0x6b617274;
const VERSION = 1;

/**
 * A partition as bytes, a piece at a time, each behind its length, and a SHA-256 of all at the end. It holds the state and
 * the number of the last batch in it, taken together: restoring it and applying the batches after is the state
 * now (P8). Flushes nothing: the store's chunks are kept by their owner, at least as far as the snapshot names them.
 */
export function* snapshotOf(track: Track): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const piece of piecesOf(track)) {
    const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    const length = new Uint8Array(Float64Array.of(bytes.length).buffer);
    hash.update(length).update(bytes);
    yield length;
    yield bytes;
  }
  yield new Uint8Array(hash.digest());
}

function* piecesOf(track: Track): Generator<ArrayBufferView> {
  const { network, stock, flows, corrections, history, parcels } = track;
  const { resources, startMs, slotMs } = network;
  yield Float64Array.of(MAGIC, VERSION, resources, startMs, slotMs);
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
  yield Int32Array.of(...flows.blocks.keys());
  for (const { start, counts, used } of flows.blocks.values()) {
    yield start;
    yield counts.subarray(0, used);
  }
  yield* corrections.columns;
  yield parcels.counts;
  for (let n = 0; n < parcels.shelves; n++) if (parcels.counts[n] > 0) yield parcels.words(n);
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
  read: (bytes: number) => Uint8Array,
): Track {
  const hash = createHash('sha256');
  const next = (): Uint8Array => {
    const length = new Uint8Array(read(8));
    const [bytes] = new Float64Array(length.buffer);
    const piece = bytes >= 0 ? new Uint8Array(read(bytes)) : length;
    if (piece.length !== bytes) throw new Error('the snapshot is cut short');
    hash.update(length).update(piece);
    return piece;
  };
  const doubles = (): Float64Array => new Float64Array(next().buffer);
  const ints = (): Int32Array => new Int32Array(next().buffer);

  const [magic, version, ...shape] = doubles();
  const { resources, startMs, slotMs } = network;
  if (magic !== MAGIC || version !== VERSION) throw new Error('not a snapshot of this program');
  if (shape.join() !== [resources, startMs, slotMs].join()) throw new Error('of another network');
  const track = new Track(network, policy, new History(store));
  const { stock, flows, corrections, history, parcels } = track;
  [track.seq, track.clock, track.forgottenUntil, track.scans, track.conflicts] = doubles();
  [stock.parcels, stock.departed, flows.releasedUntil, corrections.closedUntil] = doubles();
  const [end, forgotten] = doubles();
  track.sum.lanes.set(ints());
  flows.released.lanes.set(ints());
  stock.at.set(ints());
  stock.bound.set(ints());
  history.restore(end, ints(), forgotten);
  for (const number of ints()) {
    const start = ints();
    const flow = ints();
    flows.blocks.set(number, { start, counts: flow, used: flow.length });
  }
  const [received, resource, kind, slot, scans] = [ints(), ints(), ints(), ints(), ints()];
  for (let i = 0; i < scans.length; i++) {
    corrections.add(received[i], resource[i], kind[i], slot[i], scans[i]);
  }
  const counts = new Uint32Array(next().buffer);
  for (let n = 0; n < parcels.shelves; n++) {
    if (counts[n] > 0) parcels.setWords(n, new Uint32Array(next().buffer), counts[n]);
  }
  const sum = hash.digest();
  if (!sum.equals(read(sum.length))) throw new Error('the snapshot is damaged');
  return track;
}
