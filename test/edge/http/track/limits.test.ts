import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { Budget, guardIntake } from '../../../../src/edge/http/gate/intake.js';
import { LIMITS, type Limits } from '../../../../src/edge/http/gate/limits.js';
import { Held } from '../../../../src/units/held.js';
import { FakeTracking } from '../../../support/fake-tracking.js';
import { requestOf } from '../../../support/gate-clients.js';
import { startGateServer } from '../../../support/gate-server.js';
import { scanOf } from '../../../support/track-conformance.js';
import { ask, startTrackServer, TRACKERS } from '../../../support/track-server.js';

async function start(limits: Partial<Limits> = {}) {
  const service = new FakeTracking();
  const server = await startTrackServer(service, limits);
  onTestFinished(() => server.stop());
  return { server, service };
}

const send = (server: { readonly url: string }, key: string, ...lines: unknown[]) =>
  ask(server, key, '/v1/scans', lines);

/** A connection that says what it is told to, and what it was answered when the server closed it. */
async function say(server: { readonly url: string }, ...parts: string[]): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  return text(socket);
}

/** A request for tickets is answered. */
function asked({ url }: { readonly url: string }): Promise<Response> {
  return fetch(`${url}/v1/tickets`, {
    method: 'POST',
    headers: { authorization: 'Bearer mall', 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [requestOf('r')] }),
  });
}

const head = (...headers: string[]) =>
  [
    'POST /v1/scans HTTP/1.1',
    'host: x',
    'authorization: Bearer A',
    'content-type: application/x-ndjson',
    ...headers,
    '',
    '',
  ].join('\r\n');

