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
  const ahead = new Ahead(state, words);
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    ahead.read(at);
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

/** Requests for which is read ahead at a time: few enough that what was read stays near. */
const BLOCK = 256;

/** Reads what the next requests of a journal will need, so that these reads wait for memory all at once. */
class Ahead {
  readonly #hashes: Int32Array;
  readonly #shipper: Int32Array;
  readonly #flow: Int32Array;
  readonly #run: Int32Array;
  readonly #account: Int32Array;
  #until = 0;

  constructor(
    private readonly state: GateState,
    private readonly words: Int32Array,
  ) {
    const most = Math.min(BLOCK, Math.ceil(words.length / HEADER));
    this.#hashes = new Int32Array(4 * most);
    this.#shipper = new Int32Array(most);
    this.#flow = new Int32Array(most);
    this.#run = new Int32Array(most);
    this.#account = new Int32Array(most);
  }

  /** Reads for a block of requests from `at` on, unless that was done. A plan ends it: with it, shares are others. */
  read(at: number): void {
    const { words, state } = this;
    if (at < this.#until) return;
    let count = 0;
    let next = at;
    while (next < words.length && count < BLOCK && (next === at || words[next] !== PLAN)) {
      if (words[next] === REQUEST) this.#take(next, count++);
      const size = sizeOf(words, next);
      if (!(size > 0)) break;
      next += size;
    }
    this.#until = next;
    if (count === 0 || !state.plan || words[at] === PLAN) return;
    state.index.peekAll(this.#hashes, 0, count);
    state.accounts.findAll(this.#shipper, this.#flow, 0, count, this.#account);
    state.shares.peekAll(this.#run, count);
  }

  #take(at: number, i: number): void {
    const { words } = this;
    this.#hashes[4 * i] = words[at + Header.shelf];
    this.#hashes[4 * i + 1] = words[at + Header.mark];
    this.#shipper[i] = words[at + Header.shipper];
    this.#flow[i] = words[at + Header.flow];
    this.#run[i] = words[at + Header.tickets] > 0 ? words[at + HEADER] : -1;
  }
}
