import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { Limits } from '../../../../src/edge/http/gate/limits.js';
import { clientOf, requestOf } from '../../../support/gate-clients.js';
import { type GateServer, startGateServer } from '../../../support/gate-server.js';

async function start(limits: Partial<Limits>): Promise<GateServer> {
  const server = await startGateServer(limits);
  onTestFinished(() => server.stop());
  return server;
}

/** A connection that says what it is told to, and what it was answered when the server closed it. */
async function say(server: GateServer, ...parts: string[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  return text(socket);
}

const head = (...headers: string[]) =>
  ['POST /v1/tickets HTTP/1.1', 'host: x', 'authorization: Bearer mall', ...headers, '', ''].join(
    '\r\n',
  );

const json = 'content-type: application/json';

test('a body that says it is too large is not read', async () => {
  const server = await start({ bodyBytesMost: 1000 });
  const answer = await say(server, head(json, 'content-length: 1001', 'connection: close'));
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*application\/problem\+json/);
});

test('a body that does not say how large it is is cut off when it is too large', async () => {
  const server = await start({ bodyBytesMost: 1000 });
  const chunk = `3e8\r\n${'x'.repeat(1000)}\r\n`;
  const answer = await say(server, head(json, 'transfer-encoding: chunked'), chunk, chunk);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*connection: close/);
});

test('a body that trickles is given up, in JSON and in lines', async () => {
  const server = await start({ bodyMs: 50 });
  const list = await say(server, head(json, 'content-length: 100'), '{');
  expect(list).toMatch(/^HTTP\/1\.1 408 [^]*connection: close[^]*problem\+json/);
  const lines = head('content-type: application/x-ndjson', 'transfer-encoding: chunked');
  expect(await say(server, lines, '1\r\n{\r\n')).not.toContain('"status":"ticketed"');
});

test('headers that trickle are given up', async () => {
  const server = await start({ headersMs: 100 });
  expect(await say(server, 'GET /health HTTP/1.1\r\nhost')).toMatch(/^(HTTP\/1\.1 408 [^]*)?$/);
});

test('P10: the organisation with too much on its way is refused, others are not', async () => {
  const server = await start({ bodyBytesMost: 1000, bytesMostPerOrganisation: 1500 });
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void slow.destroy());
  slow.write(head(json, 'content-length: 900'));
  const refused = async () => {
    const answer = await say(server, head(json, 'content-length: 900', 'connection: close'));
    return /^HTTP\/1\.1 (\d+)[^]*retry-after: 1/.exec(answer)?.[1];
  };
  await expect.poll(refused).toBe('429');
  const requests = [requestOf('calm')];
  expect((await clientOf(server, 'bazaar').requestTickets({ requests })).results).toHaveLength(1);
});

test('P10: where memory runs out, reading is refused before asking for tickets, and that before it is gone', async () => {
  const used = process.memoryUsage.rss();
  const scarce = await start({ memoryBytesMost: used * 1.1 });
  await expect(clientOf(scarce, 'mall').listTickets()).rejects.toMatchObject({
    status: 503,
    retryAfterSeconds: 5,
  });
  const gone = await start({ memoryBytesMost: used / 2 });
  const requests = [requestOf('a')];
  await expect(clientOf(gone, 'mall').requestTickets({ requests })).rejects.toMatchObject({
    status: 503,
  });
});

test("a flood by one shipper leaves another's requests their turn, and only it is refused", async () => {
  const bytesOf = JSON.stringify({ requests: [requestOf('calm')] }).length;
  const server = await start({
    bytesUnderWayMost: bytesOf,
    bytesMostPerOrganisation: 300 * bytesOf,
  });
  const { gate } = server;
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  gate.beforeDecide = async (shipper) => {
    begun.push(shipper);
    await new Promise<void>((end) => ends.push(end));
  };
  const flood = clientOf(server, 'mall');
  const refused: unknown[] = [];
  const asked = Array.from({ length: 400 }, async (_, i) => {
    const requests = [requestOf(`f${i}`)];
    await flood.requestTickets({ requests }).catch(({ status }) => refused.push(status));
  });
  await expect.poll(() => refused.length, { timeout: 20_000 }).toBeGreaterThan(50);
  const calm = clientOf(server, 'bazaar').requestTickets({ requests: [requestOf('calm')] });
  const floodBefore = begun.length;
  const over = new AbortController();
  const all = Promise.all([calm, ...asked]).finally(() => over.abort());
  while (!over.signal.aborted) {
    ends.shift()?.();
    await new Promise(setImmediate);
  }
  await all;
  expect(new Set(refused)).toEqual(new Set([429]));
  // One turn of the flood is 16 KiB of requests.
  const waited = begun.indexOf('bazaar') - floodBefore;
  expect(waited).toBeLessThan(2 + (16 * 1024) / bytesOf);
  expect(begun.length).toBeGreaterThan(200);
});

test('P13: the log has a line a request, and nothing of what was in it', async () => {
  const server = await start({});
  const client = clientOf(server, 'mall');
  await client.requestTickets({ requests: [requestOf('secret-id', { origin: 'secret-place' })] });
  await client.getRequest('secret-id');
  await client.listTickets({ origin: 'secret-place' });
  await fetch(`${server.url}/v1/tickets`, { headers: { authorization: 'Bearer secret-key' } });
  await expect.poll(() => server.log.filter((line) => line.includes('answered'))).toHaveLength(4);
  expect(server.log.join('')).not.toContain('secret');
  const lines = server.log
    .filter((line) => line.includes('answered'))
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({
    method: 'POST',
    route: '/v1/tickets',
    status: 200,
    organisation: 'mall',
  });
  expect(lines[0].bytesIn).toBeGreaterThan(100);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('cuofeng_gate_decisions_total{outcome="ticketed"} 1');
  expect(metrics).toContain('route="GET /v1/tickets/:id",status="200"');
  expect(metrics).not.toContain('secret');
});
