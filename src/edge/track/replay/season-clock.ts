import type { Timing } from '../../../units/timing.js';
import { systemTiming } from '../../clock.js';

/** A season whose clock differs from the machine's by less is not made up, ms. */
const SAME_MS = 60_000;

/**
 * The clock of the season that a server has, by what it says of the network.
 *
 * @throws Error where it does not answer, or where its season is not made up: nothing that is generated may go there (P15)
 */
export async function seasonClock(url: URL, key: string): Promise<Timing> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(new URL('/v1/network/state', url), { headers }).catch(() => {
    throw new Error(`no server answers at ${url.origin}`);
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url.origin} answered ${answer.status} ${text.slice(0, 300)}`);
  const { at, ageMs }: { readonly at: string; readonly ageMs: number } = JSON.parse(text);
  const offsetMs = Date.parse(at) + ageMs - Date.now();
  if (Math.abs(offsetMs) < SAME_MS) {
    throw new Error(
      `the season at ${url.origin} goes by the machine's clock: it is not made up, and generated scans may not go there`,
    );
  }
  return systemTiming(offsetMs);
}
