import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Simulate } from '../../../src/edge/http/simulation-job.js';
import type {
  AskedSimulation,
  CurvesAnswer,
  HubAnswer,
  HubsAnswer,
  SimulatedHoldsAnswer,
  SimulationAnswer,
  SimulationSummary,
  SimulationsAnswer,
} from '../../../src/edge/http/simulation-schema.js';
import type { Browser as Visitor } from '../../support/access-server.js';
import { type ConsoleServer, consoleServer } from '../../support/console-server.js';
import { fakeSimulate, fakeSimulation } from '../../support/fake-simulation.js';
import type { ServedSeason } from '../../support/served-season.js';
import { servedSeason } from '../../support/served-season.js';

let season: ServedSeason;
let server: ConsoleServer;
let analyst: Visitor;
beforeAll(async () => {
  season = await servedSeason();
});

const ASKED: AskedSimulation = {
  policies: ['plan', 'at-once'],
  seed: 7,
  runs: 2,
  surprises: 'ordinary',
};

/** Serves a season, and lets an analyst in. */
async function serve(simulate: Simulate = fakeSimulate, generated = true): Promise<void> {
  const simulation = { ...fakeSimulation, simulate };
  server = await consoleServer({ season, console: tmpdir(), simulation, generated });
  analyst = await server.as('analysts');
}

function post(asked: object) {
  return analyst.send('POST', '/v1/simulations', asked);
}

