import type { GatePlan } from './gate-plan.js';
import type { GateState } from './gate-state.js';
import {
  CAPACITY,
  CLOCK,
  doubleAt,
  HEADER,
  Header,
  MOVED,
  PLAN,
  REQUEST,
  SHARES_LAPSED,
  STATE,
  sizeOf,
  TICKET,
} from './journal.js';

/**
 * Applies records of a journal to a state: from an empty state and all records, the state of the gate that
 * wrote them, exactly (P8). Plans are found by version.
 *
 * @throws Error if a record is not one, or a plan is missing: a damaged journal stops (P15).
 */
export function replay(
  state: GateState,
  words: Int32Array,
  plans: (version: number) => GatePlan | undefined,
): void {
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    const kind = words[at];
    if (kind === CLOCK) state.setClock(doubleAt(words, at + 1));
    else if (kind === PLAN) state.adopt(planOf(words[at + 1], plans));
    else if (kind === CAPACITY) state.setCapacity(words[at + 1], words[at + 2], words[at + 3]);
    else if (kind === REQUEST) replayRequest(state, words, at);
    else if (kind === SHARES_LAPSED) state.lapseShares(words[at + 1]);
    else if (kind === STATE) state.setTicket(words[at + 1], words[at + 2]);
    else if (kind === MOVED) state.move(words[at + 1], words[at + 2], words[at + 3]);
    else throw new Error(`the journal has no record of kind ${kind}`);
  }
}

function planOf(version: number, plans: (version: number) => GatePlan | undefined): GatePlan {
  const plan = plans(version);
  if (!plan) throw new Error(`the journal needs plan version ${version}`);
  return plan;
}

function replayRequest(state: GateState, words: Int32Array, at: number): void {
  const { tickets, accounts } = state;
  if (words[at + Header.row] !== tickets.size) throw new Error('the journal leaves a row out');
  const ready = words[at + Header.ready];
  const account = accounts.open(words[at + Header.shipper], words[at + Header.flow]);
  state.openRequest(words[at + Header.shelf], words[at + Header.mark]);
  const count = words[at + Header.tickets];
  const first = tickets.size;
  if (count === 0) state.refuse(account, ready);
  for (let k = 0; k < count; k++) {
    const i = at + HEADER + k * TICKET;
    const row = state.issue(account, words[i], words[i + 1], words[i + 2], words[i + 3], ready);
    if (k > 0) tickets.continueRequest(row);
  }
  tickets.setRequest(first, words[at + Header.rest], words[at + Header.restMore]);
}
