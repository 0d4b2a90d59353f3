import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ARCHIVE_FILE,
  ARCHIVE_FORMAT,
  type ArchivedFile,
  type ArchiveManifest,
  filesDigest,
  filesOfLog,
  findManifest,
} from '../../../network/scan-archive.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import { PostgresScanLog } from '../../postgres/scan-log.js';
import { type ArchiveActor, tellArchiveAct } from './archive-acts.js';
import { alone } from './archive-lock.js';
import { archiveLog, closedBefore } from './archive-log.js';
import { writeManifest } from './archive-writer.js';
import type { SeasonScans } from './season-scans.js';

/**
 * So long after its end a day is archived, ms: what was received before midnight is in the log by then. What came later still goes into
 * a further file of its day.
 */
const MARGIN_MS = 30 * 60_000;

export interface ArchiveOptions {
  readonly database: PostgresDatabase;
  readonly season: SeasonScans;
  /** Of the season, made if it is not there. */
  readonly folder: string;
  /** Whether the season is made up. */
  readonly generated: boolean;
  readonly actor: ArchiveActor;
  readonly onFile?: (file: ArchivedFile) => void;
}

/**
 * Archives the days of a season that are closed and not archived yet. Each file appears whole or not at all, and counts
 * when the manifest names it; whoever is stopped in between goes on from there the next time. Then `track_archived` says
 * how far each log may be taken out.
 *
 * @throws Error if the log is damaged, the folder is of another season, or the archive has less than was archived.
 */
export function archiveSeason(options: ArchiveOptions): Promise<ArchiveManifest> {
  const { database, season } = options;
  return alone(database, season.id, () => archive(options));
}

async function archive(options: ArchiveOptions): Promise<ArchiveManifest> {
  const { database, season, folder, generated } = options;
  await mkdir(folder, { recursive: true });
  let manifest = await findManifest(folder);
  if (!manifest) {
    await refuseOther(folder);
    manifest = { format: ARCHIVE_FORMAT, season: season.id, generated, files: [] };
  }
  if (manifest.season !== season.id) throw new Error(`${folder} is of season ${manifest.season}`);
  await removeLeftovers(folder);
  await checkReaches(manifest, database, season);
  const before = closedBefore(season.now(), season.offsetMs, MARGIN_MS);
  for (let log = 0; log < season.logs; log++) {
    const store = new PostgresScanLog(database.ledger, season.id, log);
    const { sources, offsetMs } = season;
    const read = (seq: number) => store.read(seq);
    const asked = { folder, season, log, read, sources, offsetMs, before };
    for await (const file of archiveLog(manifest, asked)) {
      manifest = { ...manifest, files: [...manifest.files, file] };
      await writeManifest(folder, manifest);
      options.onFile?.(file);
    }
  }
  await tell(manifest, options);
  return manifest;
}

/** A folder with something else in it stays as it is. */
async function refuseOther(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.some((name) => !name.endsWith('.begun') && !name.endsWith('.parquet'))) {
    throw new Error(`${folder} is not empty and has no ${ARCHIVE_FILE}: nothing was written`);
  }
}

/** What somebody left who was stopped while writing. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\.(scans-.*|archive\.json)\.begun$/.test(name)) await rm(join(folder, name));
  }
}

/** What was archived once must still be there: the log may have lost it since. */
async function checkReaches(
  manifest: ArchiveManifest,
  { ledger }: PostgresDatabase,
  { id }: SeasonScans,
): Promise<void> {
  const { rows } = await ledger.query<{ log: number; seq: number }>(
    'SELECT log, seq FROM track_archived WHERE season = $1',
    [id],
  );
  for (const { log, seq } of rows) {
    const files = filesOfLog(manifest, log);
    if (typeof files === 'string') throw new Error(`the archive is not whole: ${files}`);
    const has = files.at(-1)?.lastSeq ?? 0;
    if (has < seq) {
      throw new Error(
        `log ${log} was archived up to entry ${seq}, and this archive ends with ${has}`,
      );
    }
  }
}

/** Says how far logs are archived, and what the files are known by; once for each state of the archive. */
async function tell(
  manifest: ArchiveManifest,
  { database, season, actor }: ArchiveOptions,
): Promise<void> {
  const { files } = manifest;
  const ends = new Map(files.map(({ log, lastSeq }) => [log, lastSeq]));
  if (ends.size === 0) return;
  await database.transact({ as: 'ledger' }, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO track_archived (season, log, seq)
       SELECT $1, log, seq FROM unnest($2::int[], $3::bigint[]) AS t (log, seq)
       ON CONFLICT (season, log) DO UPDATE SET seq = excluded.seq
       WHERE track_archived.seq < excluded.seq`,
      [season.id, [...ends.keys()], [...ends.values()]],
    );
    if (rowCount === 0) return;
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    const detail = { files: files.length, rows, digest: filesDigest(files) };
    await tellArchiveAct(client, season, actor, 'scans.archive', detail);
  });
}
