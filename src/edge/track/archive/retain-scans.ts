import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ArchivedFile,
  type ArchiveManifest,
  filesOfLog,
  findDamage,
  findManifest,
} from '../../../network/scan-archive.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import { type ArchiveActor, tellArchiveAct } from './archive-acts.js';
import { alone } from './archive-lock.js';
import { writeManifest } from './archive-writer.js';
import type { SeasonScans } from './season-scans.js';

const DAY_MS = 86_400_000;

/** Entries of a statement: some seconds of deleting, within the time that one may take. */
const ENTRIES_MOST = 5_000;

export interface RetainOptions {
  readonly database: PostgresDatabase;
  readonly season: SeasonScans;
  /** Of the season's archive. */
  readonly folder: string;
  /** Entries of the log stay for so many days after their receipt, by the season's clock. */
  readonly days: number;
  /** The key stays for so many days after the season's end; without it, for good. */
  readonly keyDays: number | undefined;
  /** Files of the archive stay for so many days; without it, for good. */
  readonly archiveDays: number | undefined;
  readonly actor: ArchiveActor;
}

/** What was deleted of a season. */
export interface Retained {
  /** Entries taken out of logs, and the scans in them. */
  entries: number;
  scans: number;
  /** Names of files taken out of the archive. */
  files: string[];
  /** Whether the key is gone now, and was not before. */
  keyDeleted: boolean;
}

/**
 * Deletes what is older than it may become. An entry leaves its log if it
 *
 * - was received more than `days` ago,
 * - stands in a file of the archive that was read again and has the hash it was archived with,
 * - is older than every picture that is kept: an owner begins again from a snapshot no older, and the tail.
 *
 * Each file's entries leave in one transaction, which writes down the act. With the season's key nobody can trace what is left.
 *
 * @throws Error if the archive is not whole: nothing more is deleted then.
 */
export function retainScans(options: RetainOptions): Promise<Retained> {
  const { database, season } = options;
  return alone(database, season.id, () => retain(options));
}

async function retain(options: RetainOptions): Promise<Retained> {
  const { season, folder, keyDays, archiveDays } = options;
  const retained: Retained = { entries: 0, scans: 0, files: [], keyDeleted: false };
  const manifest = await findManifest(folder);
  if (manifest && manifest.season !== season.id) {
    throw new Error(`${folder} is of season ${manifest.season}`);
  }
  if (manifest) {
    for (let log = 0; log < season.logs; log++) await retainLog(options, manifest, log, retained);
    if (archiveDays !== undefined) await retainArchive(options, manifest, archiveDays, retained);
  }
  if (keyDays !== undefined && season.hasKey && season.now() > season.endMs + keyDays * DAY_MS) {
    await deleteKey(options);
    retained.keyDeleted = true;
  }
  return retained;
}

async function retainLog(
  { database, season, folder, days, actor }: RetainOptions,
  manifest: ArchiveManifest,
  log: number,
  retained: Retained,
): Promise<void> {
  const files = filesOfLog(manifest, log);
  if (typeof files === 'string') throw new Error(`the archive is not whole: ${files}`);
  const bounds = await boundsOf(database, season.id, log);
  const old = season.now() - days * DAY_MS;
  for (const file of files) {
    const isOld = file.lastReceivedAt < old && file.lastSeq < bounds.needed;
    if (!isOld || file.lastSeq > bounds.archived) return;
    if (file.lastSeq <= bounds.first) continue;
    const damage = await findDamage(folder, file);
    if (damage) throw new Error(`${damage}: its entries stay in the log`);
    await deleteEntries(database, season, actor, file, retained);
  }
}

interface Bounds {
  /** The first entry that the log has; Infinity if it is empty. */
  readonly first: number;
  /** The last that may be taken out. */
  readonly archived: number;
  /** The first that a restart may need: the oldest picture's. */
  readonly needed: number;
}

