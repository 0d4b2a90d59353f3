import type { Readable } from 'node:stream';
import { Problem } from '../problem.js';
import type { Limits } from './limits.js';
import { titleOf } from './problems.js';

/** The whole of a body. A problem where it is too large, or not here in time. */
export function readBody(
  stream: Readable,
  { bodyBytesMost, bodyMs }: Pick<Limits, 'bodyBytesMost' | 'bodyMs'>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => end(reject, tooSlow()), bodyMs);
    const end = <T>(how: (value: T) => void, value: T): void => {
      clearTimeout(timer);
      stream.removeAllListeners('data').removeAllListeners('end').removeAllListeners('aborted');
      how(value);
    };
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bodyBytesMost) end(reject, tooLarge(bodyBytesMost));
      else chunks.push(chunk);
    });
    stream.on('end', () => end(resolve, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    stream.on('error', (error) => end(reject, error));
    stream.on('aborted', () => end(reject, new Problem(400, titleOf(400), 'The body is cut off.')));
  });
}

/** The rest of the body is not waited for, so the connection cannot go on. */
const CLOSE = { connection: 'close' };

export function tooLarge(bytesMost: number): Problem {
  return new Problem(413, titleOf(413), `A body has at most ${bytesMost} bytes.`, CLOSE);
}

export function tooSlow(): Problem {
  return new Problem(408, titleOf(408), 'The body did not come in time.', CLOSE);
}
