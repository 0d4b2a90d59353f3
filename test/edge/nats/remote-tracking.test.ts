import { jetstreamManager } from '@nats-io/jetstream';
import { expect, test } from 'vitest';
import { untilReady } from '../../../scripts/nats/start-cluster.js';
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
  async function start() {
    const { database } = await testDatabase();
    const season = await storedSeason(database, { now: msOfSlot(10) });
    // What a worker says while its servers are away is not looked at.
    const tracking = await natsTracking(cluster().urls, database, season, 1, () => undefined);
    const { service, link } = tracking;
    const source = await service.sourceOf('A');
    const take = (parcel: string) => {
      const builder = new BatchBuilder(season.names, season.keys);
      builder.add(scanOf(parcel));
      return service.take(builder.finish(source, season.timing.now()));
    };
    /** How many scans of a batch were received, or why it is held. */
    const told = (parcel: string) =>
      take(parcel).then(
        ({ tally }) => tally.received,
        (error: unknown) => String(error),
      );
    for (const parcel of ['p1', 'p2', 'p3', 'p4']) await take(parcel);
    return { season, service, link, told };
  }

  test('a stream that somebody deletes is made again, and what the log has is not taken for what comes', async () => {
    const { season, service, link, told } = await start();
    const manager = await jetstreamManager(link.connection);
    for await (const { config } of manager.streams.list(`scans.${season.id}.*`)) {
      await manager.streams.delete(config.name);
    }
    await expect.poll(() => told('p5'), { timeout: 60_000 }).toBe(1);
    expect((await service.picture()).parcels).toBe(5);
  });

  test('P4, P10: while no server is there a batch is held at once; when they are back it goes on', async () => {
    const { service, told } = await start();
    const { servers } = cluster();
    await Promise.all(servers.map((server) => server.stop('SIGKILL')));
    await expect.poll(() => told('p5'), { timeout: 60_000 }).toContain('NATS is away');
    await Promise.all(servers.map((server) => server.start()));
    await untilReady(servers);
    await expect.poll(() => told('p5'), { timeout: 60_000 }).toBe(1);
    // Batches go by the stream, questions straight to the owner: servers know where it is a moment later.
    const counted = async () => {
      const [source] = await service.sources().catch(() => []);
      return source && source.tally.received - source.tally.duplicate;
    };
    await expect.poll(counted, { timeout: 60_000 }).toBe(5);
  });

  describeTracking('tracking by JetStream, two logs, two workers', make, 2);
});
