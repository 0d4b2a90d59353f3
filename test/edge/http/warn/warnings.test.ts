import fastify, { type FastifyInstance } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { guardPolicies } from '../../../../src/edge/access/guard.js';
import { guardedBy } from '../../../../src/edge/access/guarded.js';
import { api, serverOptions } from '../../../../src/edge/http/api.js';
import { answerProblems } from '../../../../src/edge/http/problem.js';
import { DEFAULT_WARN_POLICY } from '../../../../src/warn/default-policy.js';
import { makeKey, makeOrganisations, ORGANISATIONS } from '../../../support/access-world.js';
import { testDatabase } from '../../../support/postgres.js';
import { assessed, HOUR_MS, WarnProcesses } from '../../../support/warn-processes.js';

const OFFICES = [
  { id: 'A', kind: 'operator', level: 'nation', region: '000000' },
  { id: 'A-HZ', kind: 'operator', level: 'city', region: '330100', parent: 'A' },
  { id: 'B', kind: 'operator', level: 'nation', region: '000000' },
] as const;
const WHO = ['SPB', 'ZJPA', 'HZPA', 'GDPA', 'A', 'A-HZ', 'B', 'P1', 'HZ-LOCKERS', 'ZJ-EXPRESS'];

type Answer = Awaited<ReturnType<typeof ask>>;

/** A server of warnings over a database, with keys of managers by organisation. */
async function start() {
  const { database } = await testDatabase();
  await makeOrganisations(database, [...ORGANISATIONS, ...OFFICES]);
  const here = await WarnProcesses.open(database);
  const process = here.process('a');
  const stopping = new AbortController();
  const app = fastify(serverOptions());
  answerProblems(app);
  await guardPolicies(
    app,
    guardedBy(database, () => Date.now()),
  );
  const { watch, service: _service, real: _real, ...warnings } = process;
  await app.register(api({ warnings, stopping: stopping.signal }));
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    stopping.abort();
    await app.close();
  });
  const keys = new Map<string, string>();
  for (const id of WHO) keys.set(id, await makeKey(database, id, 'manager'));
  const as = (who: string) => (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
    ask(app, keys.get(who) ?? '', method, url, body);
  return { here, database, address, keys, as, watch };
}

async function ask(
  app: FastifyInstance,
  key: string,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
) {
  const headers = { authorization: `Bearer ${key}` };
  const { statusCode, body: text } = await app.inject({
    method,
    url,
    headers,
    ...(body && { payload: body }),
  });
  return { status: statusCode, body: JSON.parse(text) };
}

function subjectsOf({ body }: Answer): string[] {
  return body.items.map(({ subject }: { subject: { id: string } }) => subject.id).toSorted();
}

const ALL = ['000000', '330100', 'A', 'A/hub/HZ', 'A/hub/SZ', 'B/hub'];

test('W3, P11: who sees which warnings, and of whom only that they are', async () => {
  const { here, as, watch } = await start();
  here.says = ALL.map((id) => assessed(id, 'yellow'));
  await watch.round();
  const seen = async (who: string) => subjectsOf(await as(who)('GET', '/v1/warnings'));
  expect(await seen('SPB')).toEqual(ALL);
  expect(await seen('ZJPA')).toEqual(['330100', 'A/hub/HZ', 'B/hub']);
  expect(await seen('HZPA')).toEqual(['330100', 'A/hub/HZ', 'B/hub']);
  expect(await seen('GDPA')).toEqual(['A/hub/SZ']);
  expect(await seen('A')).toEqual(['A', 'A/hub/HZ', 'A/hub/SZ']);
  expect(await seen('A-HZ')).toEqual(['A/hub/HZ']);
  expect(await seen('B')).toEqual(['B/hub']);
  expect(await seen('HZ-LOCKERS')).toEqual([]);
  expect((await as('ZJ-EXPRESS')('GET', '/v1/warnings')).status).toBe(403);
  const platform = await as('P1')('GET', '/v1/warnings');
  expect(subjectsOf(platform)).toEqual(['A/hub/HZ', 'A/hub/SZ', 'B/hub']);
  for (const item of platform.body.items) {
    expect(Object.keys(item).toSorted()).toEqual(
      ['breachAt', 'id', 'issuedAt', 'leadHours', 'level', 'shape', 'subject'].toSorted(),
    );
  }
  // An office of one city is not told by name of another's hub.
  const own = await as('A-HZ')('GET', '/v1/warnings');
  expect(own.body.items[0]).toMatchObject({
    level: 'yellow',
    leadHours: 10,
    causes: [{ kind: 'onTheWay', parcels: 30 }],
    cure: { kind: 'holdReleases', resource: 'A/hub/HZ', averts: true },
    owner: { operator: 'A', region: '330100' },
    reach: 'city',
  });
  const foreign = await as('B')('GET', `/v1/warnings/${own.body.items[0].id}`);
  expect(foreign).toEqual(await as('B')('GET', '/v1/warnings/w999'));
  expect(foreign.status).toBe(404);
});

