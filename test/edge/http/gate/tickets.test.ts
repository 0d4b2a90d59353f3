import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../../../src/client/api.js';
import { CallProblem } from '../../../../src/client/caller.js';
import { Unsure } from '../../../../src/edge/gate/gate-service.js';
import { clientOf, requestOf } from '../../../support/gate-clients.js';
import { type GateServer, startGateServer } from '../../../support/gate-server.js';

let server: GateServer;
beforeAll(async () => {
  server = await startGateServer();
});
afterAll(() => server.stop());

const post = (path: string, body: string, contentType = 'application/json') =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer mall', 'content-type': contentType },
    body,
  });

describe('asking for tickets', () => {
  test('G2: results come in order, one bad item spoils only itself, a repeat reads the same byte for byte', async () => {
    const spoiled = { ...requestOf('c'), more: 1 };
    const requests = [requestOf('a'), requestOf('b', { parcels: 0 }), spoiled, requestOf('d')];
    const { results } = await clientOf(server, 'mall').requestTickets({ requests });
    expect(results).toMatchObject([
      { id: 'a', status: 'ticketed' },
      { id: 'b', status: 'error', error: { code: 'invalid-field', field: 'parcels' } },
      { id: 'c', status: 'error', error: { code: 'unknown-field' } },
      { id: 'd', status: 'ticketed' },
    ]);
    const again = await post('/v1/tickets', JSON.stringify({ requests }));
    expect(await again.text()).toBe(JSON.stringify({ results }));
  });

  test.each([
    ['not JSON', '{', 400],
    ['not UTF-8', '"\xff', 400],
    ['null', 'null', 422],
    ['a list', '[]', 422],
    ['no requests', '{}', 422],
    ['none', '{"requests":[]}', 422],
    ['one too many', JSON.stringify({ requests: Array.from({ length: 10_001 }, () => 0) }), 422],
    ['another field', JSON.stringify({ requests: [requestOf('x')], more: 1 }), 422],
    ['a prototype', '{"requests":[],"__proto__":{}}', 422],
  ])('%s is a problem', async (_name, body, status) => {
    const response = await fetch(`${server.url}/v1/tickets`, {
      method: 'POST',
      headers: { authorization: 'Bearer mall', 'content-type': 'application/json' },
      body: Buffer.from(body, 'latin1'),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  test('another content type is not read', async () => {
    expect((await post('/v1/tickets', 'a=b', 'application/x-www-form-urlencoded')).status).toBe(
      415,
    );
    expect((await post('/v1/tickets/confirm', 'ids', 'text/plain')).status).toBe(415);
  });

  test('P4: what nobody knows is said so, with when to ask again; the client asks again with the same ids', async () => {
    let unsure = 2;
    server.gate.beforeDecide = async () => {
      if (unsure-- > 0) throw new Unsure(0, 'The ledger did not answer in time.');
    };
    const requests = [requestOf('once')];
    const failed = await clientOf(server, 'mall')
      .requestTickets({ requests })
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CallProblem);
    expect(failed).toMatchObject({ status: 503, retryAfterSeconds: 0 });
    const { results } = await clientOf(server, 'mall', 3).requestTickets({ requests });
    expect(results).toMatchObject([{ id: 'once', status: 'ticketed' }]);
    server.gate.beforeDecide = async () => {};
  });
});

describe('what becomes of tickets', () => {
  test('P11: what another organisation asked for is not there', async () => {
    const mall = clientOf(server, 'mall');
    await mall.requestTickets({ requests: [requestOf('mine')] });
    expect((await mall.getRequest('mine')).tickets).toMatchObject([
      { id: 'mine', state: 'issued' },
    ]);
    const bazaar = clientOf(server, 'bazaar');
    await expect(bazaar.getRequest('mine')).rejects.toMatchObject({ status: 404 });
    expect((await bazaar.confirmTickets({ ids: ['mine'] })).results).toEqual([
      { id: 'mine', status: 'unknown' },
    ]);
    await expect(clientOf(server, 'nobody').getRequest('mine')).rejects.toMatchObject({
      status: 401,
    });
    await expect(
      clientOf(server, 'operator').confirmTickets({ ids: ['mine'] }),
    ).rejects.toMatchObject({
      status: 403,
    });
  });

  test('they are listed page by page, and confirmed and cancelled by id', async () => {
    const client = clientOf(server, 'bazaar');
    const ids = Array.from({ length: 25 }, (_, i) => `page-${i}`);
    await client.requestTickets({ requests: ids.map((id) => requestOf(id)) });
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTickets({ limit: 10, ...(cursor && { cursor }) });
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(listed).toEqual(ids);
    const { results } = await client.cancelTickets({ ids: ['page-0', 'nothing'] });
    expect(results.map(({ status }) => status)).toEqual(['done', 'unknown']);
    const cancelled = await client.listTickets({ state: 'cancelled' });
    expect(cancelled.items.map(({ id }) => id)).toEqual(['page-0']);
  });
});

describe('NDJSON', () => {
  test('a line cut in two is one request; results come in order while the stream goes on', async () => {
    const told: string[] = [];
    const requests = Array.from({ length: 700 }, (_, i) =>
      requestOf(`n${i}`, i % 7 === 6 ? { parcels: -1 } : {}),
    );
    for await (const result of clientOf(server, 'mall').requestTicketsInLines(requests)) {
      told.push(`${result.id} ${result.status}`);
    }
    expect(told).toEqual(
      Array.from({ length: 700 }, (_, i) => `n${i} ${i % 7 === 6 ? 'error' : 'ticketed'}`),
    );
  });

  test('a result comes before the next request is sent', async () => {
    const lines = [requestOf('h1'), requestOf('h2')].map((each) => JSON.stringify(each));
    const text = lines.join('\r\n');
    const half = lines[0].length + 20;
    const asking = request(`${server.url}/v1/tickets`, {
      method: 'POST',
      headers: { authorization: 'Bearer mall', 'content-type': 'application/x-ndjson' },
    });
    asking.write(text.slice(0, half));
    const [answer]: AsyncIterable<Buffer>[] = await once(asking, 'response');
    const results: Result[] = [];
    for await (const chunk of answer) {
      results.push(JSON.parse(String(chunk)));
      if (results.length === 1) asking.end(text.slice(half));
    }
    expect(results.map(({ id }) => id)).toEqual(['h1', 'h2']);
  });

  test('a line that is no request, or too long, is an error of its own', async () => {
    const text = `{\n${'x'.repeat(20_000)}\n\n${JSON.stringify(requestOf('n-last'))}`;
    const answer = await (await post('/v1/tickets', text, 'application/x-ndjson')).text();
    const results = answer
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map(({ error, status }) => error?.code ?? status)).toEqual([
      'malformed',
      'malformed',
      'ticketed',
    ]);
  });
});
