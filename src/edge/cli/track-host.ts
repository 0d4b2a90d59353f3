import { join } from 'node:path';
import { connectNats, Link } from '../nats/connect.js';
import { remoteTracking } from '../nats/remote-tracking.js';
import { type OpenTracking, openTracking } from '../track/open-tracking.js';
import type { TrackSeason } from '../track/track-season.js';
import { openTrackSeason } from '../track/track-store.js';
import { type Hosted, type Hosting, onError } from './hosting.js';

/** Tracking that is served, and its season. */
export interface HostedTracking extends Hosted {
  readonly open: OpenTracking;
  readonly season: TrackSeason;
}

/** Histories and snapshots lie beside the embedded database; whoever loses them reads the log again. */
export function trackFolder(data: string): string {
  return join(data, 'tracking');
}

/** Logs of a season that workers are to share: more than there are at first, for a season's number stays. */
export const REMOTE_LOGS = 4;

/** Tracking of a season whose logs workers own, by way of NATS. */
export async function hostRemoteTracking(
  { store: { database }, season: gateSeason }: Hosting,
  urls: readonly string[],
): Promise<Hosted> {
  const season = await openTrackSeason(database, gateSeason, REMOTE_LOGS);
  const connection = await connectNats(urls, 'cuofeng track serve');
  const service = remoteTracking(database, season, new Link(connection));
  return { served: { tracking: { service } }, close: () => connection.drain() };
}

/** Tracking of a season in this process. */
export async function hostTracking(
  { store: { database }, season: gateSeason }: Hosting,
  data: string,
  leaseMs?: number,
): Promise<HostedTracking> {
  const season = await openTrackSeason(database, gateSeason);
  const how = { database, season, folder: trackFolder(data), onError };
  const open = await openTracking({ ...how, ...(leaseMs !== undefined && { leaseMs }) });
  const { service } = open;
  return { open, season, served: { tracking: { service } }, close: () => open.close() };
}
