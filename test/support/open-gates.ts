import { onTestFinished } from 'vitest';
import type { Principal } from '../../src/edge/access/principal.js';
import { type OpenGate, openGate } from '../../src/edge/gate/open-gate.js';
import { publishPlan } from '../../src/edge/gate/publish.js';
import { type GateSeason, openSeason } from '../../src/edge/gate/season.js';
import { makeApiServer } from '../../src/edge/http/server.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import type { Scenario } from '../../src/network/scenario.js';

/** One process's worth of a gate on a database. */
export interface TestGate extends OpenGate {
  readonly season: GateSeason;
}

const NOTHING_RELEASED = {
  releases: [],
  prices: { resource: new Int32Array(), slot: new Int32Array(), price: new Float64Array() },
};

/**
 * Opens the gate of a season whose clock begins now, with a plan without shares: all its capacity is free. It is closed when
 * the test is over.
 */
export async function testGate(database: PostgresDatabase, scenario: Scenario): Promise<TestGate> {
  const season = await openSeason(database, scenario, true);
  await publishPlan(database, season, 0, NOTHING_RELEASED);
  const open = await openGate({ database, season, onError: fail });
  onTestFinished(() => open.close());
  return { ...open, season };
}

function fail(error: unknown): never {
  throw error;
}

/** Lets other processes of the season ask this one. */
export async function answerPeers(database: PostgresDatabase, gate: TestGate): Promise<void> {
  const stopping = new AbortController().signal;
  const served = { database, gate: { season: gate.season, open: gate }, stopping };
  const app = await makeApiServer(served, 'silent');
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  await gate.announce(address);
}

export function platform(id: string): Principal {
  const organisation = { id, kind: 'platform', level: 'nation', region: '000000' } as const;
  return { organisation, actor: `key-${id}`, role: 'dispatcher' };
}

export const NATION: Principal = {
  organisation: { id: 'SPB', kind: 'administration', level: 'nation', region: '000000' },
  actor: 'key-spb',
  role: 'dispatcher',
};
