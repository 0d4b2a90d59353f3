import type { Database } from '../../postgres/database.js';
import type { CaptureJob } from './capture.js';

/** Where capture jobs are kept; each organisation sees its own. */
export interface CaptureJobs {
  add(organisation: string, job: CaptureJob): Promise<void>;
  find(organisation: string, id: string): Promise<CaptureJob | undefined>;
}

/** How long a job can be asked for. Longer keeps what nobody asks for. */
const KEPT = '30 days';

/** Capture jobs of a season in PostgreSQL. */
export class StoredCaptureJobs implements CaptureJobs {
  constructor(
    private readonly database: Pick<Database, 'transact'>,
    private readonly season: string,
  ) {}

  add(organisation: string, job: CaptureJob): Promise<void> {
    return this.database.transact({ as: 'member', organisation }, async (client) => {
      await client.query(
        `DELETE FROM track_capture WHERE organisation = $1 AND made_at < now() - interval '${KEPT}'`,
        [organisation],
      );
      await client.query(
        'INSERT INTO track_capture (organisation, season, id, job) VALUES ($1, $2, $3, $4)',
        [organisation, this.season, job.captureID, JSON.stringify(job)],
      );
    });
  }

  find(organisation: string, id: string): Promise<CaptureJob | undefined> {
    return this.database.transact({ as: 'member', organisation }, async (client) => {
      const { rows } = await client.query<{ job: CaptureJob }>(
        'SELECT job FROM track_capture WHERE organisation = $1 AND season = $2 AND id = $3',
        [organisation, this.season, id],
      );
      return rows[0]?.job;
    });
  }
}
