import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { Held } from '../../units/held.js';

/** Bytes of an answer that go into one message: below what servers take by default, 1 MiB. */
const CHUNK_BYTES = 512 * 1024;

/** What a message of an answer begins with. */
const LAST = 0;
const MORE = 1;
/** Held, by its reasons from here on. */
const HELD = 2;
const WHYS = ['busy', 'unsure', 'lost'] as const;
const FAILED = HELD + WHYS.length;

/** Bytes of the last message before what it says: its kind, and how many bytes the whole answer has. */
const LAST_HEADER = 5;

/** Sends an answer, in as many messages as it takes. */
export function sendAnswer(nats: NatsConnection, to: string, answer: Uint8Array): void {
  let from = 0;
  for (; answer.byteLength - from > CHUNK_BYTES; from += CHUNK_BYTES) {
    nats.publish(to, framed([MORE], answer.subarray(from, from + CHUNK_BYTES)));
  }
  const header = new Uint8Array(LAST_HEADER);
  new DataView(header.buffer).setUint32(1, answer.byteLength);
  nats.publish(to, framed(header, answer.subarray(from)));
}

/** Sends why there is none. */
export function sendFailure(nats: NatsConnection, to: string, error: unknown): void {
  const kind = error instanceof Held ? HELD + WHYS.indexOf(error.why) : FAILED;
  const text = error instanceof Error ? error.message : String(error);
  nats.publish(to, framed([kind], Buffer.from(text)));
}

function framed(header: ArrayLike<number>, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(header.length + body.byteLength);
  bytes.set(header);
  bytes.set(body, header.length);
  return bytes;
}

/** An answer that somebody waits for. */
export class Awaited {
  /** Rejects with Held. */
  readonly answer: Promise<Uint8Array>;
  readonly chunks: Uint8Array[] = [];
  isOver = false;
  #resolve: (answer: Uint8Array) => void = ignore;
  #reject: (error: unknown) => void = ignore;
  readonly #timer: NodeJS.Timeout;

  /** @param subject where it is to go. */
  constructor(
    readonly subject: string,
    patienceMs: number,
    private readonly over: () => void,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const late = () => this.fail(new Held('unsure', 'the owner of the log did not answer in time'));
    this.#timer = setTimeout(late, patienceMs);
  }

  succeed(answer: Uint8Array): void {
    this.#end();
    this.#resolve(answer);
  }

  /** Gives it up. */
  fail(error: unknown): void {
    this.#end();
    this.#reject(error);
  }

  #end(): void {
    this.isOver = true;
    clearTimeout(this.#timer);
    this.over();
  }
}

function ignore(): void {
  // Nobody waits yet.
}

/** Where answers come in, each under a subject of its own, once. */
export class Inbox {
  readonly #prefix = createInbox();
  readonly #waiting = new Map<string, Awaited>();
  #next = 0;

  constructor(nats: NatsConnection) {
    nats.subscribe(`${this.#prefix}.*`, {
      callback: (error, message) => {
        if (!error) this.#take(message);
      },
    });
  }

  /** Waits for an answer for so many milliseconds at most. */
  expect(patienceMs: number): Awaited {
    const subject = `${this.#prefix}.${++this.#next}`;
    const awaited = new Awaited(subject, patienceMs, () => this.#waiting.delete(subject));
    this.#waiting.set(subject, awaited);
    return awaited;
  }

  #take({ subject, data, headers }: Msg): void {
    const waiting = this.#waiting.get(subject);
    if (!waiting) return;
    if (data.byteLength === 0) {
      // The server says that nobody listens there.
      const why = headers?.code === 503 ? 'nobody has the log at the moment' : 'an empty answer';
      return waiting.fail(new Held('lost', why));
    }
    const [kind] = data;
    if (kind === MORE) waiting.chunks.push(data.slice(1));
    else if (kind === LAST) finish(waiting, data);
    else {
      const text = Buffer.from(data.subarray(1)).toString();
      waiting.fail(kind < FAILED ? new Held(WHYS[kind - HELD], text) : new Error(text));
    }
  }
}

function finish(waiting: Awaited, data: Uint8Array): void {
  const answer = Buffer.concat([...waiting.chunks, data.subarray(LAST_HEADER)]);
  const length = new DataView(data.buffer, data.byteOffset).getUint32(1);
  if (length === answer.byteLength) waiting.succeed(answer);
  else waiting.fail(new Held('unsure', 'a part of the answer was lost'));
}
