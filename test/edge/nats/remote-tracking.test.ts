import { describeNats, natsTitle, useCluster } from '../../support/nats.js';
import { natsTracking, storedSeason } from '../../support/nats-tracking.js';
import { testDatabase } from '../../support/postgres.js';
import { describeTracking, type MakeTracking } from '../../support/track-conformance.js';

describeNats(natsTitle('three servers'), () => {
  const cluster = useCluster();

  const make: MakeTracking = async (clock) => {
    const { database } = await testDatabase();
    const season = await storedSeason(database, clock);
    return (await natsTracking(cluster().urls, database, season, 2)).service;
  };
  describeTracking('tracking by JetStream, two logs, two workers', make, 2);
});
