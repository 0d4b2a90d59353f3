import { setTimeout } from 'node:timers/promises';
import type { ClientBase, Pool } from 'pg';

/**
 * From the beginning of one reading to that of the next, milliseconds, at least. It bounds what reading costs
 * (500 transactions a second) by what a request waits (twice that, at worst).
 */
const APART_MS = 2;

/**
 * The version of organisations, people, keys and sessions, as the database has it when it is asked for or
 * later: whatever was committed before is counted. At most one reading is under way; whoever asks
 * meanwhile shares the next, for the one under way may have looked before.
 */
export class AccessVersion {
  /** Not begun yet. */
  #next: Promise<number> | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #began = Number.NEGATIVE_INFINITY;

  /** @param look reads it. @param elapsed a clock that only rises, milliseconds. */
  constructor(
    private readonly look: () => Promise<number>,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  read(): Promise<number> {
    this.#next ??= this.#readNext();
    return this.#next;
  }

  async #readNext(): Promise<number> {
    await this.#underWay;
    const wait = this.#began + APART_MS - this.elapsed();
    if (wait > 0) await setTimeout(wait);
    this.#next = undefined;
    this.#began = this.elapsed();
    const reading = this.look();
    this.#underWay = reading.catch(() => undefined);
    return reading;
  }
}

/** Reads it in one round trip, each statement being a transaction of its own. */
export async function readVersion(session: Pick<ClientBase | Pool, 'query'>): Promise<number> {
  const { rows } = await session.query<{ version: number }>('SELECT version FROM access_version');
  return rows[0].version;
}
