import { Audit } from './audit.js';
import { Chance } from './chance.js';
import { Faults } from './faults.js';
import { Host, UNSURE_AFTER_MS } from './host.js';
import { Machine } from './machine.js';
import { Operator } from './operator.js';
import { Planners } from './planners.js';
import { Reach } from './reach.js';
import { OWN_ROOMS, REPLAY, type Rooms } from './rooms.js';
import { Scheduler } from './scheduler.js';
import { Shippers } from './shippers.js';
import { NO_FAULTS, type Wire } from './simulated-store.js';
import { type SmallWorld, smallWorld } from './small-world.js';
import { checkState, checkSums } from './state-check.js';
import { Watch } from './watch.js';

/** After all faults are over, everything asked is answered within this time (P4), milliseconds. */
const HEALED_MS = 60_000;

/** What came out of one run. */
export interface Outcome {
  readonly seed: number;
  /** Empty if every promise was kept. */
  readonly violations: readonly string[];
  readonly reach: Reach;
  readonly happenings: number;
  readonly requests: number;
  readonly entries: number;
}

/**
 * Lives through one history of a shard: shippers ask, plans and capacities change, machines, clocks, ways and the ledger
 * fail; then all faults end. First nothing wrong may be done, then everything asked must be answered. All follows
 * from the seed.
 */
export async function simulate(seed: number, rooms: Rooms = OWN_ROOMS): Promise<Outcome> {
  const run = new Run(seed, rooms);
  await run.live();
  const { audit, reach, scheduler, shippers, wire } = run;
  return {
    seed,
    violations: audit.violations,
    reach,
    happenings: scheduler.count,
    requests: shippers.asked,
    entries: wire.ledger.entries.length,
  };
}

class Run {
  readonly reach = new Reach();
  readonly #chance: Chance;
  readonly scheduler: Scheduler;
  readonly world: SmallWorld;
  readonly wire: Wire;
  readonly audit: Audit;
  readonly hosts: readonly Host[];
  readonly shippers: Shippers;
  readonly #faults: Faults;
  readonly #planners: Planners;
  readonly #operator: Operator;
  readonly #watch: Watch;

  constructor(seed: number, rooms: Rooms) {
    const chance = new Chance(seed, 'gate');
    this.#chance = chance;
    this.scheduler = new Scheduler(chance.stream('order'));
    this.world = smallWorld(chance.stream('world'));
    const { reach, scheduler, world } = this;
    const ledger = new rooms.Ledger();
    const shelf = new rooms.PlanShelf();
    this.wire = {
      scheduler,
      chance: chance.stream('wire'),
      reach,
      ledger,
      faults: NO_FAULTS,
      cut: new Set(),
      underWay: new Map(),
    };
    this.audit = new Audit(world, (version) => shelf.find(version), reach);
    ledger.onAppend = (entry) => this.audit.entry(entry, ledger.epoch);
    const limits = {
      unsureAfterMs: UNSURE_AFTER_MS,
      pendingBytesMost: chance.pick([1500, 1 << 20]),
    };
    const options = { rooms, world, shelf, wire: this.wire, audit: this.audit, limits };
    this.hosts = ['a', 'b', 'c'].map((name) => {
      const machine = new Machine(name, scheduler, chance.stream(`machine ${name}`));
      machine.start();
      return new Host(machine, options);
    });
    const { hosts, wire, audit } = this;
    this.#faults = new Faults(wire, hosts, chance.stream('faults'), reach);
    this.#watch = new Watch(wire, hosts, chance.stream('watch'));
    this.#planners = new Planners(world, shelf, hosts, scheduler, chance.stream('planners'), reach);
    this.#operator = new Operator(world, hosts, wire, chance.stream('operator'));
    const habits = habitsOf(chance.stream('habits'));
    const stream = chance.stream('shippers');
    this.shippers = new Shippers(world, habits, hosts, audit, scheduler, stream, reach);
  }

  async live(): Promise<void> {
    const { scheduler, shippers, audit } = this;
    this.#planners.first();
    this.#watch.start();
    this.#faults.start();
    this.#planners.start();
    this.#operator.start();
    shippers.start();
    const isWrong = (): boolean => audit.violations.length > 0;
    const until = this.#chance.between(10_000, 60_000);
    await scheduler.runUntil(until, isWrong);
    this.#faults.heal();
    this.#planners.isClosing = true;
    this.#operator.close();
    shippers.close();
    audit.plansStay();
    const isOver = (): boolean =>
      isWrong() || (shippers.waiting === 0 && this.#operator.hasAdvanced && this.#isSettled());
    await scheduler.runUntil(until + HEALED_MS, isOver);
    if (isWrong()) return;
    audit.check(isOver(), 'P4', () => {
      return `${shippers.waiting} requests and changes not answered ${HEALED_MS} ms after the last fault`;
    });
    if (!isWrong()) this.#compare();
  }

  /** Whether some owner knows all of the journal, and nothing beside it. */
  #isSettled(): boolean {
    return this.#settledOwner() !== undefined;
  }

  #settledOwner() {
    const { ledger } = this.wire;
    const host = this.hosts.find((h) => h.isAlive && h.owner?.epoch === ledger.epoch);
    if (!host?.owner || this.wire.underWay.has(host.machine)) return undefined;
    const { owner } = host;
    return owner.seq === ledger.entries.length && owner.behindMs === 0 ? owner : undefined;
  }

  /** What the owner knows, the journal replayed, and the auditor's own books agree (P5). */
  #compare(): void {
    const { audit, world, wire } = this;
    const owner = this.#settledOwner();
    if (!owner) return;
    checkState(audit, owner.state);
    checkSums(audit);
    const { GateState, replay, stateHash } = REPLAY;
    const again = new GateState(world.network, world.policy);
    const plans = new Map(audit.plans.map(({ version, plan }) => [version, plan]));
    try {
      for (const { words } of wire.ledger.entries) replay(again, words, (v) => plans.get(v));
    } catch (error) {
      audit.check(false, 'P15', () => `the journal does not replay: ${String(error)}`);
      return;
    }
    const isSame = stateHash(again) === stateHash(owner.state);
    audit.check(isSame, 'P5', () => 'the journal replays to another state than the owner has');
  }
}

function habitsOf(chance: Chance) {
  const rate = (): number => (chance.is(0.5) ? 0 : chance.pick([0.02, 0.1, 0.3]));
  return {
    pauseMs: chance.pick([800, 2000, 4000]),
    batchMost: chance.between(1, 5),
    wayMs: chance.pick([2, 50]),
    lost: rate(),
    twice: rate(),
    repeat: chance.pick([0, 0.2, 0.5]),
    otherContent: chance.pick([0, 0.05, 0.2]),
    change: chance.pick([0.2, 0.8]),
    silent: chance.pick([0, 0.1]),
    astray: chance.pick([0, 0.1, 0.4]),
    changeAstray: chance.pick([0, 0.2, 0.6]),
  };
}
