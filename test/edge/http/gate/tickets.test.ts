import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GateServer, startGateServer } from '../../../support/gate-server.js';

let server: GateServer;
beforeAll(async () => {
  server = await startGateServer();
});
afterAll(() => server.stop());

const item = (id: string, more: object = {}) => ({
  id,
  service: 'standard',
  operator: 'op',
  origin: 'a',
  destination: 'b',
  readyAt: '2026-11-11T00:00:00+08:00',
  parcels: 3,
  ...more,
});

async function post(path: string, body: unknown, key = 'mall'): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('asking for tickets', () => {
  test('G2: results come in order, one bad item spoils only itself, a repeat reads the same byte for byte', async () => {
    const requests = [item('a'), item('b', { parcels: 0 }), item('c', { more: 1 }), item('d')];
    const first = await (await post('/v1/tickets', { requests })).text();
    const results = JSON.parse(first).results;
    expect(results.map((r: { status: string }) => r.status)).toEqual([
      'ticketed',
      'error',
      'error',
      'ticketed',
    ]);
    expect(results[1].error).toMatchObject({ code: 'invalid-field', field: 'parcels' });
    expect(results[2].error).toMatchObject({ code: 'unknown-field' });
    expect(await (await post('/v1/tickets', { requests })).text()).toBe(first);
  });

  test.each([
    ['not JSON', '{', 400],
    ['no requests', {}, 422],
    ['none', { requests: [] }, 422],
    ['one too many', { requests: Array.from({ length: 10_001 }, () => 0) }, 422],
    ['another field', { requests: [item('x')], more: 1 }, 422],
  ])('%s is a problem', async (_name, body, status) => {
    const response = await post('/v1/tickets', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  test('P11: what another organisation asked for is not there', async () => {
    await post('/v1/tickets', { requests: [item('mine')] });
    const statuses = ['mall', 'bazaar', 'nobody'].map(async (key) => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${server.url}/v1/tickets/mine`, { headers })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 404, 401]);
  });
});

describe('NDJSON', () => {
  test('a line cut in two is one request; results come in order while the stream goes on', async () => {
    const lines = [item('n1'), item('n2', { parcels: -1 }), item('n3')].map((i) =>
      JSON.stringify(i),
    );
    const text = lines.join('\r\n');
    const asking = httpRequest(`${server.url}/v1/tickets`, {
      method: 'POST',
      headers: { authorization: 'Bearer mall', 'content-type': 'application/x-ndjson' },
    });
    const answer = new Promise<AsyncIterable<Buffer>>((resolve) =>
      asking.once('response', resolve),
    );
    asking.write(text.slice(0, lines[0].length + 20));
    const chunks = (await answer)[Symbol.asyncIterator]();
    expect(JSON.parse(String((await chunks.next()).value))).toMatchObject({ id: 'n1' });
    asking.end(text.slice(lines[0].length + 20));
    let rest = '';
    for (let c = await chunks.next(); !c.done; c = await chunks.next()) rest += String(c.value);
    const results = rest
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results).toMatchObject([
      { id: 'n2', status: 'error', error: { field: 'parcels' } },
      { id: 'n3', status: 'ticketed' },
    ]);
  });

  test('a line that is no request, or too long, is an error of its own', async () => {
    const response = await fetch(`${server.url}/v1/tickets`, {
      method: 'POST',
      headers: { authorization: 'Bearer mall', 'content-type': 'application/x-ndjson' },
      body: `{\n${'x'.repeat(20_000)}\n\n${JSON.stringify(item('n4'))}\n`,
    });
    const results = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map((r) => r.error?.code ?? r.status)).toEqual([
      'malformed',
      'malformed',
      'ticketed',
    ]);
  });
});
