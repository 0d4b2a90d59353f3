import { type Answer, Connection } from './connection.js';

/** Connections to each server, at most: as many as calls are ever under way at once. */
const CONNECTIONS_MOST = 256;

/** What is sent, again and again until it is answered for good. */
export interface Call {
  readonly path: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** What the body is; JSON where it is left out. */
  readonly type?: string;
  /** When it should have been sent. */
  readonly due: number;
  /** Milliseconds after which the caller loses patience with the first attempt, and sends it again. */
  readonly patienceMs: number;
  /** The answer, of any status but those that say to come again. */
  readonly done: (answer: Answer) => void;
}

export interface CallCounts {
  /** Attempts that were answered 429 or 503. */
  refusals: number;
  retries: number;
  /** Connections that broke under a call, or could not be made. */
  broken: number;
  /** Attempts that were not waited for. */
  timeouts: number;
}

/** Milliseconds until an attempt is given up: longer than the gate lets anybody wait. */
const TIMEOUT_MS = 20_000;
/** After a broken connection, twice as long each time; the most. */
const PAUSE_MS = 100;
const PAUSE_MS_MOST = 1600;

/**
 * Calls to one or several servers of a gate: each goes on until there is an answer, to the next server if one
 * fails, after as long as the answer asks (Retry-After).
 */
export class Calls {
  readonly counts: CallCounts = { refusals: 0, retries: 0, broken: 0, timeouts: 0 };
  /** Calls that are not answered yet. */
  open = 0;
  #turn = 0;
  #isOver = false;
  /** For a connection: all are under way. */
  readonly #waiting: Attempt[] = [];
  readonly #servers: readonly Server[];

  constructor(urls: readonly URL[]) {
    this.#servers = urls.map((url) => ({ url, connections: [] }));
  }

  send(call: Call): void {
    this.open += 1;
    this.#try({ call, tries: 0 });
  }

  /** Breaks everything off. */
  close(): void {
    this.#isOver = true;
    for (const { connections } of this.#servers) for (const each of connections) each.close();
  }

  #try(attempt: Attempt): void {
    if (this.#isOver) return;
    for (let tried = 0; tried < this.#servers.length; tried++) {
      const server = this.#servers[this.#turn++ % this.#servers.length];
      const connection = connectionOf(server);
      if (!connection) continue;
      this.#begin(attempt, connection, server);
      return;
    }
    this.#waiting.push(attempt);
  }

  #begin(attempt: Attempt, connection: Connection, server: Server): void {
    const { call, tries } = attempt;
    const { path, key, body, type = 'application/json' } = call;
    const patience = tries === 0 ? Math.min(call.patienceMs, TIMEOUT_MS) : TIMEOUT_MS;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      connection.close();
    }, patience);
    const head =
      `POST ${path} HTTP/1.1\r\nhost: ${server.url.host}\r\nauthorization: Bearer ${key}\r\n` +
      `content-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n`;
    connection.send({
      head,
      body,
      done: (answer) => {
        clearTimeout(timer);
        this.#settle(attempt, answer, isLate);
        const next = this.#waiting.shift();
        if (next) this.#try(next);
      },
    });
  }

  #settle({ call, tries }: Attempt, answer: Answer | Error, isLate: boolean): void {
    if (answer instanceof Error) {
      this.counts[isLate ? 'timeouts' : 'broken'] += 1;
      this.#later({ call, tries: tries + 1 }, Math.min(PAUSE_MS * 2 ** tries, PAUSE_MS_MOST));
    } else if (answer.status === 429 || answer.status === 503) {
      this.counts.refusals += 1;
      this.#later({ call, tries: tries + 1 }, 1000 * answer.retryAfter || PAUSE_MS);
    } else {
      this.open -= 1;
      call.done(answer);
    }
  }

  #later(attempt: Attempt, ms: number): void {
    this.counts.retries += 1;
    setTimeout(() => this.#try(attempt), ms);
  }
}

interface Server {
  readonly url: URL;
  connections: Connection[];
}

/** A connection that nobody uses, a new one if there may be another. */
function connectionOf(server: Server): Connection | undefined {
  server.connections = server.connections.filter(({ isOpen }) => isOpen);
  const idle = server.connections.find(({ isIdle }) => isIdle);
  if (idle || server.connections.length >= CONNECTIONS_MOST) return idle;
  const connection = new Connection(server.url);
  server.connections.push(connection);
  return connection;
}

interface Attempt {
  readonly call: Call;
  readonly tries: number;
}
