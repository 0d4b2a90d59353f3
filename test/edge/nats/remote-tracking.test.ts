import { describeNats, natsTitle, useCluster } from '../../support/nats.js';
import { natsTracking, storedSeason } from '../../support/nats-tracking.js';
import { testDatabase } from '../../support/postgres.js';
import { describeTracking } from '../../support/track-conformance.js';

describeNats(natsTitle('three servers'), () => {
  const cluster = useCluster();

  describeTracking('tracking by JetStream, two logs, two workers', async (clock) => {
    const { database } = await testDatabase();
    const season = await storedSeason(database, clock);
    const { service } = await natsTracking(cluster().urls, database, season, 2);
    return service;
  });
});
