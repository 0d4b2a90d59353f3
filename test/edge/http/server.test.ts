import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  CostlyHoldsAnswer,
  ExplanationAnswer,
  HoldsAnswer,
  LoadsAnswer,
  MapAnswer,
  PlanAnswer,
} from '../../../src/edge/http/schema.js';
import type { ServedSeason } from '../../../src/edge/http/served-season.js';
import { consoleServer } from '../../support/console-server.js';
import { servedSeason } from '../../support/served-season.js';

let app: FastifyInstance;
let season: ServedSeason;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets', 'page-1.js'), 'export {};');
  await writeFile(join(folder, 'assets', 'page-1.js.br'), 'compressed');
  season = await servedSeason();
});

beforeEach(async () => {
  ({ app } = await consoleServer({ season, console: folder }));
});

afterAll(() => rm(folder, { recursive: true }));

async function get<T>(url: string): Promise<T> {
  const response = await app.inject(url);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
}

describe('what is not allowed is denied', () => {
  test('a page elsewhere cannot reach the server through a name of its own', async () => {
    const response = await app.inject({
      url: '/v1/plan',
      headers: { host: 'elsewhere.example' },
    });
    expect(response.statusCode).toBe(403);
    expect(response.json()).toMatchObject({ status: 403, title: 'Forbidden' });
  });

  test.each(['/v1/nothing', '/nothing.txt', '/assets/../index.html', '/assets/%2e%2e/index.html'])(
    '%s is not found, and the answer is problem+json',
    async (url) => {
      const response = await app.inject(url);
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toContain('application/problem+json');
    },
  );

  test.each([
    '/v1/holds?by=weight',
    '/v1/holds',
    '/v1/holds?by=shipper&more=1',
    '/v1/explanations?service=standard',
    '/v1/explanations?service=s&operator=o&origin=a&destination=b&slot=1.5',
  ])('%s is refused as a bad request', async (url) => {
    const response = await app.inject(url);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ status: 400 });
  });
});

describe('what browsers are told', () => {
  test('the page may run scripts of this server only, and none inline', async () => {
    const { headers } = await app.inject('/plan');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('files with a hash in their name are kept for good, and sent compressed', async () => {
    const { headers, body } = await app.inject({
      url: '/assets/page-1.js',
      headers: { 'accept-encoding': 'br' },
    });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('br');
    expect(body).toBe('compressed');
  });

  test('an answer of this run of the server is not sent twice', async () => {
    const { headers } = await app.inject('/v1/plan');
    const again = await app.inject({
      url: '/v1/plan',
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });
});

describe('the answers of the API', () => {
  test('the season: nothing is lost, and only the plan stays within the capacities', async () => {
    const { holds, overload, certificate } = await get<PlanAnswer>('/v1/plan');
    expect(holds.released + holds.carried).toBe(holds.ready);
    expect(overload.atOnce.resourceSlots).toBeGreaterThan(0);
    expect(overload.planned).toMatchObject({ resources: 0, resourceSlots: 0, peakRatio: 1 });
    expect(certificate.gap).toBe(0.0015);
  });

  test('the map and the loads of a resource are the same figures', async () => {
    const map = await get<MapAnswer>('/v1/map?kind=hub');
    const id = 'ZTO/hub/110000-1';
    const loads = await get<LoadsAnswer>(`/v1/resources/${encodeURIComponent(id)}/loads`);
    const row = map.ids.indexOf(id);
    const { length } = loads.atOnce;
    for (const table of ['atOnce', 'planned', 'capacity'] as const) {
      expect(map[table][row].slice(0, length)).toEqual(loads[table]);
    }
    expect(map.atOnce[row].slice(length).every((load) => load === 0)).toBe(true);
    expect(loads.capacity[5]).toBe(0);
    expect(loads.planned[5]).toBe(0);
    expect((await app.inject('/v1/resources/none/loads')).statusCode).toBe(404);
  });

  test.each(['service', 'shipper', 'destination', 'origin'])('holds by %s add up', async (by) => {
    const { groups } = await get<HoldsAnswer>(`/v1/holds?by=${by}`);
    const { holds } = await get<PlanAnswer>('/v1/plan');
    const sum = (of: 'ready' | 'released' | 'held' | 'carried') =>
      groups.reduce((total, { figures }) => total + figures[of], 0);
    for (const figure of ['ready', 'released', 'held', 'carried'] as const) {
      expect(sum(figure)).toBe(holds[figure]);
    }
  });

  test('costly holds come dearest first, what is carried over apart', async () => {
    const { held, carried } = await get<CostlyHoldsAnswer>('/v1/holds/costly');
    expect(held.length).toBeGreaterThan(10);
    expect(carried.length).toBeGreaterThan(0);
    for (const list of [held, carried]) {
      const costs = list.map(({ cost }) => cost);
      expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    }
    expect(held.every((hold) => hold.held > 0 && hold.meanHours > 0)).toBe(true);
    expect(carried.every((hold) => hold.carried > 0)).toBe(true);
  });

  test.each(['held', 'carried'] as const)(
    'a costly hold (%s) is explained, and the parts of each slot add up',
    async (list) => {
      const answers = await get<CostlyHoldsAnswer>('/v1/holds/costly');
      const { cohort, ready } = answers[list][0];
      const query = new URLSearchParams({ ...cohort, slot: String(cohort.slot) });
      const answer = await get<ExplanationAnswer>(`/v1/explanations?${query}`);
      expect(answer.chosen.reduce((sum, { parcels }) => sum + parcels, 0)).toBe(ready);
      for (const option of [...answer.slots, answer.least]) {
        const prices = option.tolls.reduce((sum, { price, times }) => sum + price * times, 0);
        const { waiting, lateness, growth, detour, penalty, total } = option;
        expect(waiting + lateness + growth + detour + penalty + prices).toBeCloseTo(total, 9);
      }
    },
  );

  test('a cohort that is not among the costly is explained too, and one that is not there is 404', async () => {
    const key = 'operator=ZTO&origin=330100&destination=440300&slot=';
    const answer = await get<ExplanationAnswer>(`/v1/explanations?service=standard&${key}-1`);
    expect(answer).toMatchObject({ ready: 12, cohort: { slot: -1 } });
    expect((await app.inject(`/v1/explanations?service=standard&${key}9`)).statusCode).toBe(404);
  });
});
