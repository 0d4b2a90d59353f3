import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { JetStreamApiError, type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { encodeBatch } from '../../track/batch-codec.js';
import type { Outcomes, ScanBatch } from '../../track/scans.js';
import { Held } from '../../units/held.js';
import { type Awaited, Inbox } from './answers.js';
import type { Link } from './connect.js';
import { ANSWER_TO, type NatsNames } from './names.js';
import { decodeOutcomes } from './outcomes-codec.js';

/** How long a batch may take to its log and back, milliseconds: longer than most take-overs, shorter than senders wait. */
const PATIENCE_MS = 10_000;
/** The same for the servers' confirmation: then it is published again, under the same id. */
const CONFIRM_MS = 2_000;
/** While a stream elects a leader nobody confirms. */
const AGAIN_MS = 100;
/** How often a question that nobody hears is asked: while a log goes from one worker to another. */
const ATTEMPTS = 30;
/** Whether a log has an owner again is asked for so long. */
const PING_MS = 1_000;
/** Bytes of batches under way from here: beyond that, nothing more is taken (P10). */
const PENDING_BYTES_MOST = 64 * 2 ** 20;

/**
 * Brings parts of batches to their logs by way of the logs' streams, and their outcomes back. The streams only move them: what is
 * acknowledged is what the owner of the log has answered for.
 */
export class ScanPublisher {
  readonly #stream: JetStreamClient;
  readonly #inbox: Inbox;
  /**
   * Logs whose owner did not answer last: they are asked before more is sent to any, for batches have scans of all, and each time
   * one is sent again the other logs would get their part once more.
   */
  readonly #silent = new Set<number>();
  readonly #pings = new Map<number, Promise<unknown>>();
  #pendingBytes = 0;

  constructor(
    private readonly link: Link,
    private readonly names: NatsNames,
  ) {
    this.#stream = jetstream(link.connection);
    this.#inbox = new Inbox(link.connection);
  }

  /** Resolves with what became of each scan when they are durable and applied; rejects with Held. */
  async take(log: number, part: ScanBatch): Promise<Outcomes> {
    const bytes = encodeBatch(part);
    if (this.#pendingBytes + bytes.byteLength > PENDING_BYTES_MOST) {
      throw new Held('busy', 'too many scans are under way');
    }
    this.#pendingBytes += bytes.byteLength;
    try {
      await Promise.all([...this.#silent].map((silent) => this.#ping(silent)));
      return decodeOutcomes(part.count, await this.#send(log, bytes));
    } finally {
      this.#pendingBytes -= bytes.byteLength;
    }
  }

  /** Whether a log can be reached, as far as is known here. */
  isHeard(log: number): boolean {
    return this.link.isUp && !this.#silent.has(log);
  }

  /** Asks the owner of a log; while nobody listens, again for a moment: servers tell one another who does. */
  async call(log: number, name: string, args: readonly unknown[]): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#call(log, name, args, PATIENCE_MS);
      } catch (error) {
        const isNobody = error instanceof Held && error.why === 'lost';
        if (!isNobody || attempt === ATTEMPTS) throw error;
        await sleep(AGAIN_MS);
      }
    }
  }

  /** Asks whether a log has an owner again, once for all who wait for it. */
  #ping(log: number): Promise<unknown> {
    const asked =
      this.#pings.get(log) ??
      this.#call(log, 'ping', [], PING_MS).finally(() => this.#pings.delete(log));
    this.#pings.set(log, asked);
    return asked;
  }

  async #call(
    log: number,
    name: string,
    args: readonly unknown[],
    patienceMs: number,
  ): Promise<Uint8Array> {
    this.#checkLink();
    const { subject, answer } = this.#inbox.expect(patienceMs);
    const { connection } = this.link;
    connection.publish(this.names.call(log, name), serialize(args), { reply: subject });
    return this.#heard(log, answer);
  }

  async #send(log: number, bytes: Uint8Array): Promise<Uint8Array> {
    this.#checkLink();
    const awaited = this.#inbox.expect(PATIENCE_MS);
    this.#publish(this.names.subject(log), bytes, awaited).catch((error: unknown) =>
      awaited.fail(error),
    );
    return this.#heard(log, awaited.answer);
  }

  /** Publishes until the stream has it, or it no longer matters. */
  async #publish(subject: string, bytes: Uint8Array, awaited: Awaited): Promise<void> {
    const to = headers();
    to.set(ANSWER_TO, awaited.subject);
    const options = { headers: to, msgID: awaited.subject, timeout: CONFIRM_MS };
    for (; !awaited.isOver; await sleep(AGAIN_MS)) {
      if (!this.link.isUp) continue;
      try {
        await this.#stream.publish(subject, bytes, options);
        return;
      } catch (error) {
        if (isFull(error)) throw new Held('busy', 'the stream of the log is full');
      }
    }
  }

  /** Remembers whether the owner of a log was there. */
  async #heard(log: number, answer: Promise<Uint8Array>): Promise<Uint8Array> {
    try {
      const bytes = await answer;
      this.#silent.delete(log);
      return bytes;
    } catch (error) {
      if (error instanceof Held && error.why !== 'busy') this.#silent.add(log);
      throw error;
    }
  }

  #checkLink(): void {
    if (!this.link.isUp) throw new Held('unsure', 'NATS is away');
  }
}

/** A stream that has all that it may refuses more. */
function isFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && /maximum (bytes|messages)/.test(error.message);
}
