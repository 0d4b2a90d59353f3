import type { Organisation } from '../../access/principal.js';
import type { GateService } from '../../gate/gate-service.js';
import type { EpcisDesk } from '../../track/epcis/epcis-desk.js';
import type { OwnParcels } from '../../track/own-parcels.js';
import type { Sights } from '../../track/sight.js';
import type { TrackService } from '../../track/track-service.js';
import type { Budget } from '../gate/intake.js';
import type { Limits } from '../gate/limits.js';
import type { TrackMetrics } from './metrics.js';
import type { NetworkText } from './network-text.js';
import type { PictureBoard } from './picture-board.js';
import type { ScanTurns } from './scan-turns.js';
import type { Senders } from './senders.js';

/** What the routes of tracking do their work with. */
export interface TrackDesks {
  readonly service: TrackService;
  /** Ids of the organisations whose scans somebody may hear of: their own, and those that they are over. */
  readonly heardBy: (viewer: Organisation) => Promise<ReadonlySet<string>>;
  /** Parcels that platforms have declared theirs. */
  readonly own: OwnParcels;
  /** Scans as events of EPCIS. */
  readonly epcis: EpcisDesk;
  /** The gate, if it is there: whose tickets parcels are declared under. */
  readonly tickets?: Pick<GateService, 'find'>;
}

/** What the routes of tracking share. */
export interface TrackContext extends TrackDesks {
  readonly limits: Limits;
  readonly turns: ScanTurns;
  /** Streams that organisations have open. */
  readonly streams: Budget;
  readonly senders: Senders;
  readonly sights: Sights;
  readonly board: PictureBoard;
  readonly text: NetworkText;
  readonly metrics: TrackMetrics;
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal;
}
