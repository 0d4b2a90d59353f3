import { createHash } from 'node:crypto';
import type { Timing } from '../../units/timing.js';
import { BadCursor, type ChangePage, type GateService } from '../gate/gate-service.js';
import { FairQueue } from '../http/gate/fair-queue.js';
import { NotDelivered, type Outside, post } from './post.js';
import { signedHeaders } from './signature.js';
import type { ClaimedWebhook, WebhookRows } from './webhook-rows.js';

/** Between looks at which webhooks are due, and how long they are this process's, milliseconds. */
const ROUND_MS = 2_000;
const CLAIM_MS = 15_000;
/** A wait for changes, shorter than a claim. */
const WAIT_MS = 5_000;
/** Changes in one message. */
const CHANGES_MOST = 200;
/** Messages on their way at a time. */
const SENDING_MOST = 16;
/** From a second on, twice as long after each failure, up to so long; after so many it is paused: in about a day. */
const BACKOFF_MS = 1_000;
const BACKOFF_MS_MOST = 300_000;
export const FAILURES_MOST = 300;

export interface DeliveryOptions {
  readonly rows: WebhookRows;
  readonly gate: GateService;
  readonly outside: Outside;
  /** The machine's clock: receivers compare it with theirs. */
  readonly timing: Timing;
  readonly onError: (error: unknown) => void;
}

/** A webhook that is being delivered, to the address it had when that began. */
interface Run {
  readonly url: string;
  readonly leave: AbortController;
  readonly over: Promise<void>;
}

/**
 * Sends changes to webhooks: each webhook's in order, the next message when the one before was taken, at least once. A
 * message that is repeated has the same id as long as this process lives; its cursor tells in any case what of it was
 * seen. Organisations take turns.
 */
export class WebhookDelivery {
  readonly #running = new Map<string, Run>();
  readonly #turns = new FairQueue({
    underWayMost: SENDING_MOST,
    waitingMost: Number.POSITIVE_INFINITY,
    quantum: 1,
  });
  readonly #over = new AbortController();
  #rounds: Promise<void> = Promise.resolve();

  constructor(private readonly options: DeliveryOptions) {}

  start(): void {
    this.#rounds = this.#go();
  }

  /** Ends when nothing is on its way any more; others may deliver at once. */
  async stop(): Promise<void> {
    this.#over.abort();
    for (const { leave } of this.#running.values()) leave.abort();
    await this.#rounds;
    await Promise.all([...this.#running.values()].map(({ over }) => over));
    await this.options.rows.release();
  }

  async #go(): Promise<void> {
    const { timing, onError } = this.options;
    const { signal } = this.#over;
    const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
    while (!signal.aborted) {
      await this.round().catch(onError);
      await Promise.race([timing.sleep(ROUND_MS), stopped]);
    }
  }

  /** Claims what is due, begins to deliver what is new among it, leaves what is no longer this process's. */
  async round(): Promise<void> {
    const { rows, timing, onError } = this.options;
    const claimed = await rows.claim(timing.now(), CLAIM_MS);
    const urls = new Map(claimed.map(({ id, url }) => [id, url]));
    for (const [id, { url, leave }] of this.#running) if (urls.get(id) !== url) leave.abort();
    for (const webhook of claimed) {
      const { id, url } = webhook;
      if (this.#running.has(id) || this.#over.signal.aborted) continue;
      const leave = new AbortController();
      const over = this.#deliver(webhook, leave.signal)
        .catch(onError)
        .finally(() => this.#running.delete(id));
      this.#running.set(id, { url, leave, over });
    }
  }

  /** One message after the other, until one fails or it is no longer ours. */
  async #deliver(webhook: ClaimedWebhook, signal: AbortSignal): Promise<void> {
    const { gate, rows } = this.options;
    const { organisation, id } = webhook;
    const viewer = { organisation, actor: id, role: 'viewer' } as const;
    const asked = { limit: CHANGES_MOST, waitMs: WAIT_MS, signal };
    let { cursor, failures } = webhook;
    try {
      while (!signal.aborted) {
        const page = await gate.changes(viewer, cursor, asked);
        if (signal.aborted) return;
        if (page.changes.length > 0) {
          await this.#turns.run(organisation.id, 1, () => this.#send(webhook, page));
          await rows.delivered(webhook, page.cursor);
          failures = 0;
        }
        cursor = page.cursor;
      }
    } catch (error) {
      if (!signal.aborted) await this.#fail(webhook, failures + 1, error);
    }
  }

  #send({ id, url, secret }: ClaimedWebhook, page: ChangePage): Promise<void> {
    const { outside, timing } = this.options;
    const now = timing.now();
    const body = JSON.stringify({
      type: 'changes',
      timestamp: new Date(now).toISOString(),
      data: page,
    });
    const message = createHash('sha256').update(`${id} ${page.cursor}`).digest('hex').slice(0, 32);
    const headers = {
      ...signedHeaders(secret, `msg_${message}`, Math.floor(now / 1000), body),
      'content-type': 'application/json',
      'user-agent': 'cuofeng',
    };
    return post(url, headers, body, outside);
  }

  async #fail(webhook: ClaimedWebhook, failures: number, error: unknown): Promise<void> {
    const { rows, timing } = this.options;
    const isHopeless = error instanceof BadCursor || (error instanceof NotDelivered && error.gone);
    if (!isHopeless && !(error instanceof NotDelivered)) throw error;
    const wait = Math.min(BACKOFF_MS_MOST, BACKOFF_MS * 2 ** (failures - 1));
    const isOver = isHopeless || failures >= FAILURES_MOST;
    await rows.failed(webhook, error.message, isOver ? null : new Date(timing.now() + wait));
  }
}
