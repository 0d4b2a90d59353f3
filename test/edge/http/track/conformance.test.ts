import { FakeTracking, testTrackSeason } from '../../../support/fake-tracking.js';
import { describeTracking } from '../../../support/track-conformance.js';

describeTracking('tracking in memory', async (clock) => new FakeTracking(testTrackSeason(clock)));
