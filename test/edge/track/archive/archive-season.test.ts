import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../../../src/edge/access/verify-audit.js';
import { seasonId } from '../../../../src/edge/gate/season.js';
import type { PostgresDatabase } from '../../../../src/edge/postgres/connect.js';
import { archiveSeason } from '../../../../src/edge/track/archive/archive-season.js';
import { recountScans } from '../../../../src/edge/track/archive/recount-scans.js';
import { restoreTracking } from '../../../../src/edge/track/archive/restore-tracking.js';
import { retainScans } from '../../../../src/edge/track/archive/retain-scans.js';
import {
  listSeasonScans,
  type SeasonScans,
} from '../../../../src/edge/track/archive/season-scans.js';
import { BatchBuilder } from '../../../../src/edge/track/batch-builder.js';
import type { TrackSeason } from '../../../../src/edge/track/track-season.js';
import { fileHash } from '../../../../src/network/scan-archive.js';
import { stateHash } from '../../../../src/track/network-state.js';
import type { ScanBatch } from '../../../../src/track/scans.js';
import { gateSeason } from '../../../support/gate-season.js';
import { testTracking, trackFolder } from '../../../support/open-track.js';
import { testDatabase } from '../../../support/postgres.js';

const DAY = 86_400_000;
const { scenario } = gateSeason();

function batchOf(season: TrackSeason, day: number, count: number, source: number): ScanBatch {
  const builder = new BatchBuilder(season.names, season.keys);
  const { resources, operators } = season.names;
  const at = Math.floor(season.timing.now() / 1000) * 1000 + day * DAY;
  for (let i = 0; i < count; i++) {
    const place = resources.get((i + day) % resources.size);
    builder.add({
      operator: operators.get(0),
      parcel: `GEN${i}`,
      kind: 'arrived',
      resource: place,
      at,
    });
  }
  return builder.finish(source, at + 1000);
}

/** A season of three days with two logs, of which two were archived: by its clock it is the evening of the third. */
async function threeDays() {
  const { database, admin } = await testDatabase();
  await admin.query(
    `INSERT INTO organisation (id, kind, level, region) VALUES ('SPB', 'administration', 'nation', '000000')`,
  );
  const tracking = await testTracking(database, scenario, { logs: 2 });
  const source = await tracking.service.sourceOf('yto');
  for (const day of [0, 0, 1, 2]) {
    await tracking.service.take(batchOf(tracking.season, day, 40, source));
    for (const { owned } of tracking.seats) await owned?.keep();
  }
  const [found] = await listSeasonScans(database, scenario, seasonId(scenario));
  const season: SeasonScans = { ...found, now: () => found.now() + 2.5 * DAY };
  const folder = join(trackFolder(), 'archive');
  const asked = { database, season, folder, generated: true, actor: 'command-line' as const };
  const manifest = await archiveSeason(asked);
  const recount = async (archive?: string, of = season) =>
    (await recountScans(database, of, archive)).findings.first.map(
      ({ rule, text }) => `${rule}: ${text}`,
    );
  return { database, admin, tracking, season, folder, asked, manifest, recount };
}

async function entriesOf(database: PostgresDatabase, season: SeasonScans) {
  const { rows } = await database.ledger.query<{ log: number; first: number; last: number }>(
    `SELECT log, min(seq) AS first, max(seq) AS last FROM track_batch WHERE season = $1 GROUP BY log ORDER BY log`,
    [season.id],
  );
  return rows;
}

test('P8: closed days are archived, once, and live is the recount with the archive and without', async () => {
  const { folder, asked, manifest, recount, database, season } = await threeDays();
  expect(manifest.files.map(({ log, firstSeq, lastSeq }) => [log, firstSeq, lastSeq])).toEqual([
    [0, 1, 2],
    [0, 3, 3],
    [1, 1, 2],
    [1, 3, 3],
  ]);
  expect(manifest.files.reduce((sum, { rows }) => sum + rows, 0)).toBe(120);
  expect(await archiveSeason(asked)).toEqual(manifest);
  expect(await recount(folder)).toEqual([]);
  expect(await recount()).toEqual([]);
  const { rows } = await database.ledger.query(
    'SELECT log, seq FROM track_archived WHERE season = $1 ORDER BY log',
    [season.id],
  );
  expect(rows).toEqual([
    { log: 0, seq: 3 },
    { log: 1, seq: 3 },
  ]);
});