test('pages and filters: every warning in force once, the newest first; then those that ended', async () => {
  const { here, as, watch } = await start();
  here.says = ALL.map((id, i) => assessed(id, i < 2 ? 'red' : 'blue'));
  await watch.round();
  const spb = as('SPB');
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await spb('GET', `/v1/warnings?limit=4${cursor}`);
    ids.push(...body.items.map(({ id }: { id: string }) => id));
    if (body.next === undefined) break;
    cursor = `&cursor=${body.next}`;
  }
  expect(ids).toEqual(['w6', 'w5', 'w4', 'w3', 'w2', 'w1']);
  expect(subjectsOf(await spb('GET', '/v1/warnings?level=red'))).toHaveLength(2);
  expect(subjectsOf(await spb('GET', '/v1/warnings?kind=city'))).toEqual(['330100']);
  expect(subjectsOf(await spb('GET', '/v1/warnings?subject=B/hub&reach=city'))).toEqual(['B/hub']);
  here.says = [];
  for (const hours of [0, 4]) {
    here.clock.now += hours * HOUR_MS;
    await watch.round();
  }
  expect(subjectsOf(await spb('GET', '/v1/warnings'))).toEqual([]);
  const ended = await spb('GET', '/v1/warnings?state=ended&limit=5');
  expect(ended.body.items).toHaveLength(5);
  const rest = await spb('GET', `/v1/warnings?state=ended&limit=5&cursor=${ended.body.next}`);
  expect(rest.body.items.map(({ id }: { id: string }) => id)).toEqual(['w1']);
  expect(rest.body.items[0].endedAt).toBe(new Date(here.clock.now).toISOString());
});

