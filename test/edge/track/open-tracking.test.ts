import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import type { TrackSeason } from '../../../src/edge/track/track-season.js';
import { stateHash } from '../../../src/track/network-state.js';
import { kindNumber, type ScanBatch } from '../../../src/track/scans.js';
import { gateSeason } from '../../support/gate-season.js';
import { type TestTracking, testTracking, trackFolder } from '../../support/open-track.js';
import { testDatabase } from '../../support/postgres.js';

/** A batch of parcels of the season's first operator, each at its step of a life. */
function batchOf(season: TrackSeason, from: number, count: number, step: number): ScanBatch {
  const builder = new BatchBuilder(season.names, season.keys);
  const { resources, operators } = season.names;
  const places = resources.list();
  for (let i = from; i < from + count; i++) {
    builder.add({
      operator: operators.get(0),
      parcel: `GEN${i}`,
      kind: step % 2 === 0 ? 'arrived' : 'departed',
      resource: places[(i + step) % places.length],
      at: season.timing.now() - 100_000 + step,
    });
  }
  expect(builder.faults).toEqual([]);
  return builder.finish(0, season.timing.now());
}

function hashOf({ seats }: TestTracking): string[] {
  return seats.map(({ owned }) => (owned ? stateHash(owned.tracking.state()) : 'away'));
}

test.each([1, 4])(
  'P7, P8: what is acknowledged is there after a restart, by snapshot or by the log: %i logs',
  async (logs) => {
    const { database } = await testDatabase();
    const folder = trackFolder();
    const first = await testTracking(database, gateSeason().scenario, { folder, logs });
    const source = await first.service.sourceOf('yto');
    let received = 0;
    for (let step = 0; step < 4; step++) {
      const taken = await Promise.all(
        [0, 1, 2].map((k) =>
          first.service.take({ ...batchOf(first.season, 100 * k, 150, step), source }),
        ),
      );
      for (const { tally } of taken) {
        received += tally.received;
        expect(tally.applied + tally.superseded + tally.duplicate).toBe(150);
      }
      if (step === 1) for (const { owned } of first.seats) await owned?.keep();
    }
    const before = hashOf(first);
    const picture = await first.service.picture();
    expect(received).toBe(1800);
    expect(picture.parcels).toBe(350);
    await first.close();

    const second = await testTracking(database, gateSeason().scenario, { folder, logs });
    expect(hashOf(second)).toEqual(before);
    expect((await second.service.picture()).stock).toEqual(picture.stock);
    expect(second.seats.map(({ owned }) => owned?.owner.recovery.scans)).toEqual(
      before.map(() => 0),
    );
    await second.close();

    // Damaged snapshots and lost histories: the log has it all.
    const damaged = join(folder, second.season.id, 'log-0');
    for (const name of readdirSync(damaged).filter((each) => each.startsWith('snapshot'))) {
      truncateSync(join(damaged, name, 'part-0'), 100);
    }
    const problems: unknown[] = [];
    const third = await testTracking(database, gateSeason().scenario, {
      folder,
      logs,
      onError: (problem: unknown) => problems.push(problem),
    });
    expect(hashOf(third)).toEqual(before);
    expect(problems.length).toBeGreaterThan(0);
    await third.close();
    rmSync(folder, { recursive: true });
    const fourth = await testTracking(database, gateSeason().scenario, { folder, logs });
    expect(hashOf(fourth)).toEqual(before);
    expect((await fourth.service.sources()).map(({ tally }) => tally.received)).toEqual([1800]);
  },
);

test('P7: an owner that was overtaken acknowledges nothing more; the next has all that it acknowledged', async () => {
  const { database } = await testDatabase();
  const folder = trackFolder();
  const problems: string[] = [];
  const onError = (problem: unknown) => problems.push(String(problem));
  const first = await testTracking(database, gateSeason().scenario, { folder, onError });
  await first.service.take(batchOf(first.season, 0, 50, 0));
  // Its lease is over, as after a pause; another process comes.
  await database.ledger.query('UPDATE track_log SET lease_until = now()');
  const second = await testTracking(database, gateSeason().scenario, { folder, onError });
  expect((await second.service.picture()).parcels).toBe(50);
  await expect(first.service.take(batchOf(first.season, 50, 50, 0))).rejects.toThrow('another');
  const { tally } = await second.service.take(batchOf(first.season, 0, 100, 0));
  expect(tally.duplicate + tally.applied + tally.superseded).toBe(100);
  expect((await second.service.picture()).parcels).toBe(100);
  await expect(first.service.picture()).rejects.toThrow('another');
});

test('T5, T7: quarantine is listed, and what is mended is driven through', async () => {
  const { database } = await testDatabase();
  const { service, season } = await testTracking(database, gateSeason().scenario);
  const source = await service.sourceOf('yto');
  const late = batchOf(season, 0, 3, 0);
  late.at[1] = season.timing.now() + 3_600_000;
  late.unparsable[2] = 1;
  const { tally } = await service.take({ ...late, source });
  expect(tally).toMatchObject({ applied: 1, quarantined: 2 });
  const inside = await service.quarantine(undefined, 10, 'yto');
  expect(inside.map(({ id, reason, line, source: by }) => [id, reason, line, by])).toEqual([
    ['0.0', 'future', 2, 'yto'],
    ['0.1', 'unparsable', 3, 'yto'],
  ]);
  expect(inside[0].scan).toMatchObject({ kind: kindNumber('arrived') });
  expect(inside[1].scan).toBeUndefined();
  const mended = batchOf(season, 2, 1, 0);
  const again = await service.redrive(source, [{ id: '0.1', row: 0 }, { id: '0.0' }], mended);
  expect(again.tally).toMatchObject({ applied: 1, quarantined: 1 });
  const left = await service.quarantine(undefined, 10);
  expect(left.map(({ id }) => id)).toEqual(['0.0']);
  expect(await service.quarantined(['0.0', '0.7'])).toEqual([left[0], undefined]);
  const [known] = await service.sources();
  expect(known.tally.received).toBe(3);
  expect(known.redriven).toMatchObject({ received: 2, applied: 1, quarantined: 1 });
});
