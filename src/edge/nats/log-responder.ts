import { deserialize, serialize } from 'node:v8';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Held } from '../../units/held.js';
import type { LogDesk } from '../track/log-desk.js';
import { sendAnswer, sendFailure } from './answers.js';

/** What may be asked; scans go by the stream. */
const CALLS = [
  'picture',
  'flows',
  'counts',
  'find',
  'states',
  'sources',
  'quarantine',
  'quarantined',
  'kept',
] as const;

/** Answers for a log what other processes ask, as long as it is this process's. */
export class LogResponder {
  readonly #subscription: Subscription;

  /**
   * @param subject of all calls, the last token being the call.
   * @param isOurs whether the lease is in force: an owner that was paused, and overtaken, would tell of the past.
   */
  constructor(
    private readonly nats: NatsConnection,
    subject: string,
    private readonly desk: LogDesk,
    private readonly isOurs: () => boolean,
  ) {
    this.#subscription = nats.subscribe(subject, {
      callback: (error, message) => {
        if (!error) void this.#answer(message);
      },
    });
  }

  stop(): void {
    if (!this.nats.isClosed()) this.#subscription.unsubscribe();
  }

  async #answer({ subject, reply, data }: Msg): Promise<void> {
    if (!reply) return;
    try {
      if (!this.isOurs()) throw new Held('lost', 'another process has the log by now');
      sendAnswer(this.nats, reply, serialize(await this.#value(subject, data)));
    } catch (error) {
      if (!this.nats.isClosed()) sendFailure(this.nats, reply, error);
    }
  }

  async #value(subject: string, data: Uint8Array): Promise<unknown> {
    const asked = subject.slice(subject.lastIndexOf('.') + 1);
    if (asked === 'ping') return true;
    const call = CALLS.find((name) => name === asked);
    if (!call) throw new Error('no such call');
    const args: unknown = deserialize(data);
    if (!Array.isArray(args)) throw new Error('no arguments');
    return Reflect.apply(this.desk[call], this.desk, args);
  }
}