test('P13: what is old and archived leaves the log, a restart needs it no more, and acts are in the audit log', async () => {
  const { folder, asked, tracking, recount, database, season } = await threeDays();
  const before = tracking.seats.map(({ owned }) => owned && stateHash(owned.tracking.state()));
  const late = { ...season, now: () => season.now() + 10 * DAY };
  const kept = { ...asked, season: late, days: 1, keyDays: undefined, archiveDays: undefined };
  const retained = await retainScans(kept);
  // Two pictures are kept, of entries 3 and 4: what is before them goes, if its whole file may, but for the last of it.
  expect(retained).toMatchObject({ entries: 2, scans: 40, files: [], keyDeleted: false });
  expect(await entriesOf(database, season)).toEqual([
    { log: 0, first: 2, last: 4 },
    { log: 1, first: 2, last: 4 },
  ]);
  expect((await retainScans(kept)).entries).toBe(0);
  expect(await recount(folder)).toEqual([]);
  expect((await recount())[0]).toContain('missing: entries 1 to 1 are nowhere');

  await tracking.close();
  const again = await testTracking(database, scenario, { folder: tracking.folder, logs: 2 });
  expect(again.seats.map(({ owned }) => owned && stateHash(owned.tracking.state()))).toEqual(
    before,
  );

  // The data folder is lost: the archive makes it again as far as entries have left the log.
  const told = await again.service.sources();
  await again.close();
  const empty = { folder: trackFolder(), logs: 2 };
  const folderOf = (log: number) => join(empty.folder, season.id, `log-${log}`);
  const restore = { database, season, archive: folder, folderOf, onProblem: String };
  const restored = await restoreTracking(restore);
  expect(restored.map(({ seq }) => seq)).toEqual([3, 3]);
  const third = await testTracking(database, scenario, empty);
  expect(third.seats.map(({ owned }) => owned && stateHash(owned.tracking.state()))).toEqual(
    before,
  );
  expect(await third.service.sources()).toEqual(told);
  await expect(restoreTracking(restore)).rejects.toThrow('has an owner');

  const days = { ...kept, keyDays: 1, archiveDays: 2 };
  const rest = await retainScans(days);
  expect(rest.files).toEqual(
    (await archiveSeason(asked)).files
      .filter(({ lastSeq }) => lastSeq === 2)
      .map(({ file }) => file),
  );
  expect(rest.keyDeleted).toBe(true);
  await third.close();
  await expect(testTracking(database, scenario, { logs: 2 })).rejects.toThrow('key');
  expect((await recount(folder))[0]).toContain('was taken out by age');

  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<{ action: string }>(
      `SELECT action FROM audit WHERE organisation = 'SPB' AND subject = $1 ORDER BY seq`,
      [season.id],
    ),
  );
  const acts = ['archive', 'delete', 'delete', 'archive.delete', 'key.delete'];
  expect(rows.map(({ action }) => action)).toEqual(acts.map((act) => `scans.${act}`));
  const audit = await database.transact({ as: 'keeper' }, (client) => verifyAudit(client));
  expect(audit.faults).toEqual([]);
});

test('P15: entries stay whose file is missing or changed, even if the manifest was changed with it', async () => {
  const { folder, asked, manifest, recount, season, database } = await threeDays();
  const late = { ...season, now: () => season.now() + 10 * DAY };
  const kept = { ...asked, season: late, days: 1, keyDays: undefined, archiveDays: undefined };
  const [{ file }] = manifest.files;
  const path = join(folder, file);
  const bytes = await readFile(path);
  bytes[200] ^= 1;
  await writeFile(path, bytes);
  await expect(retainScans(kept)).rejects.toThrow('is not what was archived');
  expect((await recount(folder))[0]).toBe(`archive: ${file} is not what was archived`);
  const sha256 = await fileHash(path);
  const changed = manifest.files.map((each) => (each.file === file ? { ...each, sha256 } : each));
  await writeFile(join(folder, 'archive.json'), JSON.stringify({ ...manifest, files: changed }));
  expect((await recount(folder))[0]).toBe(
    'archive: its first 4 files are not those that were archived',
  );
  await rm(path);
  await expect(retainScans(kept)).rejects.toThrow('cannot be read');
  expect((await entriesOf(database, season)).map(({ first }) => first)).toEqual([1, 1]);
});

test('an archive of another season, or less of this one, is not written to; leftovers go', async () => {
  const { folder, asked, manifest } = await threeDays();
  await writeFile(join(folder, `.${manifest.files[0].file}.begun`), 'half');
  await archiveSeason(asked);
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  const elsewhere = join(folder, 'empty');
  await expect(archiveSeason({ ...asked, folder: elsewhere })).rejects.toThrow(
    'log 0 was archived up to entry 3, and this archive ends with 0',
  );
  const other = { ...manifest, season: 'other' };
  await writeFile(join(folder, 'archive.json'), JSON.stringify(other));
  await expect(archiveSeason(asked)).rejects.toThrow('is of season other');
});

test('a season takes no other key, and nobody deletes an entry that is not archived', async () => {
  const { database, admin, season } = await threeDays();
  const change = `UPDATE track_season SET key = decode(repeat('00', 32), 'hex')`;
  await expect(admin.query(change)).rejects.toThrow('deleted or stays');
  await expect(
    database.ledger.query('DELETE FROM track_batch WHERE season = $1 AND seq = 4', [season.id]),
  ).rejects.toThrow('append-only');
});
