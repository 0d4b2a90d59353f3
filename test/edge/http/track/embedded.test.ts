import { onTestFinished } from 'vitest';
import { openTracking } from '../../../../src/edge/track/open-tracking.js';
import { testTrackSeason } from '../../../support/fake-tracking.js';
import { trackFolder } from '../../../support/open-track.js';
import { writeSeason } from '../../../support/own-parcel-season.js';
import { testDatabase } from '../../../support/postgres.js';
import { describeTracking } from '../../../support/track-conformance.js';

describeTracking('tracking embedded, its log in PostgreSQL', async (clock) => {
  const { database } = await testDatabase();
  const season = testTrackSeason(clock);
  await writeSeason(database, season.id);
  const open = await openTracking({ database, season, folder: trackFolder(), onError: fail });
  onTestFinished(() => open.close());
  return open.service;
});

function fail(error: unknown): never {
  throw error;
}
