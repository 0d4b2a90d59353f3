import type { CaptureJob } from '../../src/edge/track/epcis/capture.js';
import { EpcisDesk } from '../../src/edge/track/epcis/epcis-desk.js';
import type { EventLog } from '../../src/edge/track/epcis/event-log.js';
import type { TrackService } from '../../src/edge/track/track-service.js';
import { LoggedTracking } from './memory-event-log.js';

const NOTHING: EventLog = {
  logs: 1,
  range: async () => [1, 0],
  receivedAt: async () => 0,
  back: async () => [],
  list: async () => [],
};

/** EPCIS over tracking in memory; without a log there are no events. */
export function memoryEpcis(service: TrackService): EpcisDesk {
  const jobs = new Map<string, CaptureJob>();
  const rows = {
    add: async (organisation: string, job: CaptureJob) =>
      void jobs.set(`${organisation} ${job.captureID}`, job),
    find: async (organisation: string, id: string) => jobs.get(`${organisation} ${id}`),
  };
  return new EpcisDesk(service, rows, service instanceof LoggedTracking ? service : NOTHING);
}
