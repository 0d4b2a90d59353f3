import { randomBytes } from 'node:crypto';
import type { PostgresDatabase } from '../postgres/connect.js';
import { LeaseTable } from '../postgres/lease-table.js';
import type { TrackSeason } from '../track/track-season.js';
import type { LogStatus } from '../track/track-service.js';
import { Attendance } from './attendance.js';
import type { Link } from './connect.js';
import { LogWork } from './log-work.js';
import { natsNames } from './names.js';

/** Milliseconds of a lease if nobody says otherwise: shorter, and a pause of a busy machine loses logs; longer, and they stand still. */
const LEASE_MS = 6_000;
/** Rounds in a lease: it is renewed in time even if two of them fail. */
const ROUNDS = 4;

export interface WorkerOptions {
  readonly database: PostgresDatabase;
  readonly season: TrackSeason;
  readonly link: Link;
  /** Histories and snapshots of all seasons: workers that share it take over from where the last one left off. */
  readonly folder: string;
  readonly onError: (error: unknown) => void;
  readonly leaseMs?: number;
}

/**
 * One of several processes that share a season's logs: it owns its part of them, takes over those that nobody has, and gives up what
 * is more than its part when there are more workers.
 */
export class TrackWorker {
  readonly #works: readonly LogWork[];
  readonly #leases: LeaseTable;
  readonly #attendance: Attendance;
  readonly #name = `work-${randomBytes(6).toString('hex')}`;
  readonly #leaseMs: number;
  /** By log, when its lease was last renewed, by a clock that only rises; what is given up, until it is. */
  readonly #leased = new Map<number, number>();
  readonly #leaving = new Map<number, Promise<void>>();
  #isOver = false;
  #rounds: Promise<void> = Promise.resolve();

  constructor(private readonly options: WorkerOptions) {
    const { database, season, link, leaseMs = LEASE_MS } = options;
    const { ledger } = database;
    const { connection: nats } = link;
    const names = natsNames(season.id);
    this.#leaseMs = leaseMs;
    this.#leases = new LeaseTable(ledger, season.id, 'track_log', 'log');
    this.#attendance = new Attendance(nats, names.workers, this.#name, leaseMs, season.timing);
    const own = { ...options, nats, names, ledger, name: this.#name };
    this.#works = Array.from(
      { length: season.logs },
      (_, number) => new LogWork({ ...own, number, isLeased: () => this.#isLeased(number) }),
    );
  }

  /** Resolves when what was free is served. */
  async start(): Promise<void> {
    await this.#attendance.arrive();
    await this.#round();
    await Promise.all(this.#works.map(({ settled }) => settled));
    this.#rounds = this.#go();
  }

  /** Gives the logs up, after what is in hand is in them, for others to have at once. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#rounds;
    this.#attendance.leave();
    await Promise.all(this.#leaving.values());
    const ours = this.#works.filter(({ seat }) => seat.isOurs);
    await Promise.all(ours.map((work) => this.#giveUp(work)));
  }

  /** Of each log, and how many messages of it are in hand; undefined where it is not served. */
  status(): (LogStatus & { readonly inHand: number | undefined })[] {
    return this.#works.map(({ seat, inHand }) => ({ ...seat.status(), inHand }));
  }

  /** Whether all logs that are this worker's are served, and the servers are there. */
  get isReady(): boolean {
    const { isUp } = this.options.link;
    return isUp && this.#works.every(({ seat, inHand }) => !seat.isOurs || inHand !== undefined);
  }

  async #go(): Promise<void> {
    const { season, onError } = this.options;
    while (!this.#isOver) {
      await season.timing.sleep(this.#leaseMs / ROUNDS);
      if (!this.#isOver) await this.#round().catch(onError);
    }
  }

  /** Its own logs first, so that it does not change one for another. */
  async #round(): Promise<void> {
    const part = Math.ceil(this.#works.length / this.#attendance.attend());
    const own = this.#works.filter(({ seat }) => seat.isOurs);
    const others = this.#works.filter(({ seat }) => !seat.isOurs);
    let ours = 0;
    for (const work of [...own, ...others]) {
      if (await this.#keep(work, ours < part)) ours += 1;
    }
  }

  /** Whether the log is this worker's after the round. */
  async #keep(work: LogWork, mayHave: boolean): Promise<boolean> {
    const { number, isOurs } = work.seat;
    if (!mayHave && !isOurs) return false;
    const asked = this.options.season.timing.elapsed();
    const isClaimed = await this.#leases.claim(number, this.#name, null, this.#leaseMs);
    if (isClaimed) this.#leased.set(number, asked);
    if (this.#leaving.has(number)) return false;
    if (isClaimed && mayHave) {
      work.keep();
      return true;
    }
    if (isOurs) this.#leave(work);
    return false;
  }

  /** While what is in hand is finished, rounds go on. */
  #leave(work: LogWork): void {
    const { number } = work.seat;
    const left = this.#giveUp(work)
      .catch(this.options.onError)
      .finally(() => this.#leaving.delete(number));
    this.#leaving.set(number, left);
  }

  async #giveUp(work: LogWork): Promise<void> {
    await work.close();
    await this.#leases.release(work.seat.number, this.#name);
  }

  #isLeased(number: number): boolean {
    const since = this.#leased.get(number) ?? Number.NEGATIVE_INFINITY;
    return this.options.season.timing.elapsed() - since < this.#leaseMs;
  }
}
