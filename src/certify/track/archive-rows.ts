import { join } from 'node:path';
import type { Names } from '../../network/names.js';
import { ParquetFile } from '../../network/parquet-file.js';
import { ParquetGroup } from '../../network/parquet-values.js';
import { type ArchivedFile, PARCEL_BYTES } from '../../network/scan-archive.js';
import { KINDS, type ScanRows } from './scan-rows.js';

/** Numbers of the names in an archive. */
export interface ArchiveNames {
  readonly operators: Names;
  readonly resources: Names;
  readonly sources: readonly string[];
}

/** Rows of an archive, with the entry that each is of. */
export interface ArchivedRows extends ScanRows {
  readonly seq: Float64Array;
  /** In what was received, the first being 0. */
  readonly line: Float64Array;
}

/** A name that the season does not have. */
const STRANGE = 2 ** 30;

/**
 * The rows of a file, a row group at a time.
 *
 * @throws Error if it is no file of an archive of scans, or of another log.
 */
export async function* readArchived(
  folder: string,
  { file, log, rows }: ArchivedFile,
  names: ArchiveNames,
): AsyncGenerator<ArchivedRows> {
  const parquet = await ParquetFile.open(join(folder, file));
  try {
    const groups = parquet.groupRows;
    const found = groups.reduce((sum, n) => sum + n, 0);
    if (found !== rows) throw new Error(`it has ${found} rows, not ${rows}`);
    for (let g = 0; g < groups.length; g++) {
      yield await readGroup(new ParquetGroup(parquet, g), log, names);
    }
  } finally {
    await parquet.close();
  }
}

async function readGroup(
  group: ParquetGroup,
  log: number,
  { operators, resources, sources }: ArchiveNames,
): Promise<ArchivedRows> {
  const count = group.rows;
  const logs = await group.numbers('log');
  if (logs.some((number) => number !== log)) throw new Error('it has rows of another log');
  const bySource = new Map(sources.map((source, number) => [source, number]));
  const reason = await group.codes('reason_at_receipt', (name) => codeOf(REASONS, text(name)));
  const operator = await group.codes('operator', (name) => strange(lookUp(operators, name)));
  const resource = await group.codes('resource', (name) => strange(lookUp(resources, name)));
  const to = await group.codes('to', (name) => strange(lookUp(resources, name)));
  for (let i = 0; i < count; i++) {
    if (to[i] < 0 && reason[i] === UNKNOWN_RESOURCE && resource[i] >= 0) to[i] = -2;
  }
  return {
    count,
    seq: await group.numbers('seq'),
    line: await group.numbers('line'),
    receivedAt: await group.numbers('received_at'),
    source: await group.codes('source', (name) => bySource.get(text(name)) ?? -1),
    origin: Int32Array.from(await group.numbers('origin'), (n) => (Number.isNaN(n) ? -1 : n)),
    unparsable: Uint8Array.from(reason, (code) => (code === UNPARSABLE ? 1 : 0)),
    parcel: wordsOf(await group.fixed('parcel', PARCEL_BYTES)),
    operator,
    kind: Uint8Array.from(await group.codes('kind', (name) => kindOf(text(name))), orNone),
    resource,
    to,
    at: await group.numbers('at'),
    ...(await attributesOf(group)),
  };
}

const REASONS = ['unparsable', 'unknown-resource'];
const UNPARSABLE = 1;
const UNKNOWN_RESOURCE = 2;

function codeOf(list: readonly string[], name: string): number {
  return list.indexOf(name) + 1;
}

function orNone(code: number): number {
  return Math.max(0, code);
}

/** 1 to 9; 10 where it is none that there is, which an archive does not have. */
function kindOf(name: string): number {
  return KINDS.indexOf(name) + 1 || KINDS.length + 1;
}

function lookUp(names: Names, bytes: Uint8Array): number {
  return names.find(bytes, 0, bytes.length);
}

function strange(number: number): number {
  return number < 0 ? STRANGE : number;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Parcels are kept as the bytes of their hash, in the order in which HMAC gives them. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i));
}

/** Attributes of all rows, one behind the other; a dictionary of them is made by the row group. */
async function attributesOf(
  group: ParquetGroup,
): Promise<Pick<ScanRows, 'attributes' | 'attributesStart'>> {
  const texts: Uint8Array[] = [];
  const code = await group.codes('attributes', (bytes) => texts.push(bytes) - 1);
  const attributesStart = new Uint32Array(code.length + 1);
  for (const [i, n] of code.entries()) {
    attributesStart[i + 1] = attributesStart[i] + (n < 0 ? 0 : texts[n].length);
  }
  const attributes = new Uint8Array(attributesStart[code.length]);
  for (const [i, n] of code.entries()) if (n >= 0) attributes.set(texts[n], attributesStart[i]);
  return { attributes, attributesStart };
}
