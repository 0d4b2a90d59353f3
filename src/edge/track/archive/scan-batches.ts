import { Names } from '../../../network/names.js';
import { PARCEL_BYTES } from '../../../network/scan-archive.js';
import type { ParquetBatch } from '../../../network/table.js';
import { faultOf } from '../../../track/fault-of.js';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import { KINDS, REASONS, Reason, type ScanBatch } from '../../../track/scans.js';
import type { TrackSeason } from '../track-season.js';

/** What an archive needs of a season: the names behind its numbers. */
export type ArchivedSeason = Pick<TrackSeason, 'id' | 'network' | 'names'>;

const KIND_NAMES = Names.from(KINDS);
const REASON_NAMES = Names.from(REASONS);

/** Makes rows of an archive of batches of one log (docs/spec/tracking.md#the-archive). */
export class ScanBatches {
  readonly #sources: Names;

  /** @param sources organisations by number. */
  constructor(
    private readonly season: ArchivedSeason,
    private readonly log: number,
    sources: readonly string[],
  ) {
    this.#sources = Names.from(sources);
  }

  rows(batch: ScanBatch): ParquetBatch {
    const { count, origin } = batch;
    const { operators, resources } = this.season.names;
    if (batch.source >= this.#sources.size) throw new Error(`there is no source ${batch.source}`);
    const reason = this.#reasons(batch);
    const isUnparsable = batch.unparsable.subarray(0, count);
    // What could not be parsed has nothing but its place and its reason.
    const known = (index: ArrayLike<number>, from = 0) =>
      Int32Array.from(index, (number, i) => (isUnparsable[i] === 1 ? -1 : number - from));
    const integers = (value: number) => new Int32Array(count).fill(value);
    return {
      rows: count,
      columns: {
        operator: { names: operators, index: known(batch.operator) },
        parcel: { fixed: bytesOf(batch), width: PARCEL_BYTES, empty: isUnparsable },
        kind: { names: KIND_NAMES, index: known(batch.kind, 1) },
        resource: { names: resources, index: known(batch.resource) },
        to: { names: resources, index: known(batch.to) },
        at: {
          int64: batch.at.map((at, i) => (isUnparsable[i] === 1 ? Number.NaN : at)),
          instants: true,
        },
        received_at: { int64: new Float64Array(count).fill(batch.receivedAt), instants: true },
        source: { names: this.#sources, index: integers(batch.source) },
        log: integers(this.log),
        seq: { int64: new Float64Array(count).fill(batch.seq) },
        line: Int32Array.from(batch.line),
        reason_at_receipt: { names: REASON_NAMES, index: reason },
        origin: origin ?? integers(NO_ORIGIN),
        attributes: { pool: batch.attributes, start: batch.attributesStart },
      },
    };
  }

  /** Why each is quarantined by itself; −1 where it is not. */
  #reasons(batch: ScanBatch): Int32Array {
    const reasons = new Int32Array(batch.count);
    for (let i = 0; i < batch.count; i++) {
      const reason = faultOf(batch, i, this.season.network, DEFAULT_TRACK_POLICY);
      reasons[i] = reason === Reason.none ? -1 : reason;
    }
    return reasons;
  }
}

/** The empty cell of a column of 32-bit integers. */
const NO_ORIGIN = -(2 ** 31);

/** Hashes as HMAC gives them: four words, each with its highest byte first. */
function bytesOf({ parcel, count }: ScanBatch): Uint8Array {
  const bytes = new Uint8Array(PARCEL_BYTES * count);
  const view = new DataView(bytes.buffer);
  for (let w = 0; w < 4 * count; w++) view.setInt32(4 * w, parcel[w]);
  return bytes;
}
