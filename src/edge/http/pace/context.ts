import type { AcceptanceBoard } from '../../pace/acceptance-board.js';
import type { CapacityBoard } from '../../pace/capacity-board.js';

/** What the routes of pace share. */
export interface PaceContext {
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
  /** The season's clock, ms since 1970. */
  readonly now: () => number;
  readonly acceptance: AcceptanceBoard;
  readonly capacities: CapacityBoard;
}
