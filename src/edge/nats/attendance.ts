import type { NatsConnection } from '@nats-io/transport-node';
import type { Timing } from '../../units/timing.js';

/** Which workers of a season are there: each says so, and those that were not heard for a lease are not. */
export class Attendance {
  readonly #heard = new Map<string, number>();

  /** @param subject where all of them say that they are there, or leave. */
  constructor(
    private readonly nats: NatsConnection,
    private readonly subject: string,
    private readonly name: string,
    private readonly leaseMs: number,
    private readonly timing: Timing,
  ) {
    nats.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const said = message.string();
        if (said.startsWith(LEAVING)) this.#heard.delete(said.slice(LEAVING.length));
        else this.#hear(said);
      },
    });
  }

  /** Says that this one is there, and waits a moment for the others to say so, too. */
  async arrive(): Promise<void> {
    this.attend();
    await this.timing.sleep(GREETING_MS);
  }

  /** Says that this one is there, and gives how many are. */
  attend(): number {
    this.nats.publish(this.subject, this.name);
    const since = this.timing.elapsed() - this.leaseMs;
    let there = 1;
    for (const [name, at] of this.#heard) {
      if (at < since) this.#heard.delete(name);
      else there += 1;
    }
    return there;
  }

  leave(): void {
    this.nats.publish(this.subject, `${LEAVING}${this.name}`);
  }

  /** Who comes new is greeted. */
  #hear(name: string): void {
    if (name === this.name) return;
    if (!this.#heard.has(name)) this.nats.publish(this.subject, this.name);
    this.#heard.set(name, this.timing.elapsed());
  }
}

/** Before the name of one that leaves. */
const LEAVING = '-';
/** For those who are there to answer, milliseconds: who does not wait takes logs that are to be given up again. */
const GREETING_MS = 200;
