import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { LogSeat, type SeatOptions } from '../track/log-seat.js';
import type { TrackedLog } from '../track/tracked-log.js';
import { LogResponder } from './log-responder.js';
import { LogTaker } from './log-taker.js';
import type { NatsNames } from './names.js';
import { ScanMessages } from './scan-messages.js';
import { openScanStream } from './scan-stream.js';

/** How long what is in hand may take when the log is given up, milliseconds: a database that is away is not waited for. */
const PATIENCE_MS = 10_000;

/** What a log that is owned does for others. */
interface Serving {
  readonly owned: TrackedLog;
  readonly taker: LogTaker;
  readonly messages: ScanMessages;
  readonly responder: LogResponder;
}

export interface WorkOptions extends SeatOptions {
  readonly nats: NatsConnection;
  readonly names: NatsNames;
  /** Whether the lease is in force, as far as this process can know. */
  readonly isLeased: () => boolean;
}

/** A log as a worker has it: while it owns it, it takes its messages and answers for it. */
export class LogWork {
  readonly seat: LogSeat;
  #serving: Serving | undefined;
  #settling: Promise<void> | undefined;

  constructor(private readonly options: WorkOptions) {
    this.seat = new LogSeat(options);
  }

  /** Messages that are not in the log yet; undefined while it is not served. */
  get inHand(): number | undefined {
    return this.#serving?.messages.inHand;
  }

  /** Resolves when what `keep` began is done, however it ended. */
  get settled(): Promise<void> {
    return this.#settling ?? Promise.resolve();
  }

  /** The lease is this process's: opens the log and serves it, if it is not served, or not by its newest owner. */
  keep(): void {
    this.seat.keep();
    this.#settling ??= this.#settle()
      .catch(this.options.onError)
      .finally(() => {
        this.#settling = undefined;
      });
  }

  /** Gives the log up, after what is in hand is in it. */
  async close(): Promise<void> {
    await this.#settling;
    await this.#leave();
    await this.seat.close();
  }

  async #settle(): Promise<void> {
    // Why it cannot be opened the seat says itself.
    await this.seat.opened.catch(() => undefined);
    const { owned } = this.seat;
    const serving = this.#serving;
    if (serving && serving.owned === owned && !serving.messages.isOver) return;
    await this.#leave();
    if (owned) this.#serving = await this.#serve(owned);
  }

  async #serve(owned: TrackedLog): Promise<Serving> {
    const { nats, names, number, onError, isLeased } = this.options;
    const manager: JetStreamManager = await jetstreamManager(nats);
    const last = await this.seat.lastMessage();
    const stream = await openScanStream(manager, names.stream(number), names.subject(number), last);
    const taker = new LogTaker(owned, (message) => this.seat.hasMessage(message));
    const messages = await ScanMessages.start(nats, stream, taker, last, onError);
    const isOurs = () => isLeased() && owned.owner.lost === undefined;
    const responder = new LogResponder(nats, names.call(number, '*'), this.seat, isOurs);
    await nats.flush();
    return { owned, taker, messages, responder };
  }

  async #leave(): Promise<void> {
    const serving = this.#serving;
    if (!serving) return;
    this.#serving = undefined;
    serving.responder.stop();
    const patience = setTimeout(() => serving.taker.giveUp(), PATIENCE_MS);
    await serving.messages.stop();
    clearTimeout(patience);
  }
}
