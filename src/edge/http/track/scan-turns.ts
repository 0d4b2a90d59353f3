import { setTimeout as sleep } from 'node:timers/promises';
import { FairQueue } from '../gate/fair-queue.js';
import type { Limits } from '../gate/limits.js';
import { later } from '../gate/problems.js';

/** An organisation's turn: some hundred scans. Less would only turn faster, more lets others wait longer. */
const QUANTUM_BYTES = 64 * 1024;

/** How long scans wait for the gate, and how often they look, milliseconds. */
const PATIENCE_MS = 1000;
const LOOK_MS = 20;

/**
 * When scans are read and taken: organisations in fair turns, after the gate (P10). While requests wait there scans do, too,
 * and are refused after a second; and each body is read in a turn of the event loop of its own, so that requests of
 * the gate come between.
 */
export class ScanTurns {
  readonly #queue: FairQueue;
  #before: Promise<unknown> = Promise.resolve();

  /** @param isGateBehind whether requests wait at the gate of this process. */
  constructor(
    { scanBytesUnderWayMost, scanBytesMostPerOrganisation }: Limits,
    private readonly isGateBehind: () => boolean,
  ) {
    this.#queue = new FairQueue({
      underWayMost: scanBytesUnderWayMost,
      waitingMost: scanBytesMostPerOrganisation,
      quantum: QUANTUM_BYTES,
    });
  }

  get underWay(): number {
    return this.#queue.underWay;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  /** Does the work in its turn. Throws `Busy`, or a problem where the gate goes first for too long. */
  run<T>(organisation: string, bytes: number, work: () => Promise<T>): Promise<T> {
    return this.#queue.run(organisation, bytes, async () => {
      await this.#letGateGoFirst();
      await this.#breathe();
      return work();
    });
  }

  async #letGateGoFirst(): Promise<void> {
    for (let waited = 0; this.isGateBehind(); waited += LOOK_MS) {
      if (waited >= PATIENCE_MS) throw later(503, 'Requests of the gate go before scans.', 1);
      await sleep(LOOK_MS);
    }
  }

  #breathe(): Promise<unknown> {
    this.#before = this.#before.then(() => new Promise(setImmediate));
    return this.#before;
  }
}
