import { jetstreamManager } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { msOfSlot } from '../../support/fake-tracking.js';
import { describeNats, natsTitle, useCluster } from '../../support/nats.js';
import { natsTracking, storedSeason } from '../../support/nats-tracking.js';
import { testDatabase } from '../../support/postgres.js';
import { describeTracking, type MakeTracking, scanOf } from '../../support/track-conformance.js';

describeNats(natsTitle('three servers'), () => {
  const cluster = useCluster();

  const make: MakeTracking = async (clock) => {
    const { database } = await testDatabase();
    const season = await storedSeason(database, clock);
    return (await natsTracking(cluster().urls, database, season, 2)).service;
  };
  test('a stream that somebody deletes is made again, and what the log has is not taken for what comes', async () => {
    const { database } = await testDatabase();
    const season = await storedSeason(database, { now: msOfSlot(10) });
    const { urls } = cluster();
    const { service, link } = await natsTracking(urls, database, season, 1);
    const source = await service.sourceOf('A');
    const take = (parcel: string) => {
      const builder = new BatchBuilder(season.names, season.keys);
      builder.add(scanOf(parcel));
      return service.take(builder.finish(source, season.timing.now()));
    };
    for (const parcel of ['p1', 'p2', 'p3', 'p4']) await take(parcel);
    const manager = await jetstreamManager(link.connection);
    for await (const { config } of manager.streams.list(`scans.${season.id}.*`)) {
      await manager.streams.delete(config.name);
    }
    const again = () => take('p5').then(({ tally }) => tally.received, String);
    await expect.poll(again, { timeout: 60_000 }).toBe(1);
    expect((await service.picture()).parcels).toBe(5);
  });

  describeTracking('tracking by JetStream, two logs, two workers', make, 2);
});
