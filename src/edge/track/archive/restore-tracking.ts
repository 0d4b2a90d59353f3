import { filesOfLog, findDamage, findManifest } from '../../../network/scan-archive.js';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import { LogFolder } from '../log-folder.js';
import { PARTITIONS } from '../track-season.js';
import { alone } from './archive-lock.js';
import { archivedBatches } from './archived-batches.js';
import type { SeasonScans } from './season-scans.js';

export interface RestoreOptions {
  readonly database: PostgresDatabase;
  readonly season: SeasonScans;
  /** Of the season's archive. */
  readonly archive: string;
  /** Of log n of the season: where its owners keep histories and snapshots. */
  readonly folderOf: (log: number) => string;
  /** Is told of snapshots that cannot be used. */
  readonly onProblem: (problem: unknown) => void;
}

/** How far a log was restored. */
export interface RestoredLog {
  readonly log: number;
  /** The entry that the snapshot is of; 0 if there is nothing to restore. */
  readonly seq: number;
  /** Scans read from the archive. */
  readonly scans: number;
}

/**
 * Makes snapshots and histories of logs again from the archive, for a data folder that was lost after entries had left the
 * log: an owner then reads the rest from the log, and knows what the one before knew. Logs that still have all
 * their entries are left as they are.
 *
 * @throws Error if a log has an owner, or the archive is not whole: nothing is kept of that log then.
 */
export function restoreTracking(options: RestoreOptions): Promise<RestoredLog[]> {
  const { database, season } = options;
  return alone(database, season.id, async () => {
    await refuseOwned(database, season.id);
    const restored: RestoredLog[] = [];
    for (let log = 0; log < season.logs; log++) restored.push(await restoreLog(options, log));
    return restored;
  });
}

async function refuseOwned({ ledger }: PostgresDatabase, season: string): Promise<void> {
  const { rows } = await ledger.query<{ log: number }>(
    'SELECT log FROM track_log WHERE season = $1 AND lease_until > now() ORDER BY log',
    [season],
  );
  if (rows.length > 0) throw new Error(`log ${rows[0].log} has an owner: end it first`);
}

async function restoreLog(options: RestoreOptions, log: number): Promise<RestoredLog> {
  const { database, season, archive } = options;
  const { rows } = await database.ledger.query<{ first: number | null }>(
    'SELECT min(seq) AS first FROM track_batch WHERE season = $1 AND log = $2',
    [season.id, log],
  );
  const first = rows[0].first ?? 1;
  if (first === 1) return { log, seq: 0, scans: 0 };
  const partitions = PARTITIONS / season.logs;
  const share = { first: log * partitions, of: PARTITIONS };
  const { network, names, sources } = season;
  const policy = DEFAULT_TRACK_POLICY;
  const folder = new LogFolder(
    ...([options.folderOf(log), 'restored', network, policy, share, partitions] as const),
  );
  const kept = folder.restore(options.onProblem);
  let scans = 0;
  try {
    if (kept.tracking.seq >= first) return { log, seq: 0, scans };
    const files = await wholeFiles(archive, season.id, log);
    const all = { ...names, sources };
    for await (const batch of archivedBatches(archive, files, all, kept.tracking.seq + 1)) {
      kept.tracking.apply(batch);
      scans += batch.count;
    }
    await folder.keep(kept);
    return { log, seq: kept.tracking.seq, scans };
  } finally {
    for (const store of kept.chunks) store.close();
  }
}

/** Files of a log, each of them as it was archived. */
async function wholeFiles(archive: string, season: string, log: number) {
  const manifest = await findManifest(archive);
  if (manifest?.season !== season) throw new Error(`${archive} has no archive of season ${season}`);
  const files = filesOfLog(manifest, log);
  if (typeof files === 'string') throw new Error(`the archive is not whole: ${files}`);
  for (const file of files) {
    const damage = await findDamage(archive, file);
    if (damage) throw new Error(`the archive is not whole: ${damage}`);
  }
  return files;
}
