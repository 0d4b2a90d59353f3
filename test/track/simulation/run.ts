import { decodeBatch } from '../../../src/track/batch-codec.js';
import { History } from '../../../src/track/history.js';
import { stateHash } from '../../../src/track/network-state.js';
import { checkFollows } from '../../../src/track/owner/log-hash.js';
import type { LogOwner } from '../../../src/track/owner/log-owner.js';
import { LOG_LIMITS } from '../../../src/track/owner/log-writer.js';
import {
  restore,
  restoreReceipts,
  snapshotOf,
  snapshotOfReceipts,
} from '../../../src/track/snapshot.js';
import { Track } from '../../../src/track/track.js';
import { Tracking } from '../../../src/track/tracking.js';
import type { Held } from '../../../src/units/held.js';
import type { Timing } from '../../../src/units/timing.js';
import { Chance } from '../../gate/simulation/chance.js';
import { Scheduler } from '../../gate/simulation/scheduler.js';
import { kindName, NETWORK, POLICY, type Seen, scansOf } from '../../support/track-world.js';
import { CopiedChunks } from './chunks.js';
import { Ledger, type Reached, WeakLog } from './store.js';

const PARTITIONS = 2;
const SENDERS = 3;
const HOUR = 3_600_000;

/** The parts that a run runs: the product's, or spoiled ones. */
export interface OwnerRooms {
  readonly LogOwner: typeof LogOwner;
  readonly Tracking: typeof Tracking;
}

/** A snapshot as files keep it. */
interface Snapshot {
  readonly parts: { readonly bytes: Buffer; readonly chunks: CopiedChunks; readonly seq: number }[];
  readonly receipts: Buffer;
  readonly seq: number;
}

/** A process that owns the log, or did. */
interface Life {
  readonly log: WeakLog;
  chunks: CopiedChunks[];
  owner: LogOwner | undefined;
  isGone: boolean;
}

/**
 * Lives through one history of a log from a seed: senders that send again what was not acknowledged, owners that crash, are
 * overtaken and restart from snapshots, a store that fails. Throws where an acknowledged batch is not in the log, or a count is not
 * what the log says (P7, P8).
 */
export class OwnerRun {
  readonly #chance: Chance;
  readonly #scheduler: Scheduler;
  readonly #ledger = new Ledger();
  #life: Life | undefined;
  #kept: Snapshot | undefined;
  #isHealed = false;
  /** Scans acknowledged, by outcome and in total. */
  acknowledged = 0;
  #open = 0;
  #failure: string | undefined;

  constructor(
    private readonly rooms: OwnerRooms,
    readonly seed: number,
    private readonly reached: Reached,
  ) {
    this.#chance = new Chance(seed, 'owner');
    this.#scheduler = new Scheduler(this.#chance.stream('order'));
  }

