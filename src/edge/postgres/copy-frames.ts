import type { Duplex } from 'node:stream';

/** The code of a message that holds a row. */
const COPY_DATA = 0x64;

/** Code and length. */
const HEAD = 5;

/** Rows are collected in blocks of this many bytes: what is kept of one keeps all of it. */
const BLOCK_BYTES = 2 ** 20;

type Listener = (chunk: Buffer) => void;

/** The node types know that a listener is a function, not of what. */
const isListener = (listener: unknown): listener is Listener => typeof listener === 'function';

/**
 * Takes the rows of a COPY out of what the server sends, before the driver's parser, and leaves it the rest. The parser
 * copies a message of many kilobytes several times over as it comes in piece by piece; here each byte is copied once,
 * to where it stays.
 */
export class CopyFrames {
  readonly #parsers: Listener[];
  readonly #head = Buffer.alloc(HEAD);
  #headLength = 0;
  /** Of the message under way. */
  #body: Buffer = Buffer.alloc(0);
  #bodyLength = 0;
  #block = Buffer.alloc(0);
  #used = 0;
  readonly #listener: Listener = (chunk) => this.#take(chunk);

  constructor(
    private readonly stream: Duplex,
    private readonly row: (row: Buffer) => void,
  ) {
    this.#parsers = stream.listeners('data').filter(isListener);
    stream.on('data', this.#listener);
    for (const parser of this.#parsers) stream.off('data', parser);
  }

  /** Gives the stream back to the parser. */
  end(): void {
    for (const parser of this.#parsers) this.stream.on('data', parser);
    this.stream.off('data', this.#listener);
  }

  #take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#headLength < HEAD) at += this.#takeHead(chunk, at);
      if (this.#headLength === HEAD) at += this.#takeBody(chunk, at);
    }
  }

  #takeHead(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.#head, this.#headLength, at);
    this.#headLength += taken;
    if (this.#headLength === HEAD) {
      const length = this.#head.readUInt32BE(1) - 4;
      this.#body = this.#head[0] === COPY_DATA ? this.#room(length) : Buffer.alloc(length);
      this.#bodyLength = 0;
    }
    return taken;
  }

  #takeBody(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.#body, this.#bodyLength, at);
    this.#bodyLength += taken;
    if (this.#bodyLength === this.#body.length) this.#finish(this.#body);
    return taken;
  }

  #finish(body: Buffer): void {
    this.#headLength = 0;
    if (this.#head[0] === COPY_DATA) this.row(body);
    else for (const parser of this.#parsers) parser(Buffer.concat([this.#head, body]));
  }

  /**
   * Room for a row, beginning 2 bytes beyond a multiple of 4: after the count of its fields they are aligned, for words
   * to be used where they are.
   */
  #room(length: number): Buffer {
    const start = this.#used + 2;
    if (start + length > this.#block.length) {
      const size = this.#block.length === 0 ? length + 2 : Math.max(length + 2, BLOCK_BYTES);
      this.#block = Buffer.allocUnsafeSlow(size);
      this.#used = 0;
      return this.#room(length);
    }
    this.#used = (start + length + 3) & ~3;
    return this.#block.subarray(start, start + length);
  }
}
