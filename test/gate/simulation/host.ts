import type { Change } from '../../../src/gate/gate.js';
import type { GatePlan } from '../../../src/gate/gate-plan.js';
import type { ShardOwner } from '../../../src/gate/owner/shard-owner.js';
import type { WriterLimits } from '../../../src/gate/owner/writer.js';
import { batchOf, KEY } from '../../support/gate-world.js';
import type { Audit } from './audit.js';
import { STATES } from './journal-reader.js';
import type { Machine } from './machine.js';
import type { PlanShelf } from './plan-shelf.js';
import type { Rooms } from './rooms.js';
import { SimulatedStore, type Wire } from './simulated-store.js';
import type { SmallWorld } from './small-world.js';
import { checkState } from './state-check.js';
import {
  type Answer,
  answersOf,
  checkChanged,
  checkShown,
  checkTold,
  type Request,
  rowsOf,
} from './told.js';

export interface HostOptions {
  readonly rooms: Rooms;
  readonly world: SmallWorld;
  readonly shelf: PlanShelf;
  readonly wire: Wire;
  readonly audit: Audit;
  readonly limits: WriterLimits;
}

/** When callers are told that the ledger is silent, milliseconds. */
export const UNSURE_AFTER_MS = 3000;
/** Whoever waits is told within this time, whatever a call to the store takes. */
const WAIT_MOST_MS = 1.25 * UNSURE_AFTER_MS;

/** What a shipper gets back: answers, or that nothing was promised. */
export type Reply<T> = readonly T[] | 'held';

/** A gate's process on a machine: opens the shard when told to, and passes on what arrives. */
export class Host {
  owner: ShardOwner | undefined;
  isOpening = false;

  constructor(
    readonly machine: Machine,
    private readonly options: HostOptions,
  ) {}

  /** Owns the shard, or is about to, as far as others can see. */
  get isAlive(): boolean {
    const { machine, owner } = this;
    if (!machine.isUp || machine.standsStill) return false;
    const isOwner = owner !== undefined && owner.lost === undefined;
    return this.isOpening || (isOwner && owner.epoch === this.options.wire.ledger.epoch);
  }

  /** Its process ends at once. */
  crash(): void {
    const { wire } = this.options;
    const { machine } = this;
    const append = wire.underWay.get(machine);
    wire.reach.add('crash');
    if (append === 'sent') wire.reach.add('crash with an append under way');
    if (append === 'done') wire.reach.add('append: done, then the process crashed');
    if (this.isOpening) wire.reach.add('crash while opening');
    wire.underWay.delete(machine);
    machine.crash();
    this.owner = undefined;
    this.isOpening = false;
  }

  async open(): Promise<void> {
    const { machine } = this;
    if (this.isOpening || !machine.isUp || machine.standsStill) return;
    this.isOpening = true;
    this.owner = undefined;
    const { wire } = this.options;
    const { damage, epoch } = wire.ledger;
    try {
      this.owner = await this.#take();
      const isBlind = damage.shows && damage === wire.ledger.damage;
      this.options.audit.check(!isBlind, 'P15', () => `opened a damaged journal, epoch ${epoch}`);
      this.#compare(this.owner);
    } catch (error) {
      if (/journal/.test(String(error))) wire.reach.add('damage: refused to open');
    }
    this.isOpening = false;
    await this.adopt();
  }

  /** Takes over the latest plan, if it is newer. */
  async adopt(): Promise<void> {
    const { owner } = this;
    const plan = this.options.shelf.find(this.options.shelf.latest);
    if (!owner || !plan || plan.version <= (owner.state.plan?.version ?? 0)) return;
    if (this.options.wire.underWay.has(this.machine)) {
      this.options.wire.reach.add('plan: adopted, requests under way');
    }
    await this.try((o) => o.adopt(plan));
  }

