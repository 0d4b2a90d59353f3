import { assess } from '../../warn/assess.js';
import type { WarnPolicy } from '../../warn/warn-policy.js';
import type { Assessment, Warning } from '../../warn/warning.js';
import { WarningBook } from '../../warn/warning-book.js';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import type { BookRow, WarnStore } from '../postgres/warn-store.js';
import type { TrackService } from '../track/track-service.js';
import { ModelInForce } from './model-in-force.js';
import { withNotified } from './notify.js';
import { policyInForce } from './policies.js';
import { Sighting } from './see.js';
import { eventsSince } from './warn-events.js';

/** Between assessments, milliseconds: overflows are hours ahead, and a screen should not look stale. */
export const EVERY_MS = 20_000;
/** An assessment of a nation takes seconds, in which the process does nothing else: it takes one part in so many of the time at most. */
const PAUSES = 20;
/** Rounds for which a process that has fallen silent keeps the others from assessing. */
const LEASE_ROUNDS = 3;

export interface WatchOptions {
  readonly database: PostgresDatabase;
  readonly store: WarnStore;
  readonly service: Pick<TrackService, 'picture' | 'flows' | 'season'>;
  readonly season: GateSeason;
  /** This process. */
  readonly name: string;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
  /** Other assessments, for tests. */
  readonly assess?: (policy: WarnPolicy) => Promise<readonly [at: number, Assessment[]]>;
}

/**
 * Assesses the season again and again, and steps its book: one process at a time, the others follow. Which one it is only
 * saves work; that a warning is issued once is what the lock on the book sees to.
 */
export class WarnWatch {
  readonly #models: ModelInForce;
  readonly #sighting: Sighting;
  /** Between assessments, as the last one took its time. */
  #everyMs: number;
  #isOver = false;
  #going: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(private readonly options: WatchOptions) {
    const { database, season, service, scale, everyMs } = options;
    this.#everyMs = everyMs;
    this.#models = new ModelInForce(database, season);
    this.#sighting = new Sighting(service, season.network, scale);
  }

  start(): void {
    this.#going = this.#go();
  }

  /** Lets another process assess at once. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#wake();
    await this.#going;
    const { store, name } = this.options;
    await store.release(name);
  }

  async #go(): Promise<void> {
    const { everyMs, onError, season } = this.options;
    const { timing } = season;
    const over = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    while (!this.#isOver) {
      const begin = timing.elapsed();
      await this.round().catch(onError);
      this.#everyMs = Math.max(everyMs, PAUSES * (timing.elapsed() - begin));
      await Promise.race([timing.sleep(this.#everyMs), over]);
    }
  }

  /** The warnings that changed; undefined where another process assesses. Who cannot lets others try. */
  async round(): Promise<Warning[] | undefined> {
    const { store, name } = this.options;
    if (!(await store.claim(name, LEASE_ROUNDS * this.#everyMs))) return undefined;
    try {
      const { policy } = await policyInForce(store);
      const [at, assessments] = await (this.options.assess ?? this.#assess.bind(this))(policy);
      return await store.change(name, async (client, row) => {
        const { book, before } = bookOf(policy, row);
        const changed = book.step(Math.max(at, row.at), assessments);
        const fresh = changed.flatMap((after) => eventsSince(before.get(after.id), after));
        return { state: book.state(), events: await withNotified(client, fresh), value: changed };
      });
    } catch (error) {
      await store.release(name).catch(this.options.onError);
      throw error;
    }
  }

  async #assess(policy: WarnPolicy): Promise<readonly [number, Assessment[]]> {
    const modelled = await this.#models.get();
    const { model } = modelled;
    const seen = await this.#sighting.see(modelled);
    const { scenario, network } = this.options.season;
    // Before and after a season there is nothing to foresee.
    const runs = seen.slot >= -model.horizon && seen.slot <= scenario.slots + network.tail;
    return [seen.at, runs ? assess(model, policy, seen) : []];
  }
}

/** A book as it stands, under a policy, and its warnings by id. */
export function bookOf(
  policy: WarnPolicy,
  { state }: BookRow,
): { readonly book: WarningBook; readonly before: ReadonlyMap<string, Warning> } {
  const book = state ? WarningBook.restore(policy, state) : new WarningBook(policy);
  return { book, before: new Map(book.list().map((warning) => [warning.id, warning])) };
}
