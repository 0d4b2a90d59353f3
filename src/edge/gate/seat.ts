import { capacityChanges } from '../../gate/capacity-changes.js';
import type { GatePlan } from '../../gate/gate-plan.js';
import type { JournalStore } from '../../gate/owner/journal-store.js';
import { ShardOwner } from '../../gate/owner/shard-owner.js';
import { DEFAULT_POLICY } from '../../gate/policy.js';
import { type ShardStatus, Unsure } from './gate-service.js';
import { LocalShard } from './local-shard.js';
import type { GateSeason } from './season.js';
import type { ShardDesk } from './shard-desk.js';

/** Between the parts of a round of compression, each of some milliseconds. */
const PAUSE_MS = 60;

/** Capacities in force by declaration, as [resource, slot, parcels]. */
export type Declared = readonly (readonly [number, number, number])[];

/** What was declared, and since when it may be old: when reading it began, by a clock that only rises. */
export interface DeclaredAt {
  readonly at: number;
  readonly declared: Declared;
}

export interface SeatOptions {
  readonly season: GateSeason;
  readonly shard: number;
  /** This process. */
  readonly name: string;
  readonly store: JournalStore;
  readonly plans: (version: number) => Promise<GatePlan>;
  /** What operators have declared of the shard's resources (G8). */
  readonly declared: () => Promise<DeclaredAt>;
}

/** Reaches the owner of a shard in another process. */
export type Remote = (address: string, shard: number) => ShardDesk;

/**
 * A shard as one process has it: its own, being opened, or another's. What is asked of a shard that nobody has at the
 * moment is `Unsure`: it is held (P4).
 */
export class Seat {
  #owner: ShardOwner | undefined;
  #desk: LocalShard | undefined;
  #opening = false;
  /** Resolves when a take-over that was begun is over, however it ended. */
  opened: Promise<void> = Promise.resolve();
  /** Whose it is, when it is another process's. */
  #elsewhere: { readonly address: string; readonly desk: ShardDesk } | undefined;
  /** Slot up to which time has passed for it. */
  #slot = Number.NEGATIVE_INFINITY;

  /** What was declared when capacities were last compared, as text. */
  #declared: string | undefined;

  #isCompressing = false;
  /** Entry after which the last round of compression began. */
  #compressed = 0;

  constructor(private readonly options: SeatOptions) {}

  get shard(): number {
    return this.options.shard;
  }

  /** Whether this process owns it or is about to. */
  get isOurs(): boolean {
    return this.#opening || this.#owner !== undefined;
  }

  get isReady(): boolean {
    return this.#desk !== undefined || this.#elsewhere !== undefined;
  }

  /** @throws Unsure when nobody has it at the moment. */
  get desk(): ShardDesk {
    const desk = this.#desk ?? this.#elsewhere?.desk;
    if (desk) return desk;
    throw new Unsure(2, `Shard ${this.shard} is being taken over.`);
  }

  /** What this process itself owns. */
  get ownDesk(): LocalShard | undefined {
    return this.#desk;
  }

  get status(): ShardStatus {
    if (this.#desk) return this.#desk.status();
    const operators = this.options.season.names.operatorsOf(this.shard);
    const state = this.#opening ? 'opening' : 'away';
    return {
      shard: this.shard,
      operators,
      state,
      epoch: 0,
      plan: 0,
      tickets: 0,
      seq: 0,
      behindMs: 0,
    };
  }

  /** The lease is this process's: takes the shard over if it has not, or has lost it. */
  keep(onError: (error: unknown) => void): void {
    if (this.#owner?.lost !== undefined) this.#leave();
    if (this.isOurs) return;
    this.#elsewhere = undefined;
    this.#opening = true;
    this.opened = this.#open()
      .catch(onError)
      .finally(() => {
        this.#opening = false;
      });
  }

  async #open(): Promise<void> {
    const { season, shard, name, store, plans } = this.options;
    const { network, key, timing, names, shippers } = season;
    const options = { network, key, timing, store, plans, name, policy: DEFAULT_POLICY };
    const owner = await ShardOwner.open(options);
    await shippers.refresh();
    this.#owner = owner;
    this.#desk = new LocalShard(owner, names, shippers, shard, () => timing.elapsed());
  }

  /** Gives the shard up, after what is under way is durable. */
  async close(): Promise<void> {
    await this.opened;
    const owner = this.#owner;
    this.#leave();
    await owner?.durable().catch(() => undefined);
  }

  #leave(): void {
    this.#declared = undefined;
    this.#owner = undefined;
    this.#desk = undefined;
  }

  /** Another process has it. */
  follow(address: string | null, remote: Remote): void {
    if (address === null) this.#elsewhere = undefined;
    else if (this.#elsewhere?.address !== address) {
      this.#elsewhere = { address, desk: remote(address, this.shard) };
    }
  }

  /** Takes over the plan in force if it is newer than its own, and what was declared since (G8). */
  async adopt(version: number): Promise<void> {
    const owner = this.#owner;
    const desk = this.#desk;
    if (!owner || !desk) return;
    const { plans, declared, season, shard } = this.options;
    const read = await declared();
    // What was set meanwhile is newer than what was read; the next round reads again.
    if (read.at <= desk.capacitiesSetAt) return;
    const own = read.declared.filter(([resource]) => season.shards.ofResource[resource] === shard);
    if (version > (owner.state.plan?.version ?? 0)) await owner.adopt(await plans(version), own);
    else if (owner.state.plan) await this.#declare(owner, own);
  }

  /** Sets what differs from the plan's capacities with the declared ones in their place. */
  async #declare(owner: ShardOwner, declared: Declared): Promise<void> {
    const text = JSON.stringify(declared);
    if (text === this.#declared) return;
    const changes = capacityChanges(owner.state, declared);
    if (changes.length > 0) await owner.setCapacities(changes);
    this.#declared = text;
  }

  /** What time brings: shares and tickets lapse (G5), and what is free is offered (G7), which goes on after that. */
  async tick(onError: (error: unknown) => void): Promise<void> {
    const owner = this.#owner;
    if (!owner?.state.plan) return;
    const slot = owner.state.slotAt(this.options.season.timing.now());
    if (slot > this.#slot) await owner.advance();
    this.#slot = Math.max(slot, this.#slot);
    if (!this.#isCompressing) void this.#compress(owner).catch(onError);
  }

  /** A round, if anything was decided since the last; in parts, so that it takes a small part of the time. */
  async #compress(owner: ShardOwner): Promise<void> {
    const { seq } = owner;
    if (seq === this.#compressed) return;
    this.#isCompressing = true;
    try {
      while (this.#owner === owner && !(await owner.compressSome())) {
        await this.options.season.timing.sleep(PAUSE_MS);
      }
      this.#compressed = seq;
    } finally {
      this.#isCompressing = false;
    }
  }
}
