import type { Readable } from 'node:stream';
import type { Limits } from './limits.js';
import { tooSlow } from './read-body.js';

/** Lines that are decided together, at most. */
const LINES_MOST = 1000;

const NEWLINE = 10;

/** Stands for a line that is longer than a request can be; its bytes are not kept. */
export const TOO_LONG = Symbol('a line that is too long');

export type Line = Buffer | typeof TOO_LONG;

/**
 * The lines of a stream, as they come: each time those that are there, at most LINES_MOST. Empty lines are left out, a
 * last line needs no end. Nothing is read ahead of who takes them but the stream's own buffer.
 *
 * Throws a problem where nothing comes for `bodyMs`.
 */
export async function* readLines(
  stream: Readable,
  { lineBytesMost, bodyMs }: Pick<Limits, 'lineBytesMost' | 'bodyMs'>,
): AsyncGenerator<Line[]> {
  const cutter = new LineCutter(lineBytesMost);
  for await (const chunk of inTime(stream, bodyMs)) {
    const lines = cutter.cut(chunk);
    for (let i = 0; i < lines.length; i += LINES_MOST) yield lines.slice(i, i + LINES_MOST);
  }
  const last = cutter.end();
  if (last.length > 0) yield last;
}

/** Cuts chunks into lines; keeps the line begun, as long as it may become one. */
class LineCutter {
  #begun: Buffer[] = [];
  #bytes = 0;

  constructor(private readonly bytesMost: number) {}

  cut(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.#add(chunk.subarray(from, at));
      lines.push(...this.end());
      from = at + 1;
    }
    this.#add(chunk.subarray(from));
    return lines;
  }

  /** The line begun, ended here; none if it is empty. */
  end(): Line[] {
    const bytes = this.#bytes;
    const line = this.#begun.length === 1 ? this.#begun[0] : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#bytes = 0;
    if (bytes > this.bytesMost) return [TOO_LONG];
    return isEmpty(line) ? [] : [line];
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes > this.bytesMost) this.#begun = [];
    else this.#begun.push(part);
  }
}

/** Nothing, or the other half of a line's end where lines end in two characters. */
function isEmpty(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === 13);
}

async function* inTime(stream: AsyncIterable<Buffer>, ms: number): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  for (;;) {
    const next = await nextInTime(chunks, ms);
    if (next.done) return;
    yield next.value;
  }
}

function nextInTime(chunks: AsyncIterator<Buffer>, ms: number): Promise<IteratorResult<Buffer>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(tooSlow()), ms);
    chunks
      .next()
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
}