async function get<T>(url: string): Promise<T> {
  const response = await analyst.send('GET', `/v1/simulations${url}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
}

/** Starts one and lets it end. */
async function finished(asked: AskedSimulation = ASKED): Promise<SimulationAnswer> {
  const { id } = (await post(asked)).json<SimulationSummary>();
  return ended(id);
}

async function ended(id: string): Promise<SimulationAnswer> {
  for (;;) {
    const answer = await get<SimulationAnswer>(`/${id}`);
    if (answer.state !== 'running' && answer.state !== 'stopping') return answer;
    await new Promise(setImmediate);
  }
}

const never: Simulate = () => {
  throw new Error('it ran');
};

/** Simulates until it is told to stop. */
const endless: Simulate = (_scenario, { signal }) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

describe('a simulation', () => {
  test('is accepted, found again by its address and in the list, and ends', async () => {
    await serve();
    const response = await post(ASKED);
    expect(response.statusCode).toBe(202);
    const { id } = response.json<SimulationSummary>();
    expect(response.headers.location).toBe(`/v1/simulations/${id}`);
    const answer = await ended(id);
    expect(answer).toMatchObject({ state: 'done', progress: { finished: 4, runs: 4 } });
    const { simulations } = await get<SimulationsAnswer>('');
    expect(simulations.map((each) => each.id)).toEqual([id]);
  });

  test('runs every policy on the same seeds and surprises, in the order of tables', async () => {
    const seen: unknown[] = [];
    await serve((scenario, options) => {
      seen.push([options.seed, options.policy, options.surprises.demand]);
      return fakeSimulate(scenario, options);
    });
    await finished({ ...ASKED, surprises: 'hard' });
    expect(seen).toEqual([
      [7, 'at-once', 0.12],
      [7, 'plan', 0.12],
      [8, 'at-once', 0.12],
      [8, 'plan', 0.12],
    ]);
  });

  test('sets policies side by side: means with intervals, differences to the plan', async () => {
    await serve();
    const { base, figures, runs } = await finished();
    expect(base).toBe('plan');
    expect(runs.map(({ policy, seed }) => [policy, seed])).toEqual([
      ['at-once', 7],
      ['plan', 7],
      ['at-once', 8],
      ['plan', 8],
    ]);
    const [atOnce, plan] = figures.find(({ name }) => name === 'meanHours')?.of ?? [];
    expect(plan).toMatchObject({ policy: 'plan', n: 2, mean: 47.5, least: 47, most: 48 });
    expect(atOnce.difference).toMatchObject({ mean: 35, low: 35, high: 35 });
    const gridlock = figures.find(({ name }) => name === 'gridlockHours')?.of ?? [];
    expect(gridlock.map(({ zero }) => zero?.seeds)).toEqual([0, 2]);
    const recovery = figures.find(({ name }) => name === 'recoveryHours')?.of ?? [];
    expect(recovery.map(({ mean }) => mean)).toEqual([null, 40]);
  });

  test('shows a hub the same in the heat map, as a curve and in the figures', async () => {
    await serve();
    const { id, runs } = await finished();
    const { hubs, full } = await get<HubsAnswer>(`/${id}/hubs?policy=at-once&seed=7`);
    expect(full).toHaveLength(hubs.length);
    const over = full.map((row) => row.filter((percent) => percent > 100).length);
    expect(over).toEqual(hubs.map((hub) => hub.overflowSlots));
    expect(over.reduce((sum, n) => sum + n, 0)).toBe(runs[0].figures.overflowHours);
    const hub = await get<HubAnswer>(
      `/${id}/hubs/${encodeURIComponent(hubs[0].resource.id)}?seed=7`,
    );
    const { floor, policies } = hub;
    expect(hub.important).toBe(true);
    expect(policies.map(({ policy }) => policy)).toEqual(['at-once', 'plan']);
    expect(policies[0].stock.filter((stock) => stock > (floor ?? 0))).toHaveLength(over[0]);
    expect(policies[0].outside.some((parcels) => parcels > 0)).toBe(true);
    const same = await get<HubsAnswer>(`/${id}/hubs?policy=plan&seed=7`);
    expect(same.hubs.map(({ resource }) => resource.id)).toEqual(
      hubs.map(({ resource }) => resource.id),
    );
  });

  test('gives curves and holds of a seed side by side', async () => {
    await serve();
    const { id, runs } = await finished();
    const { policies } = await get<CurvesAnswer>(`/${id}/curves?seed=8`);
    expect(policies.map(({ policy }) => policy)).toEqual(['at-once', 'plan']);
    const { delivered, gridlocked } = policies[0];
    expect(delivered.reduce((sum, n) => sum + n, 0)).toBe(runs[0].figures.delivered);
    expect(Math.max(...gridlocked)).toBe(2);
    const { groups } = await get<SimulatedHoldsAnswer>(`/${id}/holds?seed=8&by=service`);
    expect(groups.map(({ key }) => key)).toEqual(['standard', 'timed']);
    expect(groups[0].policies.map(({ meanHours }) => meanHours)).toEqual([0, 2]);
  });

  test('stops when told to, keeps what it has, and is removed when told again', async () => {
    await serve((scenario, options) =>
      options.policy === 'plan' ? endless(scenario, options) : fakeSimulate(scenario, options),
    );
    const { id } = (await post(ASKED)).json<SimulationSummary>();
    const remove = () => analyst.send('DELETE', `/v1/simulations/${id}`);
    while ((await get<SimulationAnswer>(`/${id}`)).runs.length === 0)
      await new Promise(setImmediate);
    expect((await remove()).statusCode).toBe(204);
    expect(await ended(id)).toMatchObject({ state: 'stopped', runs: [{ policy: 'at-once' }] });
    expect((await remove()).statusCode).toBe(204);
    expect((await analyst.send('GET', `/v1/simulations/${id}`)).statusCode).toBe(404);
  });

  test('that fails says so, and not why', async () => {
    await serve(() => Promise.reject(new Error('secret')));
    const response = await post(ASKED);
    const answer = await ended(response.json<SimulationSummary>().id);
    expect(answer.state).toBe('failed');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

describe('the server', () => {
  test('runs one at a time: a second is refused with when to come back and what runs', async () => {
    await serve(endless);
    const first = await post(ASKED);
    const second = await post(ASKED);
    expect(second.statusCode).toBe(409);
    expect(second.headers['content-type']).toContain('application/problem+json');
    expect(second.headers.location).toBe(first.headers.location);
    expect(Number(second.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  test('keeps the last five, and asks browsers to keep none', async () => {
    await serve();
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.unshift((await finished()).id);
    const { simulations } = await get<SimulationsAnswer>('');
    expect(simulations.map(({ id }) => id)).toEqual(ids.slice(0, 5));
    const { headers } = await analyst.send('GET', `/v1/simulations/${ids[0]}`);
    expect(headers.etag).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });

  test('ends with a simulation at hand', async () => {
    let stopped = false;
    await serve((scenario, options) => {
      options.signal?.addEventListener('abort', () => {
        stopped = true;
      });
      return endless(scenario, options);
    });
    await post(ASKED);
    await new Promise(setImmediate);
    await server.app.close();
    expect(stopped).toBe(true);
  });
});

describe('what is asked for is checked before anything runs', () => {
  test('and refused with what is wrong', async () => {
    await serve(never);
    for (const change of [
      { policies: ['wait-and-see'] },
      { policies: [] },
      { policies: ['plan', 'plan'] },
      { runs: 21 },
      { runs: 0 },
      { seed: 0.5 },
      { seed: '7' },
      { surprises: 'utter' },
      { threads: 4 },
    ]) {
      const response = await post({ ...ASKED, ...change });
      expect(response.statusCode, JSON.stringify(change)).toBe(422);
      expect(response.headers['content-type']).toContain('application/problem+json');
    }
    expect((await get<SimulationsAnswer>('')).simulations).toEqual([]);
    for (const url of [
      '',
      '/curves?seed=1',
      '/hubs?policy=plan&seed=1',
      '/holds?by=service&seed=1',
    ]) {
      const response = await analyst.send('GET', `/v1/simulations/none${url}`);
      expect(response.statusCode, url).toBe(404);
    }
  });

  test('a seed, policy or hub that was not simulated is not found', async () => {
    await serve();
    const { id } = await finished({ ...ASKED, policies: ['plan'], runs: 1 });
    for (const url of [
      'curves?seed=9',
      'hubs?policy=at-once&seed=7',
      'hubs/nowhere?seed=7',
      'hubs?policy=plan&seed=x',
    ]) {
      const { statusCode } = await analyst.send('GET', `/v1/simulations/${id}/${url}`);
      expect(statusCode, url).toBe(url.endsWith('x') ? 400 : 404);
    }
  });
});

describe('P11, P12: who sees which', () => {
  test('analysts see their own, the nation sees all; provinces, operators and platforms none', async () => {
    await serve();
    const theirs = await finished();
    const spb = await server.as('SPB');
    const made = (await spb.send('POST', '/v1/simulations', ASKED)).json<SimulationSummary>();
    expect(made).toMatchObject({ organisation: 'SPB', actor: 'duty-1' });
    const listed = (await spb.send('GET', '/v1/simulations')).json<SimulationsAnswer>();
    expect(listed.simulations.map(({ id, organisation }) => [id, organisation])).toEqual([
      [made.id, 'SPB'],
      [theirs.id, 'analysts'],
    ]);
    const own = await get<SimulationsAnswer>('');
    expect(own.simulations.map(({ id }) => id)).toEqual([theirs.id]);
    const foreign = await analyst.send('GET', `/v1/simulations/${made.id}`);
    const missing = await analyst.send('GET', '/v1/simulations/none');
    expect([foreign.statusCode, foreign.body]).toEqual([404, missing.body]);
    expect((await analyst.send('DELETE', `/v1/simulations/${made.id}`)).statusCode).toBe(404);
    const { rows } = await server.database.transact({ as: 'keeper' }, (client) =>
      client.query<{ id: string }>(
        "SELECT id FROM organisation WHERE id NOT IN ('SPB', 'analysts')",
      ),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { id: who } of rows) {
      const visitor = await server.as(who);
      expect((await visitor.send('GET', '/v1/simulations')).statusCode, who).toBe(403);
    }
  });

  test('that another organisation runs one is said, and not where', async () => {
    await serve(endless);
    const spb = await server.as('SPB');
    expect((await spb.send('POST', '/v1/simulations', ASKED)).statusCode).toBe(202);
    const refused = await post(ASKED);
    expect([refused.statusCode, refused.headers.location]).toEqual([409, undefined]);
    expect(await get<SimulationsAnswer>('')).toEqual({ simulations: [], busy: true });
  });

  test('a viewer looks, and starts nothing', async () => {
    await serve(never);
    const viewer = await server.as('analysts', 'viewer-1');
    expect((await viewer.send('GET', '/v1/simulations')).statusCode).toBe(200);
    expect((await viewer.send('POST', '/v1/simulations', ASKED)).statusCode).toBe(403);
  });

  test('of a season that was not generated, analysts are told nothing, and the nation all', async () => {
    await serve(fakeSimulate, false);
    const missing = await analyst.send('GET', '/v1/simulations/none');
    for (const answer of [
      await post(ASKED),
      await post({}),
      await analyst.send('GET', '/v1/simulations'),
    ]) {
      expect([answer.statusCode, answer.body]).toEqual([404, missing.body]);
    }
    const spb = await server.as('SPB');
    expect((await spb.send('POST', '/v1/simulations', ASKED)).statusCode).toBe(202);
  });
});
