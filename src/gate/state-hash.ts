import { createHash } from 'node:crypto';
import type { GateState } from './gate-state.js';

/**
 * SHA-256 of all that a gate's answers depend on, beside network, policy and key: equal states, equal hash.
 * What is derived (index, bits, first runs) is left out.
 */
export function stateHash(state: GateState): string {
  const hash = createHash('sha256');
  const { accounts, tickets, plan } = state;
  hash.update(
    JSON.stringify([state.now, plan?.version, state.sharesDue, accounts.size, tickets.size]),
  );
  hash.update(accounts.words());
  for (const words of tickets.words()) hash.update(words);
  hash.update(state.unconfirmedTickets);
  if (plan) {
    hash.update(state.books.words);
    hash.update(state.shares.words);
    hash.update(state.hoarding.words);
  }
  return hash.digest('hex');
}
