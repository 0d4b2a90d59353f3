import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What came back. `body` is valid until the call returns: the next answer is read into the same bytes. */
export interface Answer {
  readonly status: number;
  /** Seconds; 0 where the answer has no Retry-After. */
  readonly retryAfter: number;
  readonly body: Uint8Array;
}

export interface Sent {
  readonly head: string;
  readonly body: Uint8Array;
  /** Called once: with the answer, or with what broke the connection. */
  readonly done: (answer: Answer | Error) => void;
}

/**
 * A kept HTTP/1.1 connection, one call at a time. It reads only what this server sends: a head and a body of a length
 * that the head tells. The usual clients make some twenty objects a call, which for single requests costs more than the
 * gate does.
 */
export class Connection {
  readonly #socket: Socket;
  #sent: Sent | undefined;
  #head = '';
  #body: Buffer = Buffer.allocUnsafe(1 << 14);
  /** Bytes of the body there are; −1 while the head is read. */
  #length = -1;
  #whole = 0;
  #status = 0;
  #retryAfter = 0;
  #closes = false;
  isOpen = true;

  constructor(url: URL) {
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const host = url.hostname;
    this.#socket =
      url.protocol === 'https:'
        ? connectTls({ host, port, servername: host })
        : connect({ host, port });
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#break(error));
    this.#socket.on('close', () => this.#break(new Error('the connection was closed')));
  }

  get isIdle(): boolean {
    return this.isOpen && this.#sent === undefined;
  }

  send(sent: Sent): void {
    this.#sent = sent;
    this.#head = '';
    this.#length = -1;
    this.#socket.cork();
    this.#socket.write(sent.head, 'latin1');
    this.#socket.write(sent.body);
    this.#socket.uncork();
  }

  close(): void {
    this.isOpen = false;
    this.#socket.destroy();
  }

  #break(error: Error): void {
    this.isOpen = false;
    this.#socket.destroy();
    const sent = this.#sent;
    this.#sent = undefined;
    sent?.done(error);
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    if (this.#length < 0) {
      this.#head += chunk.toString('latin1');
      const end = this.#head.indexOf('\r\n\r\n');
      if (end < 0) return;
      rest = chunk.subarray(chunk.length - (this.#head.length - end - 4));
      this.#readHead(this.#head.slice(0, end));
    }
    rest.copy(this.#body, this.#length);
    this.#length += rest.length;
    if (this.#length >= this.#whole) this.#finish();
  }

  #readHead(head: string): void {
    const length = /\r\ncontent-length: *(\d+)/i.exec(head);
    this.#status = Number(head.slice(9, 12));
    this.#whole = length ? Number(length[1]) : 0;
    this.#retryAfter = Number(/\r\nretry-after: *(\d+)/i.exec(head)?.[1] ?? 0);
    this.#closes = /\r\nconnection: *close/i.test(head) || !length;
    if (this.#whole > this.#body.length) this.#body = Buffer.allocUnsafe(2 * this.#whole);
    this.#length = 0;
  }

  #finish(): void {
    const sent = this.#sent;
    this.#sent = undefined;
    const [status, retryAfter] = [this.#status, this.#retryAfter];
    if (this.#closes) this.close();
    sent?.done({ status, retryAfter, body: this.#body.subarray(0, this.#whole) });
  }
}
