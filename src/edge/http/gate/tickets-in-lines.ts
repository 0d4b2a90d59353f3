import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Busy, type ItemFault, type RequestItem, Unsure } from '../../gate/gate-service.js';
import type { GateContext } from './context.js';
import { countResults } from './metrics.js';
import { type Line, readLines, TOO_LONG } from './ndjson.js';
import { parseLine } from './request-item.js';

/** Attempts at one part of a stream before its lines are answered `unsure`. */
const ATTEMPTS = 5;

/**
 * Results of a stream of requests, a line each, in order. The next part is read when the results of the one before have
 * been taken: a slow reader slows its own writing and nothing is heaped up.
 */
export function answerLines(context: GateContext, shipper: string, requests: Readable): Readable {
  return Readable.from(results(context, shipper, requests), { objectMode: false });
}

async function* results(
  context: GateContext,
  shipper: string,
  requests: Readable,
): AsyncGenerator<Buffer> {
  for await (const lines of readLines(requests, context.limits)) {
    const texts = await decideLines(context, shipper, lines);
    context.metrics.countDecided(countResults(texts));
    yield Buffer.from(`${texts.join('\n')}\n`);
  }
}

async function decideLines(
  { gate, turns, stopping }: GateContext,
  shipper: string,
  lines: readonly Line[],
): Promise<string[]> {
  const items = lines.map(readItem);
  const bytes = lines.reduce((sum, line) => sum + (line === TOO_LONG ? 0 : line.length), 1);
  for (let attempt = 1; ; attempt++) {
    try {
      return await turns.run(shipper, bytes, () => gate.decide(shipper, items));
    } catch (error) {
      if (!(error instanceof Busy || error instanceof Unsure)) throw error;
      if (attempt === ATTEMPTS) return items.map((item) => unsure(item, error));
      await sleep(1000 * error.retryAfterSeconds, undefined, { signal: stopping });
    }
  }
}

function readItem(line: Line): RequestItem | ItemFault {
  if (line !== TOO_LONG) return parseLine(line);
  return { id: undefined, code: 'malformed', text: 'This line is longer than a request can be.' };
}

/** As the gate answers a fault; the same request may be asked again and is answered once (G2). */
function unsure({ id }: RequestItem | ItemFault, error: Busy | Unsure): string {
  const code = error instanceof Busy ? 'busy' : 'unsure';
  return JSON.stringify({ id, status: 'error', error: { code, text: error.message } });
}
