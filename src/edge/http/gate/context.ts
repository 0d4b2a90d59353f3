import type { FairQueue } from './fair-queue.js';
import type { GateDesks } from './gate-api.js';
import type { Budget } from './intake.js';
import type { Limits } from './limits.js';
import type { GateMetrics } from './metrics.js';

/** What the gate's routes share. */
export interface GateContext extends GateDesks {
  readonly limits: Limits;
  /** Turns of organisations at the gate, in bytes of requests. */
  readonly turns: FairQueue;
  /** Streams that organisations have open. */
  readonly streams: Budget;
  readonly metrics: GateMetrics;
  /** Aborted when the server is to stop: what waits for changes ends. */
  readonly stopping: AbortSignal;
}
