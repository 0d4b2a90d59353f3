import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';
import { archiveLog } from '../../src/edge/track/archive/archive-log.js';
import { writeManifest } from '../../src/edge/track/archive/archive-writer.js';
import { ARCHIVE_FORMAT, type ArchiveManifest } from '../../src/network/scan-archive.js';
import type { LogEntry } from '../../src/track/owner/scan-log.js';
import { NAMES, SOURCES } from './recounted-scans.js';
import { NETWORK } from './track-world.js';

const HOUR = 3_600_000;

/** An archive with nothing in it. */
export const EMPTY_ARCHIVE: ArchiveManifest = {
  format: ARCHIVE_FORMAT,
  season: 'test',
  generated: true,
  files: [],
};

/** Archives entries received before a moment into a folder, after what `manifest` says that it has. */
export async function archived(
  folder: string,
  entries: readonly LogEntry[],
  before = Number.POSITIVE_INFINITY,
  { manifest = EMPTY_ARCHIVE, rowsMost = 1000 } = {},
): Promise<ArchiveManifest> {
  const files = [...manifest.files];
  const written = archiveLog(manifest, {
    folder,
    season: {
      id: 'test',
      network: NETWORK,
      names: { operators: NAMES.operators, resources: NAMES.resources },
    },
    log: 0,
    async *read(seq) {
      yield* entries.filter((entry) => entry.seq >= seq);
    },
    sources: SOURCES,
    offsetMs: 8 * HOUR,
    before,
    rowsMost,
  });
  for await (const file of written) files.push(file);
  const after = { ...manifest, files };
  await writeManifest(folder, after);
  return after;
}

/** Rows of files as DuckDB reads them. */
export async function duckRows(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJson();
}

/** Rows of a file as hyparquet reads them. */
export async function hyparquetRows(folder: string, file: string) {
  const bytes = await readFile(join(folder, file));
  const buffer = new Uint8Array(bytes).buffer;
  return parquetReadObjects({ file: buffer });
}