  async live(): Promise<void> {
    void this.#start();
    this.#disturb();
    for (let s = 0; s < SENDERS; s++) void this.#send(s, this.#chance.between(5, 12));
    await this.#scheduler.runUntil(120_000);
    this.#isHealed = true;
    if (!this.#life || this.#life.owner?.lost !== undefined) void this.#start();
    await this.#scheduler.runUntil(200_000);
    const isOver = () =>
      this.#failure !== undefined || (this.#open === 0 && this.#life?.owner !== undefined);
    await this.#scheduler.runUntil(600_000, isOver);
    if (this.#failure !== undefined) throw new Error(this.#failure);
    if (this.#open > 0) throw new Error(`${this.#open} batches were never acknowledged`);
    this.#audit();
  }

  /** A process takes the log over, from the newest snapshot. */
  async #start(): Promise<void> {
    const chance = this.#chance.stream(`life ${this.#ledger.epoch}`);
    const failing = this.#isHealed ? 0 : chance.pick([0, 0.1, 0.4]);
    const log = new WeakLog(this.#ledger, this.#scheduler, chance, this.reached, failing);
    const life: Life = { log, chunks: [], owner: undefined, isGone: false };
    this.#life = life;
    const tracking = this.#restored(life);
    const most = chance.is(0.2) ? 600 : LOG_LIMITS.pendingBytesMost;
    const limits = {
      ...LOG_LIMITS,
      pendingBytesMost: most,
      appendBytesMost: chance.pick([1, 800, 1e6]),
    };
    const timing = this.#timing(life);
    try {
      life.owner = await this.rooms.LogOwner.open(log, 'owner', tracking, timing, limits);
    } catch (error) {
      if (!String(error).includes('broke')) this.#fail(error);
      if (this.#life === life) void this.#start();
    }
  }

  #timing(life: Life): Timing {
    const start = NETWORK.startMs + 12 * HOUR;
    return {
      now: () => start + this.#scheduler.now,
      elapsed: () => this.#scheduler.now,
      sleep: (ms) =>
        new Promise((resolve) => {
          this.#scheduler.after(ms, () => {
            if (!life.isGone) resolve();
          });
        }),
    };
  }

  #restored(life: Life): Tracking {
    const kept = this.#kept;
    if (!kept) {
      this.reached.add('restart from the log alone');
      life.chunks = Array.from({ length: PARTITIONS }, () => new CopiedChunks());
      return new this.rooms.Tracking(
        NETWORK,
        life.chunks.map((store) => new Track(NETWORK, POLICY, new History(store))),
      );
    }
    this.reached.add('restart from a snapshot');
    life.chunks = kept.parts.map(({ chunks }) => chunks.copy());
    const tracks = kept.parts.map(({ bytes }, p) =>
      restore(NETWORK, POLICY, life.chunks[p], reading(bytes)),
    );
    const { sources, quarantine } = restoreReceipts(NETWORK, reading(kept.receipts));
    return new this.rooms.Tracking(NETWORK, tracks, sources, quarantine, undefined, kept.seq);
  }

  /** Crashes, take-overs and snapshots, until all is healed. */
  #disturb(): void {
    const chance = this.#chance.stream('disturb');
    const act = () => {
      if (this.#isHealed) return;
      const what = chance.below(10);
      if (what < 2) this.#crash();
      else if (what < 3) void this.#start();
      else void this.#keep(chance);
      this.#replace();
      this.#scheduler.after(chance.delay(4000), act);
    };
    this.#scheduler.after(chance.delay(4000), act);
  }

