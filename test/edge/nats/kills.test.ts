import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { untilReady } from '../../../scripts/nats/start-cluster.js';
import { startFleet } from '../../support/jetstream/fleet.js';
import { describeNats, natsTitle, useCluster } from '../../support/nats.js';
import { trackFolder } from '../../support/open-track.js';
import { testDatabase } from '../../support/postgres.js';

const SENDERS = 16;

describeNats(natsTitle('three servers and two workers under load'), () => {
  const cluster = useCluster();

  test('P7, P8: a worker killed, then a server: nothing is lost, and all is counted once', async () => {
    const { database, url } = await testDatabase();
    const { urls: nats, servers } = cluster();
    const place = { database, url, nats, folder: trackFolder(), leaseSeconds: 2 };
    const fleet = await startFleet(place);
    onTestFinished(() => fleet.stop());
    const { workers, drill } = fleet;
    const run = drill.run(SENDERS);
    const over = (name: string) =>
      expect.poll(() => drill.gapsMs.get(name), { timeout: 60_000 }).toBeDefined();
    await sleep(1000);
    await workers[0].end('SIGKILL');
    drill.mark('a worker');
    await over('a worker');
    await workers[0].start();
    await servers[0].stop('SIGKILL');
    drill.mark('a server');
    await over('a server');
    await servers[0].start();
    drill.end();
    await run;
    await untilReady(servers);
    expect(await drill.faults()).toEqual([]);
    expect(drill.distinct).toBeGreaterThan(10_000);
  });
});
