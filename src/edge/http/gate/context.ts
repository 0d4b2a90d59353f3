import type { CapacityDesk } from '../../gate/capacity-desk.js';
import type { GateService } from '../../gate/gate-service.js';
import type { WebhookDesk } from '../../webhooks/webhook-desk.js';
import type { FairQueue } from './fair-queue.js';
import type { Budget } from './intake.js';
import type { Limits } from './limits.js';
import type { GateMetrics } from './metrics.js';

/** What the gate's routes do their work with. */
export interface GateDesks {
  readonly gate: GateService;
  readonly capacities: CapacityDesk;
  readonly webhooks: WebhookDesk;
}

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
