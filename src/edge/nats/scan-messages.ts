import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Consumer,
  type JetStreamManager,
  type JsMsg,
  jetstreamManager,
} from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { decodeBatch } from '../../track/batch-codec.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import { Held } from '../../units/held.js';
import { sendAnswer, sendFailure } from './answers.js';
import { ANSWER_TO, CONSUMER } from './names.js';
import { encodeOutcomes } from './outcomes-codec.js';
import { ACK_WAIT_MS, IN_HAND_MOST, purgeTaken, type ScanStream } from './scan-stream.js';

/** How long a pull waits for messages, milliseconds: stopping waits for it, too. */
const PULL_MS = 1_000;
/**
 * Pulls that wait at a time, one after the other: nats-server 2.9 at times forgets one that runs out without a word, and until that is
 * noticed nothing would come.
 */
const PULLS = 2;
/** After a pull that failed: a leader is elected, or no server is there. */
const AGAIN_MS = 250;
/** Pulls that fail in a row, some five seconds, before the stream is set up anew: somebody may have deleted it. */
const FAILURES_MOST = 4;
/** While as many are in hand as may be. */
const FULL_MS = 5;
/** Between looks at what is in hand, milliseconds: what takes long is said to be worked on, what is taken leaves the stream. */
const LOOK_MS = ACK_WAIT_MS / 3;

const TAKEN_BEFORE = 'it was taken before; what became of each scan is not known any more';

/** What takes scans from messages: the owner of the log. */
export interface MessageTaker {
  /**
   * Takes a message's batch, durably; gives what became of its scans, or undefined if the log has it already.
   *
   * @param isNew whether no owner before this one can have taken it.
   * @throws Held where it cannot be taken here: the message is left to whoever owns the log next.
   */
  take(batch: ScanBatch, message: number, isNew: boolean): Promise<Outcomes | undefined>;
}

/**
 * The messages of one log's stream, at its owner: each is brought to the log, then answered, and only then acknowledged. One that
 * comes again after a crash is known by its number, and is acknowledged without being taken again (P7).
 */
export class ScanMessages {
  readonly #inHand = new Map<number, JsMsg>();
  /** Taken by this owner, above what has left the stream: how often the servers say that they deliver it is not to be relied on. */
  readonly #taken = new Set<number>();
  #purged = 0;
  #isOver = false;
  readonly #over = new AbortController();
  #pulling: Promise<unknown> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly nats: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly consumer: Consumer,
    private readonly stream: ScanStream,
    private readonly taker: MessageTaker,
    private readonly lastMessage: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @param lastMessage the greatest number in the log when its owner took it over: up to there messages may be in it. */
  static async start(
    nats: NatsConnection,
    stream: ScanStream,
    taker: MessageTaker,
    lastMessage: number,
    onError: (error: unknown) => void,
  ): Promise<ScanMessages> {
    const manager = await jetstreamManager(nats);
    const consumer = await manager.jetstream().consumers.get(stream.name, CONSUMER);
    const args = [nats, manager, consumer, stream, taker, lastMessage, onError] as const;
    const messages = new ScanMessages(...args);
    const pulls = Array.from({ length: PULLS }, (_, i) => messages.#pull((i * PULL_MS) / PULLS));
    messages.#pulling = Promise.all(pulls);
    messages.#looking = messages.#look();
    return messages;
  }

  /** Messages that are neither taken nor given up. */
  get inHand(): number {
    return this.#inHand.size;
  }

  /** Whether it has stopped by itself: the log is another's, or the stream cannot be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes no more, and waits until what is in hand is taken. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#over.abort();
    await this.#pulling;
    while (this.#inHand.size > 0 && !this.nats.isClosed()) await sleep(20);
    await this.#looking;
  }

  async #pull(afterMs: number): Promise<void> {
    await sleep(afterMs);
    for (let failures = 0; !this.#isOver; ) {
      const room = Math.floor((IN_HAND_MOST - this.#inHand.size) / PULLS);
      if (room <= 0) {
        await sleep(FULL_MS);
        continue;
      }
      try {
        const messages = await this.consumer.fetch({ max_messages: room, expires: PULL_MS });
        for await (const message of messages) void this.#handle(message).catch(this.onError);
        failures = 0;
      } catch {
        failures += 1;
        if (failures === FAILURES_MOST || this.nats.isClosed()) this.#isOver = true;
        else await sleep(AGAIN_MS);
      }
    }
  }

  async #handle(message: JsMsg): Promise<void> {
    const { seq } = message;
    if (seq <= this.#purged || this.#taken.has(seq)) return message.ack();
    // Delivered again while it is worked on: its newest delivery is the one to acknowledge.
    const isInHand = this.#inHand.has(seq);
    this.#inHand.set(seq, message);
    if (isInHand) return message.working();
    try {
      await this.#take(message);
      this.#taken.add(seq);
      this.#inHand.get(seq)?.ack();
    } catch (error) {
      this.#isOver = true;
      this.#inHand.get(seq)?.nak();
      if (!(error instanceof Held)) throw error;
    } finally {
      this.#inHand.delete(seq);
    }
  }

  async #take({ seq, data, headers }: JsMsg): Promise<void> {
    const to = headers?.get(ANSWER_TO);
    const fail = (error: Error) => to && sendFailure(this.nats, to, error);
    const number = this.stream.first + seq;
    const batch = this.#decode(data, number);
    if (!batch) return void fail(new Error('the message is not a batch of scans'));
    const outcomes = await this.taker.take(batch, number, number > this.lastMessage);
    if (!outcomes) fail(new Held('unsure', TAKEN_BEFORE));
    else if (to) sendAnswer(this.nats, to, encodeOutcomes(outcomes));
  }

  /** What cannot be read was never acknowledged to whoever sent it; it is said, and left. */
  #decode(data: Uint8Array, number: number): ScanBatch | undefined {
    try {
      return decodeBatch(0, data);
    } catch (error) {
      this.onError(
        new Error(`message ${number} of ${this.stream.name} is damaged`, { cause: error }),
      );
      return undefined;
    }
  }

  async #look(): Promise<void> {
    while (!this.#isOver) {
      await sleep(LOOK_MS, undefined, { signal: this.#over.signal }).catch(() => undefined);
      for (const message of this.#inHand.values()) message.working();
      if (this.#taken.size > 0 && !this.nats.isClosed()) await this.#purge();
    }
  }

  async #purge(): Promise<void> {
    try {
      this.#purged = await purgeTaken(this.manager, this.stream);
    } catch {
      // No server is there, or a leader is elected: the next look does it.
      return;
    }
    for (const seq of this.#taken) if (seq <= this.#purged) this.#taken.delete(seq);
  }
}