  /** An owner that has lost the log is followed by another, unless somebody is there already. */
  #replace(): void {
    const lost = this.#life?.owner?.lost;
    if (lost === undefined) return;
    if (lost.includes('counted')) this.#fail(lost);
    void this.#start();
  }

  #crash(): void {
    const life = this.#life;
    if (life) {
      if (life.log.underWay > 0) this.reached.add('crash with an append under way');
      life.isGone = true;
      life.log.isGone = true;
    }
    this.#life = undefined;
    this.#scheduler.after(this.#chance.delay(500), () => void this.#start());
  }

  /** A snapshot, part by part, with time in between. */
  async #keep(chance: Chance): Promise<void> {
    const life = this.#life;
    if (!life?.owner || life.owner.lost !== undefined || life.owner.seq === 0) return;
    const { tracking } = life.owner;
    const parts: Snapshot['parts'] = [];
    for (const [p, track] of tracking.partitions.entries()) {
      const bytes = Buffer.concat([...snapshotOf(track)]);
      parts.push({ bytes, chunks: life.chunks[p].copy(), seq: track.seq });
      await new Promise<void>((resolve) => {
        this.#scheduler.after(chance.delay(100), resolve);
      });
      if (life.isGone) {
        this.reached.add('snapshot: broken off by a crash');
        return;
      }
    }
    if (new Set(parts.map(({ seq }) => seq)).size > 1) {
      this.reached.add('snapshot: parts as of different batches');
    }
    const receipts = Buffer.concat([...snapshotOfReceipts(tracking)]);
    this.#kept = { parts, receipts, seq: tracking.receiptsSeq };
  }

  /** Sends batches of its own, each until it is acknowledged. */
  async #send(sender: number, batches: number): Promise<void> {
    const chance = this.#chance.stream(`sender ${sender}`);
    for (let b = 0; b < batches; b++) {
      const seen = drawScans(chance);
      this.#open += 1;
      void this.#sendUntil(sender, seen, chance.stream(`batch ${b}`));
      await new Promise<void>((resolve) => {
        this.#scheduler.after(chance.delay(chance.is(0.5) ? 1 : 3000), resolve);
      });
    }
  }

  async #sendUntil(sender: number, seen: readonly Seen[], chance: Chance): Promise<void> {
    for (;;) {
      const life = this.#life;
      const outcome = await this.#sendOnce(life, sender, seen);
      if (outcome === 'acknowledged') break;
      await new Promise<void>((resolve) => {
        this.#scheduler.after(chance.delay(300), resolve);
      });
    }
    this.#open -= 1;
  }

  /** A process that crashed never answers: its sender gives up waiting. */
  #sendOnce(life: Life | undefined, sender: number, seen: readonly Seen[]): Promise<string> {
    const owner = life?.owner;
    if (!life || !owner || life.isGone) return Promise.resolve('nobody');
    // Edges have clocks of their own: some are behind.
    const clock = 12 - sender / 4 + this.#scheduler.now / HOUR;
    const batch = scansOf(0, clock, seen, sender);
    return new Promise((resolve) => {
      this.#scheduler.after(30_000, () => resolve('no answer'));
      const answered = (async () => {
        const { status } = await owner.take(batch);
        if (life.isGone) return;
        if (status.length !== seen.length || status.includes(0)) this.#fail('no outcome');
        this.acknowledged += seen.length;
        this.#mustHave(batch.parcel, batch.at);
        resolve('acknowledged');
      })();
      answered.catch((error: unknown) => {
        if (isHeld(error)) this.reached.add(`held: ${error.why}`);
        else this.#fail(error);
        resolve('held');
      });
    });
  }

  #fail(what: unknown): void {
    this.#failure ??= String(what);
  }

  /** What is acknowledged is in the log (P7). */
  #mustHave(parcel: Int32Array, at: Float64Array): void {
    const isThere = this.#ledger.entries.some(({ seq, bytes }) => {
      const batch = decodeBatch(seq, bytes);
      return batch.parcel.join() === parcel.join() && batch.at.join() === at.join();
    });
    if (!isThere) this.#fail('a batch was acknowledged and is not in the log');
  }

  /** The log is whole, and the owner counts what it says. */
  #audit(): void {
    const { entries } = this.#ledger;
    const tracks = Array.from(
      { length: PARTITIONS },
      () => new Track(NETWORK, POLICY, new History(new CopiedChunks())),
    );
    const again = new Tracking(NETWORK, tracks);
    for (const [i, entry] of entries.entries()) {
      checkFollows(entries[i - 1], entry);
      again.apply({ ...decodeBatch(entry.seq, entry.bytes), receivedAt: entry.receivedAt });
    }
    const live = this.#life?.owner?.tracking;
    if (!live) throw new Error('nobody owns the log in the end');
    if (stateHash(live.state()) !== stateHash(again.state())) throw new Error('live ≠ recount');
    const [own, total] = [live.sources.total(), again.sources.total()];
    if (JSON.stringify(own) !== JSON.stringify(total)) throw new Error('tallies ≠ recount');
    if (live.quarantine.inside !== again.quarantine.inside) throw new Error('quarantine ≠ recount');
    const scans = entries.reduce((sum, entry) => sum + entry.scans, 0);
    if (own.received !== scans) throw new Error('received is not what the log has');
    if (scans < this.acknowledged) throw new Error('more was acknowledged than received');
  }
}

function drawScans(chance: Chance): Seen[] {
  return Array.from({ length: chance.between(1, 8) }, () => ({
    parcel: chance.below(12),
    kind: kindName(chance.between(1, 9)),
    resource: chance.below(4),
    to: chance.is(0.3) ? chance.below(4) : -1,
    at: chance.between(0, 50) / 4,
    attributes: chance.is(0.1) ? '{"a":1}' : '',
    unparsable: chance.is(0.03),
  }));
}

function reading(bytes: Buffer): (n: number) => Uint8Array {
  let at = 0;
  return (n) => bytes.subarray(at, (at += n));
}

/** Of whichever copy of the rooms. */
function isHeld(error: unknown): error is Held {
  return error instanceof Error && error.name === 'Held';
}
