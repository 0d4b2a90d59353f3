import { pairOf } from '../../gate/gate-network.js';
import type { Ticketed } from '../../plan/let-go.js';
import { conflict } from '../access/refusals.js';
import type { OpenGate } from '../gate/open-gate.js';
import type { GateSeason } from '../gate/season.js';

/** Tells tickets that stand, one after the other. */
export type EachTicketed = (visit: (ticket: Ticketed) => void) => Promise<void>;

/**
 * Tickets of all shards, from the memory of their owner.
 *
 * @throws Problem 409 where another process owns one.
 */
export function ticketsInForce({ seats }: OpenGate, { network }: GateSeason): EachTicketed {
  return async (visit) => {
    const services = network.services.length;
    for (const { ownDesk, shard } of seats) {
      if (!ownDesk) {
        throw conflict(`Shard ${shard} of the gate is at another process; plan there.`);
      }
      await ownDesk.eachTicket(({ flow, way, ...ticket }) => {
        const pair = pairOf(network, flow);
        const route = network.wayRoute[network.wayStart[pair] + way];
        visit({ ...ticket, pair, service: flow % services, route });
      });
    }
  };
}
