import type { GateState } from '../../../src/gate/gate-state.js';
import { type Audit, isInForce } from './audit.js';
import { STATES } from './journal-reader.js';

/** Compares what an owner knows with the journal, all of which it has: capacity = ticketed + open + free (P5). */
export function checkState(audit: Audit, state: GateState): void {
  const { books, tickets, shares, plan } = state;
  audit.check(
    state.now === audit.now,
    'P5',
    () => `now is ${state.now}, in the journal ${audit.now}`,
  );
  const version = audit.plans.at(-1)?.version;
  audit.check(plan?.version === version, 'P6', () => `plan ${plan?.version}, not ${version}`);
  audit.check(tickets.size === audit.rows.length, 'P5', () => `${tickets.size} rows`);
  audit.rows.forEach((row, i) => {
    const found = [STATES[tickets.state(i)], tickets.slot(i), tickets.way(i), tickets.parcels(i)];
    const own = [row.state, row.slot, row.way, row.parcels];
    audit.check(
      found.join() === own.join(),
      'P5',
      () => `row ${i} is ${found.join(' ')}, was ${own.join(' ')}`,
    );
  });
  const open = new Map<string, number>();
  for (let run = 0; run < shares.runs; run++) {
    const flow = state.accounts.flow(shares.account(run));
    audit.books.eachLoad(flow, shares.way(run), shares.slot(run), (key) => {
      open.set(key, (open.get(key) ?? 0) + shares.left(run));
    });
  }
  for (let e = 0; e < books.entries; e++) {
    const key = `${books.resourceOf(e)}/${books.slotOf(e)}`;
    const own = audit.books.capacity.get(key);
    const sum = (audit.books.ticketed.get(key) ?? 0) + (open.get(key) ?? 0) + books.free(e);
    audit.check(own === sum && own === books.capacity(e), 'P5', () => {
      return `${key}: capacity ${own} ≠ ${sum} = ticketed + open + free`;
    });
  }
}

/** Recounts what tickets load, from the rows alone. */
export function checkSums(audit: Audit): void {
  const sums = new Map<string, number>();
  for (const { state, flow, way, slot, parcels } of audit.rows) {
    if (!isInForce(state)) continue;
    audit.books.eachLoad(flow, way, slot, (key) => sums.set(key, (sums.get(key) ?? 0) + parcels));
  }
  for (const [key, sum] of audit.books.ticketed) {
    audit.check(sum === (sums.get(key) ?? 0), 'P5', () => `${key}: ${sum} ticketed`);
  }
}
