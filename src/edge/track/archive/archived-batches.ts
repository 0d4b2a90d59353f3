import {
  type ArchivedRows,
  type ArchiveNames,
  readArchived,
} from '../../../certify/track/archive-rows.js';
import type { ArchivedFile } from '../../../network/scan-archive.js';
import type { ScanBatch } from '../../../track/scans.js';

/** Rows from … until − 1 of a row group, all of one entry. */
interface Run {
  readonly rows: ArchivedRows;
  readonly from: number;
  readonly until: number;
}

/** Where an entry stands. */
type Place = Pick<ScanBatch, 'seq' | 'source' | 'receivedAt'>;

/**
 * The batches in files of one log that follow one another, from entry `from` on. What becomes of their scans is the same as of those
 * that were archived; an entry without scans comes as such, received when the one before it was, or at a file's end.
 */
export async function* archivedBatches(
  folder: string,
  files: readonly ArchivedFile[],
  names: ArchiveNames,
  from: number,
): AsyncGenerator<ScanBatch> {
  let last: Place = { seq: from - 1, source: 0, receivedAt: Number.NEGATIVE_INFINITY };
  for (const file of files.filter(({ lastSeq }) => lastSeq >= from)) {
    for await (const batch of batchesOf(folder, file, names)) {
      if (batch.seq < from) continue;
      yield* emptyBetween(last, batch.seq);
      yield batch;
      last = batch;
    }
    const next = file.lastSeq + 1;
    yield* emptyBetween({ ...last, receivedAt: file.lastReceivedAt }, next);
    last = { ...last, seq: file.lastSeq };
  }
}

async function* batchesOf(
  folder: string,
  file: ArchivedFile,
  names: ArchiveNames,
): AsyncGenerator<ScanBatch> {
  // A row group may end within an entry.
  let runs: Run[] = [];
  for await (const rows of readArchived(folder, file, names)) {
    for (let from = 0; from < rows.count; ) {
      const seq = rows.seq[from];
      let until = from + 1;
      while (until < rows.count && rows.seq[until] === seq) until += 1;
      const [before] = runs;
      if (before && before.rows.seq[before.from] !== seq) {
        yield batchOf(runs);
        runs = [];
      }
      runs.push({ rows, from, until });
      from = until;
    }
  }
  if (runs.length > 0) yield batchOf(runs);
}

function batchOf(runs: readonly Run[]): ScanBatch {
  const [{ rows: first, from }] = runs;
  const count = runs.reduce((sum, run) => sum + run.until - run.from, 0);
  const texts = runs.map(({ rows: { attributes, attributesStart: start }, from: a, until }) =>
    attributes.subarray(start[a], start[until]),
  );
  const attributesStart = new Uint32Array(count + 1);
  const batch = {
    seq: first.seq[from],
    source: first.source[from],
    receivedAt: first.receivedAt[from],
    origin: first.origin[from] < 0 ? undefined : new Int32Array(count),
    count,
    parcel: new Int32Array(4 * count),
    operator: new Int32Array(count),
    kind: new Uint8Array(count),
    resource: new Int32Array(count),
    to: new Int32Array(count),
    at: new Float64Array(count),
    unparsable: new Uint8Array(count),
    line: new Uint16Array(count),
    attributes: Buffer.concat(texts),
    attributesStart,
  };
  let n = 0;
  for (const { rows, from: a, until } of runs) {
    for (const name of [
      'operator',
      'kind',
      'resource',
      'to',
      'at',
      'unparsable',
      'line',
    ] as const) {
      batch[name].set(rows[name].subarray(a, until), n);
    }
    batch.parcel.set(rows.parcel.subarray(4 * a, 4 * until), 4 * n);
    batch.origin?.set(rows.origin.subarray(a, until), n);
    for (let i = a; i < until; i++, n++) {
      attributesStart[n + 1] =
        attributesStart[n] + rows.attributesStart[i + 1] - rows.attributesStart[i];
    }
  }
  return batch;
}

/** Entries without scans behind one and before another. */
function* emptyBetween({ seq, source, receivedAt }: Place, before: number): Generator<ScanBatch> {
  for (let empty = seq + 1; empty < before; empty++) {
    yield {
      seq: empty,
      source,
      receivedAt,
      ...NO_SCANS,
    };
  }
}

const NO_SCANS: Omit<ScanBatch, keyof Place> = {
  origin: undefined,
  count: 0,
  parcel: new Int32Array(0),
  operator: new Int32Array(0),
  kind: new Uint8Array(0),
  resource: new Int32Array(0),
  to: new Int32Array(0),
  at: new Float64Array(0),
  unparsable: new Uint8Array(0),
  line: new Uint16Array(0),
  attributes: new Uint8Array(0),
  attributesStart: new Uint32Array(1),
};
