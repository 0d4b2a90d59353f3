/** What is promised of a resource, slot by slot from one on: what tickets in force load, and shares of the plan not yet drawn. */
export interface TicketedLoads {
  readonly from: number;
  readonly ticketed: readonly number[];
  readonly open: readonly number[];
}
