import type { WarnDesks } from '../../warn/warn-desks.js';
import type { Budget } from '../gate/intake.js';
import type { Limits } from '../gate/limits.js';

/** What the routes of warnings share. */
export interface WarnContext extends WarnDesks {
  readonly limits: Limits;
  /** Streams that organisations have open. */
  readonly streams: Budget;
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal;
}
