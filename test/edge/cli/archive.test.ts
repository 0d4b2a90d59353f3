import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { archiveCommand } from '../../../src/edge/cli/archive.js';
import { recountCommand } from '../../../src/edge/cli/recount.js';
import { trackCommand } from '../../../src/edge/cli/track.js';
import { openSeason } from '../../../src/edge/gate/season.js';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { openTracking } from '../../../src/edge/track/open-tracking.js';
import { openTrackSeason } from '../../../src/edge/track/track-store.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { readScenario } from '../../../src/network/read-scenario.js';
import { trackFolder } from '../../support/open-track.js';
import { testDatabase } from '../../support/postgres.js';
import { runCommand } from '../../support/run-command.js';

const SEASON = 'examples/tiny';
const NUMBER = 'YT7700012345678';

function onError(error: unknown): never {
  throw error;
}

/** Three days of scans of the tiny season, which is over, and whoever tracked it has ended. */
async function tracked() {
  const { database, url } = await testDatabase();
  vi.stubEnv('DATABASE_URL', url);
  onTestFinished(() => void vi.unstubAllEnvs());
  const data = trackFolder();
  const scenario = await readScenario(SEASON);
  const season = await openTrackSeason(database, await openSeason(database, scenario, false));
  const open = await openTracking({ database, season, folder: join(data, 'tracking'), onError });
  const source = await open.service.sourceOf('OP');
  for (const day of [11, 12, 13]) {
    const at = `2020-11-${day}T12:00:00+08:00`;
    const take = (...scans: object[]) => {
      const builder = new BatchBuilder(season.names, season.keys);
      for (const scan of scans) builder.add({ operator: 'OP', at, ...scan });
      return open.service.take(builder.finish(source, Date.parse(at) + 1000));
    };
    await take(
      { parcel: NUMBER, kind: 'arrived', resource: 'H' },
      { parcel: `${NUMBER}${day}`, kind: 'arrived', resource: 'K' },
    );
    await take({ parcel: NUMBER, kind: 'kidnapped', resource: 'K' });
    await open.seats[0].owned?.keep();
  }
  await open.close();
  const run = (command: 'archive' | 'recount' | 'track', line: string) => {
    const made = { archive: archiveCommand, recount: recountCommand, track: trackCommand };
    return runCommand(made[command](), [...line.split(' '), '--data', data]);
  };
  return { archive: join(data, 'archive'), run };
}

test('P8, P13: archived, recounted, kept for some days, restored, from the command line', async () => {
  const { archive, run } = await tracked();
  const written = await run('archive', `${SEASON} --to ${archive}`);
  expect(written.text).toMatch(
    /scans-2020-11-11-log0-000\.parquet: 3 scans\n(.*\n)*.*3 files, 9 scans/,
  );
  const [season] = await readdir(archive);
  for (const name of await readdir(join(archive, season))) {
    expect((await readFile(join(archive, season, name))).includes(NUMBER)).toBe(false);
  }
  const right = await run('recount', `${SEASON} --archive ${archive}`);
  expect(right.text).toContain('Live = recount: 9 scans recounted, nothing differs.');
  expect(right.code).toBe(0);

  const kept = await run('track', `retain ${SEASON} --days 30 --archive ${archive} --key-days 60`);
  expect(kept.text).toContain('entries taken out of the log: 1, with 2 scans');
  expect(kept.text).toContain('its key is deleted');
  const without = await run('recount', SEASON);
  expect(without.code).toBe(1);
  expect(without.text).toContain('BROKEN  P7, every entry is in the archive or in the log: 1');
  const whole = await run('recount', `${SEASON} --archive ${archive} --json`);
  expect(whole.code).toBe(0);
  const [{ logs, findings }] = JSON.parse(whole.text);
  expect(findings.total).toBe(0);
  expect(logs[0].bySource).toEqual([
    {
      source: 'OP',
      tally: { received: 9, applied: 6, superseded: 0, duplicate: 0, quarantined: 3 },
      redriven: { received: 0, applied: 0, superseded: 0, duplicate: 0, quarantined: 0 },
    },
  ]);
  const restored = await run('track', `restore ${SEASON} --archive ${archive}`);
  expect(restored.text).toContain('log 0: needs nothing');
});

test('days are whole, and the archive keeps no less than the log', async () => {
  const { archive, run } = await tracked();
  const retain = (line: string) => run('track', `retain ${SEASON} --archive ${archive} ${line}`);
  const fault = await retain('--days 0 --key-days x').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(FaultyInput);
  if (fault instanceof FaultyInput) {
    expect(fault.faults.first.map(({ field, rule }) => [field, rule])).toEqual([
      ['days', 'too-small'],
      ['key-days', 'not-an-integer'],
    ]);
  }
  await expect(retain('--days 9 --archive-days 3')).rejects.toThrow('1 fault');
});
