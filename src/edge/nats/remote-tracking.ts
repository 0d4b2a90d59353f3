import type { PostgresDatabase } from '../postgres/connect.js';
import { SeasonTracking } from '../track/season-tracking.js';
import type { TrackSeason } from '../track/track-season.js';
import { SourceNumbers } from '../track/track-store.js';
import type { Link } from './connect.js';
import { natsNames } from './names.js';
import { RemoteLog } from './remote-log.js';
import { ScanPublisher } from './scan-publisher.js';

/** Tracking of a season whose logs are owned by workers: scans go to them by JetStream, questions straight. */
export function remoteTracking(
  { ledger }: PostgresDatabase,
  season: TrackSeason,
  link: Link,
): SeasonTracking {
  const publisher = new ScanPublisher(link, natsNames(season.id));
  const logs = Array.from({ length: season.logs }, (_, log) => new RemoteLog(publisher, log));
  return new SeasonTracking(season, logs, new SourceNumbers(ledger, season.id));
}
