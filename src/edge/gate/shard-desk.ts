import type {
  CapacityItem,
  ChangeOutcome,
  Overhang,
  RequestItem,
  RequestView,
  ShardStatus,
  SumsBy,
  TicketFilter,
  TicketSum,
  TicketView,
} from './gate-service.js';
import type { PairsAsked } from './pair-groups.js';
import type { ResourceLoads } from './resource-loads.js';
import type { Scope } from './scope.js';

/** Tickets of one shard from a row on; `next` is the row to go on from, −1 behind the last. */
export interface TicketRows {
  readonly items: readonly TicketView[];
  readonly next: number;
}

/**
 * One shard's part of the gate, in this process or in the one that owns it: plain data goes in and out. Rows are
 * numbers of tickets. Every call may reject with `Busy` or `Unsure`.
 */
export interface ShardDesk {
  /**
   * Answers requests of a shipper; gives their results as JSON texts.
   *
   * @param flows of the items, all of this shard.
   */
  decide(
    shipper: string,
    items: readonly RequestItem[],
    flows: readonly number[],
  ): Promise<string[]>;
  /** Confirms or cancels by id of a request or ticket; undefined where the shard knows no such id of the shipper. */
  change(
    shipper: string,
    what: 'confirm' | 'cancel',
    ids: readonly string[],
  ): Promise<(ChangeOutcome['status'] | undefined)[]>;
  find(scope: Scope, id: string): Promise<RequestView | undefined>;
  list(scope: Scope, filter: TicketFilter, row: number, limit: number): Promise<TicketRows>;
  summarise(scope: Scope, filter: TicketFilter, by: SumsBy): Promise<readonly TicketSum[]>;
  /** What it has of groups of pairs, row by row (pair-tally.ts). */
  tally(asked: PairsAsked): Promise<number[]>;
  /** What tickets and open shares load of a resource (resource-loads.ts), some seconds old; null while there is no plan. */
  loads(resource: number): Promise<ResourceLoads | null>;
  overhang(): Promise<Overhang[]>;
  /** Gives how many tickets moved. */
  settleOverhang(): Promise<number>;
  setCapacities(items: readonly CapacityItem[]): Promise<void>;
  status(): ShardStatus;
}
