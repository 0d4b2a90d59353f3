import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Budget, organisationOf } from './intake.js';
import type { Limits } from './limits.js';
import { later } from './problems.js';

/** What bounds streams, and ends them. */
interface Streams {
  /** Streams that organisations have open. */
  readonly streams: Budget;
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal;
  readonly limits: Pick<Limits, 'streamMs'>;
}

/** Does what waits for news as one of the organisation's streams, until the reader goes, the server stops, or it is time to ask again. */
export async function withStream(
  { streams, stopping, limits }: Streams,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (signal: AbortSignal) => Promise<unknown>,
): Promise<unknown> {
  const organisation = organisationOf(request);
  if (streams.take(organisation, 1) !== 'taken') {
    throw later(429, 'Your organisation has too many streams open.', 5);
  }
  const gone = new AbortController();
  const leave = () => gone.abort();
  reply.raw.once('close', leave);
  const timer = setTimeout(leave, limits.streamMs);
  try {
    return await work(AbortSignal.any([gone.signal, stopping]));
  } finally {
    clearTimeout(timer);
    reply.raw.off('close', leave);
    streams.giveBack(organisation, 1);
  }
}

/** Answers with server-sent events, which `write` writes until it is done. */
export async function sendEvents(
  reply: FastifyReply,
  write: (response: ServerResponse) => Promise<void>,
): Promise<FastifyReply> {
  // Nothing else is asked on a connection that may go on for days.
  reply.headers({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'close',
  });
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  reply.raw.writeHead(200);
  reply.raw.flushHeaders();
  try {
    await write(reply.raw);
  } finally {
    reply.raw.end();
  }
  return reply;
}

/** Writes; false where the reader takes nothing for `ms`, or the signal comes while it does not. */
export async function writeOrDrain(
  response: ServerResponse,
  text: string,
  ms: number,
  signal: AbortSignal,
): Promise<boolean> {
  return response.write(text) || drains(response, ms, signal);
}

async function drains(response: ServerResponse, ms: number, signal: AbortSignal): Promise<boolean> {
  const over = new AbortController();
  const giveUp = (): void => over.abort();
  // A timer of ours: one made by AbortSignal.timeout and only held by AbortSignal.any may be collected before its time.
  const timer = setTimeout(giveUp, ms);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await once(response, 'drain', { signal: over.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
