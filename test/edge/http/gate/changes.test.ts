import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { pause } from '../../../../src/client/caller.js';
import type { Change } from '../../../../src/edge/gate/gate-service.js';
import type { Limits } from '../../../../src/edge/http/gate/limits.js';
import { clientOf, requestOf } from '../../../support/gate-clients.js';
import { type GateServer, startGateServer } from '../../../support/gate-server.js';

async function start(limits: Partial<Limits> = {}): Promise<GateServer> {
  const server = await startGateServer(limits);
  onTestFinished(() => server.stop());
  return server;
}

const planChange = (version: number, operators = ['op']): Change => ({
  type: 'plan',
  at: '2021-11-01T00:00:00+08:00',
  version,
  operators,
});

const versionsOf = (changes: readonly object[]) =>
  changes.flatMap((change) => ('version' in change ? [change.version] : []));

test('a long poll waits for the first change, and gives a cursor to go on from', async () => {
  const { gate, ...server } = await start();
  const client = clientOf({ ...server, gate }, 'mall');
  const { cursor } = await client.listChanges({ wait: 0 });
  const waiting = client.listChanges({ after: cursor });
  gate.tell(planChange(1));
  const first = await waiting;
  expect(versionsOf(first.changes)).toEqual([1]);
  gate.tell(planChange(2));
  gate.tell(planChange(3));
  const next = await client.listChanges({ after: first.cursor, limit: 1 });
  expect(versionsOf(next.changes)).toEqual([2]);
});

/** Reads events until it has seen so many changes, then goes; gives the last event's id. */
async function read(server: GateServer, after: string | undefined, changes: number) {
  const headers = {
    authorization: 'Bearer mall',
    accept: 'text/event-stream',
    ...(after && { 'last-event-id': after }),
  };
  const leave = new AbortController();
  const response = await fetch(`${server.url}/v1/changes`, { headers, signal: leave.signal });
  const seen: unknown[] = [];
  let id = after;
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      id = /^id: (.*)$/m.exec(event)?.[1] ?? id;
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) seen.push(...versionsOf(JSON.parse(data).changes));
    }
    if (seen.length >= changes) break;
  }
  leave.abort();
  return { seen, id };
}

test('whoever resumes after the last event they saw misses nothing and sees nothing twice', async () => {
  const server = await start();
  for (let version = 0; version < 3000; version++) server.gate.tell(planChange(version));
  let id: string | undefined = '0';
  const all: unknown[] = [];
  for (const part of [1, 700, 1, 1200, 600]) {
    const some = await read(server, id, Math.min(part, 3000 - all.length));
    all.push(...some.seen);
    id = some.id;
  }
  while (all.length < 3000) {
    const rest = await read(server, id, 1);
    all.push(...rest.seen);
    id = rest.id;
  }
  expect(all).toEqual(Array.from({ length: 3000 }, (_, version) => version));
});

test('the client takes a stream up again where it broke', async () => {
  const server = await start();
  const leave = new AbortController();
  const seen: unknown[] = [];
  const following = (async () => {
    const stream = clientOf(server, 'mall').followChanges({ after: '0' }, { signal: leave.signal });
    for await (const { changes } of stream) {
      seen.push(...versionsOf(changes));
      if (seen.length === 2) leave.abort();
    }
  })();
  server.gate.tell(planChange(1));
  await expect.poll(() => seen).toHaveLength(1);
  server.app.server.closeAllConnections();
  server.gate.tell(planChange(2));
  await following;
  expect(seen).toEqual([1, 2]);
});

test('where nothing changes, comments keep the stream open', async () => {
  const server = await start({ heartbeatMs: 10 });
  const headers = { authorization: 'Bearer mall', accept: 'text/event-stream' };
  const leave = new AbortController();
  const response = await fetch(`${server.url}/v1/changes`, { headers, signal: leave.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.split(': nothing new').length > 3) break;
  }
  leave.abort();
  expect(text).toMatch(/^event: changes\nid: 0\n/);
});

test('P10: a reader that takes nothing is cut off, not written to for ever', async () => {
  const server = await start({ drainMs: 50 });
  const long = Array.from({ length: 50 }, (_, i) => `operator-${i}`.padEnd(1000, '.'));
  for (let version = 0; version < 500; version++) server.gate.tell(planChange(version, long));
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.pause();
  socket.write(
    'GET /v1/changes?after=0 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer mall\r\naccept: text/event-stream\r\n\r\n',
  );
  const connections = () =>
    new Promise((resolve) => server.app.server.getConnections((_, count) => resolve(count)));
  await expect.poll(connections).toBe(1);
  await expect.poll(connections, { timeout: 10_000 }).toBe(0);
});

test('an organisation has only so many streams open, and others have theirs', async () => {
  const server = await start({ streamsMostPerOrganisation: 2 });
  const leave = new AbortController();
  const mall = clientOf(server, 'mall');
  const waiting = [1, 2].map(() => mall.listChanges({ wait: 60 }, { signal: leave.signal }));
  await pause(50);
  await expect(mall.listChanges({ wait: 60 })).rejects.toMatchObject({ status: 429 });
  await clientOf(server, 'bazaar').listChanges({ wait: 0 });
  leave.abort();
  await Promise.allSettled(waiting);
  await expect
    .poll(() =>
      mall.listChanges({ wait: 0 }).then(
        () => 'open',
        () => 'full',
      ),
    )
    .toBe('open');
});

test('stopping: not ready first, waits end, what is under way is answered, streams close with their cursor kept', async () => {
  const server = await startGateServer();
  const client = clientOf(server, 'mall');
  const waiting = client.listChanges({ after: '0', wait: 60 });
  const headers = { authorization: 'Bearer mall', accept: 'text/event-stream' };
  const stream = await fetch(`${server.url}/v1/changes`, { headers });
  const steps = new EventEmitter();
  const begun = once(steps, 'begun');
  server.gate.beforeDecide = async () => {
    steps.emit('begun');
    await once(steps, 'finish');
  };
  const asked = client.requestTickets({ requests: [requestOf('last')] });
  await begun;
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const stopped = server.stop();
  socket.write('GET /ready HTTP/1.1\r\nhost: x\r\n\r\n');
  const [answer]: Buffer[] = await once(socket, 'data');
  expect(String(answer)).toMatch(
    /^HTTP\/1\.1 503 [^]*connection: close[^]*application\/problem\+json/,
  );
  expect((await waiting).cursor).toBe('0');
  expect(await stream.text()).toContain('id: 0\n');
  steps.emit('finish');
  expect((await asked).results).toMatchObject([{ id: 'last', status: 'ticketed' }]);
  await stopped;
});
