import { Api, type ChangesPage, type RequestItem, type Result } from './api.js';
import { type CallOptions, CallProblem, checkAnswer, identityOf, pause } from './caller.js';
import { readEvents, readLines } from './text-streams.js';

/** Lines sent at a time. */
const LINES = 200;
/** Before a stream that broke is asked for again. */
const AGAIN_MS = 1000;

/** The gate's API, with what goes on and on: requests in lines, changes as they come. */
export class GateClient extends Api {
  /**
   * Asks for tickets as requests come, and gives a result for each in their order. Whoever takes the results slowly slows
   * the requests. What was asked when a connection broke may be asked again with the same ids (G2).
   */
  async *requestTicketsInLines(
    requests: Iterable<RequestItem> | AsyncIterable<RequestItem>,
    { signal }: CallOptions = {},
  ): AsyncGenerator<Result> {
    const asking: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: {
        ...identityOf(this.connection),
        'content-type': 'application/x-ndjson',
      },
      body: streamOf(linesOf(requests)),
      duplex: 'half',
      ...(signal && { signal }),
    };
    const response = await fetch(new URL('/v1/tickets', this.connection.url), asking);
    await checkAnswer(response);
    for await (const line of readLines(response)) {
      const result: Result = JSON.parse(line);
      yield result;
    }
  }

  /** Changes as they come, from a cursor or from now on, until the signal; a connection that breaks is taken up again. */
  async *followChanges(
    { after }: { readonly after?: string } = {},
    { signal }: CallOptions = {},
  ): AsyncGenerator<ChangesPage> {
    let cursor = after;
    for (;;) {
      try {
        const query = cursor === undefined ? {} : { after: cursor };
        const call = { method: 'GET', path: '/v1/changes', query };
        const response = await this.ask(call, signal, { accept: 'text/event-stream' });
        await checkAnswer(response);
        for await (const { data } of readEvents(response)) {
          const page: ChangesPage = JSON.parse(data);
          if (page.changes.length > 0) yield page;
          cursor = page.cursor;
        }
      } catch (error) {
        if (signal?.aborted) return;
        if (error instanceof CallProblem && error.retryAfterSeconds === undefined) throw error;
      }
      await pause(AGAIN_MS, signal);
    }
  }
}

async function* linesOf(
  requests: Iterable<RequestItem> | AsyncIterable<RequestItem>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines: string[] = [];
  for await (const request of requests) {
    lines.push(`${JSON.stringify(request)}\n`);
    if (lines.length < LINES) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
  }
  yield encoder.encode(lines.join(''));
}

function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}
