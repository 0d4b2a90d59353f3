import type { Timing } from '../../../units/timing.js';
import type { WarnStore } from '../../postgres/warn-store.js';
import type { WarnDesk } from '../../warn/warn-desk.js';
import type { WarnReader } from '../../warn/warn-reader.js';
import type { WarnSights } from '../../warn/warn-sight.js';
import type { Budget } from '../gate/intake.js';
import type { Limits } from '../gate/limits.js';

/** What the routes of warnings do their work with. */
export interface WarnDesks {
  readonly desk: WarnDesk;
  readonly reader: WarnReader;
  readonly sights: WarnSights;
  readonly store: WarnStore;
  /** The season's clock. */
  readonly timing: Timing;
}

/** What the routes of warnings share. */
export interface WarnContext extends WarnDesks {
  readonly limits: Limits;
  /** Streams that organisations have open. */
  readonly streams: Budget;
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal;
}