test('a call has 1 to 10,000 scans; the last line needs no end, an empty line is a bad scan', async () => {
  const { server, service } = await start();
  const line = JSON.stringify(scanOf('p'));
  expect((await send(server, 'A')).status).toBe(422);
  const many = await send(server, 'A', ...Array.from({ length: 10_001 }, () => line));
  expect(many.status).toBe(422);
  expect((await service.picture()).scans).toBe(0);
  const most = await send(server, 'A', ...Array.from({ length: 10_000 }, () => line));
  expect(most.text).toContain('{"received":10000,"applied":1,"superseded":0,"duplicate":9999');
  const response = await fetch(`${server.url}/v1/scans`, {
    method: 'POST',
    headers: { authorization: 'Bearer A', 'content-type': 'application/x-ndjson' },
    body: `\n${line}`,
  });
  expect(await response.text()).toMatch(/^{"received":2,.*"quarantined":1,"faults":\[{"line":1,/);
});

test('what is too large, too slow, encoded or of another type is refused, and nothing of it is taken', async () => {
  const { server, service } = await start({ bodyBytesMost: 1000, bodyMs: 50 });
  const large = await say(server, head('content-length: 1001', 'connection: close'));
  expect(large).toMatch(/^HTTP\/1\.1 413 [^]*problem\+json/);
  const chunk = `3e8\r\n${'x'.repeat(1000)}\r\n`;
  const endless = await say(server, head('transfer-encoding: chunked'), chunk, chunk);
  expect(endless).toMatch(/^HTTP\/1\.1 413 [^]*connection: close/);
  const slow = await say(server, head('content-length: 100'), '{');
  expect(slow).toMatch(/^HTTP\/1\.1 408 /);
  const close = ['content-length: 2', 'connection: close'];
  expect(await say(server, head(...close, 'content-encoding: gzip'), '{}')).toMatch(/ 415 /);
  const json = head(...close).replace('x-ndjson', 'json');
  expect(await say(server, json, '{}')).toMatch(/^HTTP\/1\.1 415 /);
  expect((await service.picture()).version).toBe(0);
});

test('P4, P7: what is held is not acknowledged, and says when to come again', async () => {
  const { server, service } = await start();
  for (const [why, status] of [
    ['busy', 429],
    ['unsure', 503],
    ['lost', 503],
  ] as const) {
    service.beforeTake = async () => {
      throw new Held(why, 'secret of ours');
    };
    const answer = await send(server, 'A', scanOf('p'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '1']);
    expect(answer.text).not.toContain('secret');
  }
  service.beforeTake = async () => {};
  expect((await send(server, 'A', scanOf('p'))).text).toContain('"applied":1');
});

test("P10: a flood by one sender leaves another's scans their turn, and only it is refused", async () => {
  const bytes = JSON.stringify(scanOf('f000')).length + 1;
  const { server, service } = await start({
    scanBytesUnderWayMost: bytes,
    scanBytesMostPerOrganisation: 100 * bytes,
  });
  const steps = new EventEmitter().setMaxListeners(0);
  let held = true;
  service.beforeTake = async () => void (held && (await once(steps, 'release')));
  const flood = Array.from({ length: 150 }, (_, i) =>
    send(server, 'A', scanOf(`f${String(i).padStart(3, '0')}`)),
  );
  let refused = 0;
  for (const each of flood) void each.then(({ status }) => (refused += Number(status === 429)));
  await expect.poll(() => refused, { timeout: 10_000 }).toBeGreaterThan(20);
  const calm = send(server, 'B', { ...scanOf('calm'), operator: 'B', resource: 'B/hub' });
  held = false;
  steps.emit('release');
  expect((await calm).status).toBe(200);
  const answers = await Promise.all(flood);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
  expect(service.status()[0].seq).toBe(answers.filter(({ status }) => status === 200).length + 1);
});

test('P10: scans have bytes of their own: full of scans, the server still takes requests', async () => {
  const server = await startGateServer({ bodyBytesMost: 1000, scanBytesMost: 1500 });
  onTestFinished(() => server.stop());
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void slow.destroy());
  slow.write(head('content-length: 900').replace('Bearer A', 'Bearer operator'));
  const body = head('content-length: 900', 'connection: close').replace(
    'Bearer A',
    'Bearer operator',
  );
  const refused = async () => (await say(server, body)).slice(9, 12);
  await expect.poll(refused).toBe('503');
  expect((await asked(server)).status).toBe(200);
});

test('P10: the gate before scans: they wait while it is behind, and are refused when that goes on', async () => {
  const server = await startGateServer();
  onTestFinished(() => server.stop());
  const { gate } = server;
  const status = gate.status.bind(gate);
  let behindMs = 1000;
  let looks = 0;
  gate.status = () => {
    looks += 1;
    return status().map((shard) => ({ ...shard, behindMs }));
  };
  const refused = await send(server, 'operator', scanOf('p'));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  looks = 0;
  const waiting = send(server, 'operator', scanOf('p'));
  await expect.poll(() => looks).toBeGreaterThan(2);
  behindMs = 0;
  expect((await waiting).status).toBe(200);
});

test.each([
  [0.7, [200, 200, 200]],
  [0.85, [503, 200, 200]],
  [0.95, [503, 503, 200]],
  [1.1, [503, 503, 503]],
])(
  'P10: at %f of its memory a server refuses reading, then scans, then requests',
  async (used, statuses) => {
    const app = fastify();
    app.decorateRequest('principal', undefined);
    app.addHook('onRequest', async (request) => {
      request.principal = { organisation: TRACKERS[0], actor: 'key', role: 'dispatcher' };
    });
    const bodies = { requests: new Budget(1, 1), scans: new Budget(1, 1) };
    guardIntake(app, LIMITS, bodies, () => used * LIMITS.memoryBytesMost);
    app.get('/read', async () => 'read');
    app.post('/scans', { config: { lines: 'whole' } }, async () => 'taken');
    app.post('/requests', async () => 'taken');
    const answers = [
      await app.inject('/read'),
      await app.inject({ method: 'POST', url: '/scans' }),
      await app.inject({ method: 'POST', url: '/requests' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(statuses);
  },
);

test('who runs the server is told what came in, and that a log is being read', async () => {
  const { server, service } = await start();
  await send(server, 'A', scanOf('p1'), scanOf('p1'), 'nothing');
  const metrics = await ask(server, '', '/metrics');
  for (const line of [
    'cuofeng_track_scans_total{outcome="received"} 3',
    'cuofeng_track_scans_total{outcome="applied"} 1',
    'cuofeng_track_scans_total{outcome="quarantined"} 1',
    'cuofeng_track_entries{log="0"} 1',
    'cuofeng_track_parcels 1',
    'cuofeng_track_stale_resources 1',
    'cuofeng_track_receipt_age_seconds 0',
    'route="POST /v1/scans",status="200"',
  ]) {
    expect(metrics.text).toContain(line);
  }
  expect((await ask(server, '', '/ready')).status).toBe(200);
  service.state = 'opening';
  expect((await ask(server, '', '/ready')).status).toBe(503);
});
