import type { Timing } from '../../units/timing.js';
import type { Remote, Seat } from './seat.js';

/** A lease on a shard: says who should try, not who may write; that the epoch does. */
export interface Lease {
  readonly shard: number;
  readonly owner: string | null;
  /** Where its owner answers other processes; null where it does not. */
  readonly address: string | null;
  readonly inForce: boolean;
}

/** Where leases are kept; by its clock they run out. */
export interface Leases {
  /** Every shard that was ever claimed. */
  list(): Promise<Lease[]>;
  /** Whether the shard is now the owner's: it was free, its lease had run out, or it was the owner's already. */
  claim(shard: number, owner: string, address: string | null, ms: number): Promise<boolean>;
  release(shard: number, owner: string): Promise<void>;
  /** Says that a process is there, and gives how many are. */
  attend(owner: string, ms: number): Promise<number>;
  leave(owner: string): Promise<void>;
}

/** Milliseconds of a lease if nobody says otherwise: shorter, and a pause of a busy machine loses shards; longer, and they stand still. */
export const LEASE_MS = 6_000;

/** Rounds in a lease: it is renewed in time even if two of them fail. A process that dies is replaced within a lease and a round. */
const ROUNDS = 4;

export interface WatchOptions {
  readonly name: string;
  readonly leases: Leases;
  readonly leaseMs: number;
  readonly planVersion: () => Promise<number>;
  readonly remote: Remote;
  readonly timing: Timing;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps the seats of one process: renews the leases of its shards, takes over those that nobody has, gives up what is
 * more than its part when there are more processes, follows the others, adopts new plans, and lets time pass.
 */
export class Watch {
  #isOver = false;
  /** Where this process answers others of the season; null as long as it does not. */
  #address: string | null = null;
  #rounds: Promise<void> = Promise.resolve();
  #ticking: Promise<void> | undefined;

  constructor(
    private readonly seats: readonly Seat[],
    private readonly options: WatchOptions,
  ) {}

  /** Resolves when what was free is this process's and has the plan in force. */
  async start(): Promise<void> {
    await this.round();
    await Promise.all(this.seats.map(({ opened }) => opened));
    await this.round();
    await this.#ticking;
    this.#rounds = this.#go();
  }

  /** Says where this process answers others. */
  async announce(address: string): Promise<void> {
    this.#address = address;
    // The next round says it too.
    await this.round().catch(this.options.onError);
  }

  /** Gives the shards up, for others to have at once. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#rounds;
    await this.#ticking;
    const { leases, name } = this.options;
    for (const seat of this.seats) {
      if (seat.isOurs) await this.#giveUp(seat);
    }
    await leases.leave(name);
  }

  async #go(): Promise<void> {
    while (!this.#isOver) {
      await this.options.timing.sleep(this.options.leaseMs / ROUNDS);
      if (!this.#isOver) await this.round().catch(this.options.onError);
    }
  }

  /** Leases first: what time brings to a shard may take its time. */
  async round(): Promise<void> {
    const { leases, leaseMs, name, planVersion } = this.options;
    const processes = await leases.attend(name, leaseMs);
    const part = Math.ceil(this.seats.length / processes);
    const held = new Map((await leases.list()).map((lease) => [lease.shard, lease]));
    let ours = 0;
    for (const seat of this.seats) {
      if (await this.#keep(seat, held.get(seat.shard), ours < part)) ours += 1;
    }
    const version = await planVersion();
    this.#ticking ??= this.#tick(version).finally(() => {
      this.#ticking = undefined;
    });
  }

  async #tick(version: number): Promise<void> {
    for (const seat of this.seats) {
      try {
        await seat.adopt(version);
        await seat.tick(this.options.onError);
      } catch (error) {
        this.options.onError(error);
      }
    }
  }

  /** Whether the seat is this process's after the round. */
  async #keep(seat: Seat, lease: Lease | undefined, mayHave: boolean): Promise<boolean> {
    const { leases, leaseMs, name, remote } = this.options;
    if (lease?.inForce && lease.owner !== name) {
      if (seat.isOurs) await seat.close();
      seat.follow(lease.address, remote);
      return false;
    }
    if (!mayHave) {
      if (seat.isOurs) await this.#giveUp(seat);
      return false;
    }
    if (!(await leases.claim(seat.shard, name, this.#address, leaseMs))) {
      if (seat.isOurs) await seat.close();
      return false;
    }
    seat.keep(this.options.onError);
    return true;
  }

  async #giveUp(seat: Seat): Promise<void> {
    await seat.close();
    await this.options.leases.release(seat.shard, this.options.name);
  }
}
