import { makeKeys } from '../../src/edge/load/provision.js';
import { servedSeason } from '../../src/edge/load/served-season.js';
import { openDatabase } from '../../src/edge/postgres/connect.js';
import { findEmbedded } from '../../src/edge/postgres/embedded.js';
import { readScenario } from '../../src/network/read-scenario.js';

export interface Watched {
  readonly events: number;
  /** Milliseconds from a scan's acknowledgement until the event that shows it has come: worst in each interval between events. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/**
 * Watches a server's changes as a screen of the nation's administration does. All that was acknowledged before an event's
 * moment is in it; so what came right after the event before has waited longest.
 */
export async function watchScreen(
  url: string,
  folder: string,
  data: string,
): Promise<{ end(): Promise<Watched> }> {
  const database = await openDatabase({ url: String(await findEmbedded(data)) });
  const scenario = await readScenario(folder);
  const { offsetMs } = await servedSeason(database, scenario);
  const keys = await makeKeys(database, ['screen'], Date.now, 'administration');
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${keys.secrets[0]}` };
  const response = await fetch(`${url}/v1/network/changes`, { headers, signal: stop.signal });
  if (!response.ok || !response.body) throw new Error(await response.text());
  const waits: number[] = [];
  const read = watch(response.body, (at, before) => {
    waits.push(Date.now() + offsetMs - before);
    return at;
  });
  return {
    async end() {
      stop.abort();
      await read;
      await keys.revoke();
      await database.close();
      waits.sort((a, b) => a - b);
      const share = (q: number) => Math.round(waits[Math.floor(q * (waits.length - 1))]);
      return { events: waits.length, p50: share(0.5), p99: share(0.99), most: share(1) };
    },
  };
}

/** Calls `seen` with the moment of each event and that of the one before, until the stream ends. */
async function watch(
  body: ReadableStream<Uint8Array>,
  seen: (at: number, before: number) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let before = Number.NaN;
  try {
    for await (const chunk of body) {
      const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const at = Date.parse(/"at":"([^"]+)"/.exec(event)?.[1] ?? '');
        if (!Number.isNaN(before)) seen(at, before);
        before = at;
      }
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
  }
}
