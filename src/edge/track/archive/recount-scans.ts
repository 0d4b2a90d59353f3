import { Findings } from '../../../certify/track/findings.js';
import {
  type LogRecount,
  recountLog,
  type ScanArchive,
} from '../../../certify/track/recount-log.js';
import { filesDigest, findManifest } from '../../../network/scan-archive.js';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import { PostgresScanLog } from '../../postgres/scan-log.js';
import { FileSpill } from './file-spill.js';
import type { SeasonScans } from './season-scans.js';

export interface RecountedScans {
  readonly season: string;
  readonly logs: readonly LogRecount[];
  readonly findings: Findings;
}

/**
 * Recounts a season's scans from the archive, if one is named, and the logs, log by log (certify/track/recount-log.ts).
 *
 * @param folder of the season's archive.
 */
export async function recountScans(
  database: PostgresDatabase,
  season: SeasonScans,
  folder: string | undefined,
): Promise<RecountedScans> {
  const findings = new Findings();
  const archive = folder === undefined ? undefined : await openArchive(folder, season, findings);
  if (archive) await checkDigest(database, season, archive, findings);
  const logs: LogRecount[] = [];
  for (let log = 0; log < season.logs; log++) {
    const picture = await newestPicture(database, season.id, log);
    const store = await FileSpill.create(await countScans(database, season.id, log, archive));
    try {
      const scans = new PostgresScanLog(database.ledger, season.id, log);
      const { network, names, lanes, sources } = season;
      const recount = await recountLog({
        log,
        season: {
          startMs: network.startMs,
          slotMs: network.slotMs,
          futureMs: DEFAULT_TRACK_POLICY.futureMs,
          operators: network.operators,
          resources: network.resources,
          lanes,
          sources,
        },
        names: { operators: names.operators, resources: names.resources, sources },
        archive,
        entries: (from) => scans.read(from),
        picture,
        store,
        findings,
      });
      if (!picture && recount.scans > 0) {
        findings.add('picture', log, () => 'nothing that was counted live is kept yet');
      }
      logs.push(recount);
    } finally {
      store.close();
    }
  }
  return { season: season.id, logs, findings };
}

async function openArchive(
  folder: string,
  { id }: SeasonScans,
  findings: Findings,
): Promise<ScanArchive | undefined> {
  try {
    const manifest = await findManifest(folder);
    if (!manifest) findings.add('archive', 0, () => `${folder} has no archive`);
    else if (manifest.season === id) return { folder, manifest };
    else findings.add('archive', 0, () => `${folder} is of season ${manifest.season}`);
  } catch (error) {
    findings.add('archive', 0, () => (error instanceof Error ? error.message : String(error)));
  }
  return undefined;
}

/** The archive against what the audit log says that it was when it was written. */
async function checkDigest(
  database: PostgresDatabase,
  { id }: SeasonScans,
  { manifest }: ScanArchive,
  findings: Findings,
): Promise<void> {
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<{ detail: string }>(
      `SELECT DISTINCT detail FROM audit WHERE action = 'scans.archive' AND subject = $1`,
      [id],
    ),
  );
  for (const { detail } of rows) {
    const { files, digest }: { files: number; digest: string } = JSON.parse(detail);
    const has = filesDigest(manifest.files.slice(0, files));
    if (manifest.files.length >= files && has === digest) continue;
    findings.add('archive', 0, () => `its first ${files} files are not those that were archived`);
  }
}

async function newestPicture(
  { ledger }: PostgresDatabase,
  season: string,
  log: number,
): Promise<Uint8Array | undefined> {
  const { rows } = await ledger.query<{ bytes: Buffer }>(
    `SELECT bytes FROM track_picture WHERE season = $1 AND log = $2 ORDER BY seq DESC LIMIT 1`,
    [season, log],
  );
  return rows[0]?.bytes;
}

/** About as many scans as will be read: a count of all would take as long as a statement may. */
async function countScans(
  { ledger }: PostgresDatabase,
  season: string,
  log: number,
  archive: ScanArchive | undefined,
): Promise<number> {
  const files = archive?.manifest.files.filter((file) => file.log === log) ?? [];
  const { rows } = await ledger.query<{ last: number; scans: number }>(
    `SELECT coalesce(max(seq), 0) AS last, coalesce(avg(scans), 0)::float AS scans FROM (
       SELECT seq, scans FROM track_batch WHERE season = $1 AND log = $2 ORDER BY seq DESC LIMIT 1000
     ) AS newest`,
    [season, log],
  );
  const [{ last, scans }] = rows;
  const inLog = Math.max(0, last - (files.at(-1)?.lastSeq ?? 0)) * scans;
  return inLog + files.reduce((sum, file) => sum + file.rows, 0);
}