async function boundsOf(
  { ledger }: PostgresDatabase,
  season: string,
  log: number,
): Promise<Bounds> {
  const { rows } = await ledger.query<Record<keyof Bounds, number | null>>(
    `SELECT
       (SELECT min(seq) FROM track_batch WHERE season = $1 AND log = $2) AS first,
       (SELECT seq FROM track_archived WHERE season = $1 AND log = $2) AS archived,
       (SELECT min(seq) FROM track_picture WHERE season = $1 AND log = $2) AS needed`,
    [season, log],
  );
  const [{ first, archived, needed }] = rows;
  return { first: first ?? Number.POSITIVE_INFINITY, archived: archived ?? 0, needed: needed ?? 0 };
}

async function deleteEntries(
  database: PostgresDatabase,
  season: SeasonScans,
  actor: ArchiveActor,
  { log, firstSeq, lastSeq, file }: ArchivedFile,
  retained: Retained,
): Promise<void> {
  let [entries, scans] = [0, 0];
  await database.transact({ as: 'ledger' }, async (client) => {
    // The last entry of a file stays until the next file's go: what follows the archive follows its hash.
    for (let from = Math.max(1, firstSeq - 1); from < lastSeq; from += ENTRIES_MOST) {
      const until = Math.min(lastSeq - 1, from + ENTRIES_MOST - 1);
      const { rows } = await client.query<{ entries: number; scans: number }>(
        `WITH gone AS (
           DELETE FROM track_batch WHERE season = $1 AND log = $2 AND seq BETWEEN $3 AND $4
           RETURNING scans
         ) SELECT count(*) AS entries, coalesce(sum(scans), 0)::bigint AS scans FROM gone`,
        [season.id, log, from, until],
      );
      entries += rows[0].entries;
      scans += rows[0].scans;
    }
    const detail = { log, firstSeq, lastSeq, entries, scans, file };
    await tellArchiveAct(client, season, actor, 'scans.delete', detail);
  });
  retained.entries += entries;
  retained.scans += scans;
}

/** Takes old files out; the manifest goes on saying what they were, and that they are gone. */
async function retainArchive(
  { database, season, folder, actor }: RetainOptions,
  manifest: ArchiveManifest,
  days: number,
  retained: Retained,
): Promise<void> {
  const now = season.now();
  const isOld = (file: ArchivedFile) => file.lastReceivedAt < now - days * DAY_MS;
  const kept = await firstEntries(database, season);
  // What is still in the log, but for a last entry, leaves that first.
  const gone = manifest.files.filter(
    (file) => file.removedAt === undefined && isOld(file) && file.lastSeq <= kept[file.log],
  );
  if (gone.length === 0) return;
  const files = manifest.files.map((file) =>
    gone.includes(file) ? { ...file, removedAt: now } : file,
  );
  await database.transact({ as: 'ledger' }, (client) =>
    tellArchiveAct(client, season, actor, 'scans.archive.delete', {
      files: gone.map(({ file }) => file),
    }),
  );
  await writeManifest(folder, { ...manifest, files });
  for (const { file } of gone) {
    await rm(join(folder, file), { force: true });
    retained.files.push(file);
  }
}

/** The first entry that each log still has. */
async function firstEntries(
  { ledger }: PostgresDatabase,
  { id, logs }: SeasonScans,
): Promise<number[]> {
  const first: number[] = [];
  for (let log = 0; log < logs; log++) {
    const { rows } = await ledger.query<{ first: number | null }>(
      'SELECT min(seq) AS first FROM track_batch WHERE season = $1 AND log = $2',
      [id, log],
    );
    first.push(rows[0].first ?? 0);
  }
  return first;
}

async function deleteKey({ database, season, actor }: RetainOptions): Promise<void> {
  await database.transact({ as: 'ledger' }, async (client) => {
    await client.query('UPDATE track_season SET key = NULL WHERE season = $1', [season.id]);
    await tellArchiveAct(client, season, actor, 'scans.key.delete', {});
  });
}
