import type { Scenario } from '../../network/scenario.js';
import { emptyTally, TALLIES, type Tally } from '../../track/sources.js';
import type { ScanKey } from './scan-load.js';
import type { ScanSender } from './scan-sender.js';

/** What a server says of an operator: its places and its own scans. */
export interface ServerSays {
  /** Stock and bound of its resources, by id. */
  readonly resources: ReadonlyMap<string, { readonly stock: number; readonly bound: number }>;
  readonly tally: Tally;
}

/** Faults kept with their text. */
const FAULTS_KEPT = 10;

/** Asks a server with each key. @throws Error where it does not answer as it should. */
export function askServer(url: URL, keys: readonly ScanKey[]): Promise<ServerSays[]> {
  return Promise.all(keys.map((key) => askOne(url, key)));
}

async function askOne(url: URL, { operator, key }: ScanKey): Promise<ServerSays> {
  const state = await get<{ readonly resources: readonly State[] }>(url, '/v1/network/state', key);
  const sources = await get<{ readonly items: readonly Source[] }>(url, '/v1/sources', key);
  const own = sources.items.find(({ source }) => source === operator);
  return {
    resources: new Map(
      state.resources.map(({ resource, stock, bound = 0 }) => [resource, { stock, bound }]),
    ),
    tally: own?.tally ?? emptyTally(),
  };
}

interface State {
  readonly resource: string;
  readonly stock: number;
  readonly bound?: number;
}

interface Source {
  readonly source: string;
  readonly tally: Tally;
}

async function get<A>(url: URL, path: string, key: string): Promise<A> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(new URL(path, url), { headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
  const body: A = JSON.parse(text);
  return body;
}

export interface ScanFaults {
  readonly total: number;
  readonly first: readonly string[];
}

/**
 * Holds what a server says before and after a run against what it acknowledged (P7): stocks of places and what is bound for them,
 * distinct scans, nothing quarantined, and all outcomes adding up. Only this run may have sent in between.
 */
export function checkScans(
  scenario: Scenario,
  senders: readonly ScanSender[],
  before: readonly ServerSays[],
  after: readonly ServerSays[],
): ScanFaults {
  const faults: string[] = [];
  let total = 0;
  const hold = (what: string, is: number, should: number): void => {
    if (is === should) return;
    total += 1;
    if (faults.length < FAULTS_KEPT) faults.push(`${what}: ${is}, not ${should}`);
  };
  for (const [s, sender] of senders.entries()) {
    const [old, now] = [before[s], after[s]];
    for (const [id, { stock, bound }] of now.resources) {
      const r = scenario.resources.ids.findText(id);
      if (scenario.resources.kind[r] === 'lane') continue;
      hold(`stock of ${id}`, stock - (old.resources.get(id)?.stock ?? 0), sender.stock[r]);
      hold(`bound for ${id}`, bound - (old.resources.get(id)?.bound ?? 0), sender.bound[r]);
    }
    const of = (name: keyof Tally) => now.tally[name] - old.tally[name];
    hold('distinct scans', of('applied') + of('superseded'), sender.distinct);
    hold('quarantined', of('quarantined'), 0);
    const sum = TALLIES.slice(1).reduce((n, name) => n + of(name), 0);
    hold('sum of outcomes', sum, of('received'));
    // A call whose answer was lost is sent again: received twice, and counted once.
    if (of('received') < sender.told.received)
      hold('received', of('received'), sender.told.received);
  }
  return { total, first: faults };
}