test('W4, W5: people issue, acknowledge, adjust and lift, each with a reason, in the history and the audit log', async () => {
  const { here, as, watch, database } = await start();
  const subject = { kind: 'resource', id: 'A/hub/HZ' };
  const issued = await as('HZPA')('POST', '/v1/warnings', {
    subject,
    level: 'orange',
    reason: 'fog on the motorway',
  });
  expect(issued.status).toBe(201);
  const { id } = issued.body;
  // Nobody assessed it: no figure is told.
  expect(issued.body).not.toHaveProperty('chance');
  expect(issued.body.byPerson).toBe(true);
  const reason = 'seen';
  const url = `/v1/warnings/${id}`;
  const again = { subject, level: 'red', reason };
  expect((await as('ZJPA')('POST', '/v1/warnings', again)).status).toBe(409);
  expect((await as('GDPA')('POST', '/v1/warnings', again)).status).toBe(404);
  expect((await as('A')('POST', '/v1/warnings', again)).status).toBe(403);
  expect((await as('A')('POST', `${url}/acknowledge`, { reason })).body.acknowledged).toBe(true);
  expect((await as('B')('POST', `${url}/acknowledge`, { reason })).status).toBe(404);
  expect((await as('A')('POST', `${url}/lift`, { reason })).status).toBe(403);
  const personal = { reason: 'call 13800001111' };
  expect((await as('HZPA')('POST', `${url}/lift`, personal)).status).toBe(422);
  // Red comes to the province at once: the city's word is not the last any more.
  const adjusted = await as('HZPA')('POST', `${url}/adjust`, { level: 'red', reason });
  expect(adjusted.body).toMatchObject({ level: 'red', reach: 'province' });
  expect((await as('HZPA')('POST', `${url}/lift`, { reason })).status).toBe(409);
  here.says = [];
  here.clock.now += 5 * HOUR_MS;
  await watch.round();
  const lifted = await as('ZJPA')('POST', `${url}/lift`, { reason: 'the fog has gone' });
  expect(lifted.body.endedAt).toBe(new Date(here.clock.now).toISOString());
  expect((await as('ZJPA')('POST', `${url}/lift`, { reason })).status).toBe(409);
  const { body } = await as('ZJPA')('GET', url);
  expect(
    body.events.map((event: Record<string, unknown>) => [event.act, event.actor, event.notified]),
  ).toEqual([
    ['issued', expect.stringMatching(/^HZPA\//), ['A', 'A-HZ', 'HZPA']],
    ['acknowledged', expect.stringMatching(/^A\//), []],
    ['adjusted', expect.stringMatching(/^HZPA\//), ['A', 'A-HZ', 'HZPA']],
    ['escalated', undefined, ['ZJPA']],
    ['lifted', expect.stringMatching(/^ZJPA\//), ['A', 'A-HZ', 'HZPA', 'ZJPA']],
  ]);
  const audit = await database.transact({ as: 'keeper' }, async (client) => {
    const { rows } = await client.query<{ action: string }>(
      "SELECT action FROM audit WHERE organisation = 'HZPA' AND subject = $1 ORDER BY seq",
      [id],
    );
    return rows.map(({ action }) => action);
  });
  expect(audit).toEqual(['warning.issue', 'warning.adjust']);
});

test('a policy is set by the nation, version after version, and counts from the next assessment', async () => {
  const { here, as, watch } = await start();
  const { version: _version, basis: _basis, ...policy } = DEFAULT_WARN_POLICY;
  const spb = as('SPB');
  const inForce = await spb('GET', '/v1/warnings/policy');
  expect(inForce.body.policy).toEqual(DEFAULT_WARN_POLICY);
  const body = { base: 1, reason: 'after the drill', policy: { ...policy, lowerAfterHours: 0 } };
  expect((await as('ZJPA')('PUT', '/v1/warnings/policy', body)).status).toBe(403);
  const set = await spb('PUT', '/v1/warnings/policy', body);
  expect(set.body.policy).toMatchObject({ version: 2, basis: 'set', lowerAfterHours: 0 });
  expect((await spb('PUT', '/v1/warnings/policy', body)).status).toBe(409);
  const wrong = { ...body, base: 2, policy: { ...policy, margin: 2 } };
  expect((await spb('PUT', '/v1/warnings/policy', wrong)).status).toBe(422);
  here.says = [assessed('B/hub', 'blue')];
  await watch.round();
  expect((await as('B')('GET', '/v1/warnings/w1')).body.warning.policyVersion).toBe(2);
});

test('changes are streamed: what concerns the reader, in order, and on from where it was', async () => {
  const { here, address, keys, watch } = await start();
  const read = async (after: string, events: number): Promise<string> => {
    const response = await fetch(`${address}/v1/warnings/changes?after=${after}`, {
      headers: { authorization: `Bearer ${keys.get('B')}` },
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.split('event: warnings').length > events + 1) break;
    }
    return text;
  };
  here.says = ['A/hub/HZ', 'B/hub'].map((id) => assessed(id, 'blue'));
  await watch.round();
  const first = await read('0', 1);
  expect(first).toContain('id: 2\n');
  expect(first).toContain('"act":"issued"');
  expect(first).not.toContain('A/hub/HZ');
  const waiting = read('2', 1);
  here.says = ['A/hub/HZ', 'B/hub'].map((id) => assessed(id, 'orange'));
  here.clock.now += HOUR_MS;
  await watch.round();
  const second = await waiting;
  expect(second).toContain('id: 4\n');
  expect(second).toContain('"act":"raised"');
  expect(second).not.toContain('"act":"issued","level":"blue","reach":"city","notified":["A"');
});