  async answer(requests: readonly Request[]): Promise<Reply<Answer>> {
    const { world, audit, wire } = this.options;
    if (!this.owner) wire.reach.add('request: to who is no owner');
    else if (this.owner.epoch < wire.ledger.epoch && this.owner.lost === undefined) {
      wire.reach.add('request: to a zombie');
    }
    const batch = batchOf(world.network, requests);
    const answered = await this.try((owner) => owner.answer(batch));
    if (answered === 'held') return 'held';
    const answers = answersOf(answered);
    checkTold(audit, requests, answers);
    for (const { row, state } of [...answered.changed.values()].flat()) {
      checkShown(audit, row, STATES[state]);
    }
    return answers;
  }

  async change(
    what: 'cancel' | 'confirm' | 'pick up',
    shipper: number,
    rows: readonly number[],
  ): Promise<Reply<Change>> {
    const changes = await this.try((owner) => {
      if (what === 'cancel') return owner.cancel(shipper, rows);
      return what === 'confirm' ? owner.confirm(shipper, rows) : owner.pickUp(rows);
    });
    if (changes === 'held') return 'held';
    const whose = what === 'pick up' ? undefined : shipper;
    changes.forEach((change, i) => checkChanged(this.options.audit, what, whose, rows[i], change));
    return changes;
  }

  /** Shows rows to whoever looks: as they are in the journal, or were (P3). */
  async show(): Promise<void> {
    const { audit } = this.options;
    const shown = await this.try((owner) => owner.show((state) => rowsOf(state)));
    if (shown !== 'held') shown.forEach((row, i) => checkShown(audit, i, row));
  }

  /** Does something with the owner, if there is one; `held` if it would not. */
  async try<T>(act: (owner: ShardOwner) => Promise<T>): Promise<T | 'held'> {
    const { owner, machine } = this;
    const { audit, wire } = this.options;
    if (!owner) return 'held';
    const since = wire.scheduler.now;
    try {
      return await act(owner);
    } catch (error) {
      if (!(error instanceof this.options.rooms.Held)) {
        audit.check(false, 'bug', () => String(error));
        return 'held';
      }
      wire.reach.add(`held: ${error.why}`);
      return 'held';
    } finally {
      const waited = wire.scheduler.now - Math.max(since, machine.resumedAt);
      audit.check(waited <= WAIT_MOST_MS, 'P4', () => `a caller waited for ${waited} ms`);
    }
  }

  /** What a new owner has read is what the journal says, if nothing was written since (P5). */
  #compare(owner: ShardOwner): void {
    const { audit, wire } = this.options;
    if (owner.seq > 0 && owner.seq === wire.ledger.entries.length) checkState(audit, owner.state);
  }

  #take(): Promise<ShardOwner> {
    const { rooms, world, wire, limits, audit } = this.options;
    const { machine } = this;
    const { scheduler } = wire;
    const life = machine.life;
    const now = (): number => world.network.startMs + scheduler.now + machine.skew;
    if (now() < audit.now) wire.reach.add('clock: behind that of the journal');
    return rooms.ShardOwner.open({
      network: world.network,
      policy: world.policy,
      key: KEY,
      store: new SimulatedStore(wire, machine),
      plans: (version) => this.#read(version),
      timing: {
        now,
        elapsed: () => scheduler.now,
        sleep: (ms) => new Promise((resolve) => machine.after(life, ms, resolve)),
      },
      name: machine.name,
      limits,
    });
  }

  /** A plan from the shelf, after a while; now and then it cannot be read. */
  #read(version: number): Promise<GatePlan> {
    const { shelf, wire } = this.options;
    const { chance, faults } = wire;
    const { life } = this.machine;
    return new Promise((resolve, reject) => {
      this.machine.after(life, chance.delay(faults.wayMs), () => {
        const plan = shelf.find(version);
        const isLost = chance.is(faults.lost);
        if (isLost) wire.reach.add('plan: cannot be read');
        if (plan && !isLost) resolve(plan);
        else reject(new Error(`plan ${version} cannot be read`));
      });
    });
  }
}
