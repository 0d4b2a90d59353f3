import { GateState } from '../../../src/gate/gate-state.js';
import { ShardOwner } from '../../../src/gate/owner/shard-owner.js';
import { replay } from '../../../src/gate/replay.js';
import { stateHash } from '../../../src/gate/state-hash.js';
import { Held } from '../../../src/units/held.js';
import { Ledger } from './ledger.js';
import { PlanShelf } from './plan-shelf.js';

/** What a run runs: the gate's own parts, or spoiled ones; and what they stand on. */
export interface Rooms {
  readonly ShardOwner: typeof ShardOwner;
  readonly Held: typeof Held;
  readonly Ledger: typeof Ledger;
  readonly PlanShelf: typeof PlanShelf;
}

export const OWN_ROOMS: Rooms = { ShardOwner, Held, Ledger, PlanShelf };

/** What a recount uses, never spoiled. */
export const REPLAY = { GateState, replay, stateHash };
