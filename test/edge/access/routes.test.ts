import { expect, test } from 'vitest';
import { verifyAudit } from '../../../src/edge/access/verify-audit.js';
import { accessServer, Browser } from '../../support/access-server.js';
import { makeKey, makeOrganisations } from '../../support/access-world.js';
import { testDatabase } from '../../support/postgres.js';

/** The organisations of access-world.ts, each with a key for a manager, behind the routes. */
async function world() {
  const { database } = await testDatabase();
  await makeOrganisations(database);
  const app = await accessServer(database);
  const as = async (organisation: string) => {
    const authorization = `Bearer ${await makeKey(database, organisation, 'manager')}`;
    const program = new Browser(app, 'gate.example');
    return (
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      url: string,
      body?: object,
      secret = authorization,
    ) => program.send(method, url, body, { authorization: secret });
  };
  return { database, app, as };
}

test('an administration brings an operator’s office in, whose manager goes on from there', async () => {
  const { app, as, database } = await world();
  const gdpa = await as('GDPA');
  const office = {
    id: 'ZTO-GD',
    kind: 'operator',
    level: 'province',
    region: '440000',
    parent: 'ZTO',
  };
  const made = await gdpa('POST', '/v1/organisations', office);
  expect(made.statusCode, made.body).toBe(201);
  expect(made.json()).toEqual({ ...office, operator: 'ZTO', suspended: false });
  expect((await gdpa('POST', '/v1/organisations', office)).statusCode).toBe(409);
  const zhejiang = { ...office, id: 'ZTO-ZJ2', region: '330000' };
  expect((await gdpa('POST', '/v1/organisations', zhejiang)).statusCode).toBe(422);
  const people = '/v1/organisations/ZTO-GD/accounts';
  const password = 'correct horse battery';
  const manager = { login: 'manager-1', role: 'manager', password };
  expect((await gdpa('POST', people, manager)).statusCode).toBe(201);

  const browser = new Browser(app, 'gate.example');
  await browser.signIn('ZTO-GD', 'manager-1', password);
  const duty = { login: 'duty-1', role: 'dispatcher' };
  expect((await browser.send('POST', people, duty)).statusCode).toBe(201);
  expect((await browser.send('POST', people, duty)).statusCode).toBe(409);
  const raised = await browser.send('PATCH', `${people}/duty-1`, { role: 'manager' });
  expect(raised.json()).toMatchObject({ login: 'duty-1', role: 'manager', suspended: false });
  expect((await browser.send('GET', people)).json<{ items: object[] }>().items).toHaveLength(2);

  const { items } = (await browser.send('GET', '/v1/audit')).json<{ items: Act[] }>();
  expect(items.map(({ seq, actor, action, subject }) => [seq, actor, action, subject])).toEqual([
    [1, expect.stringMatching(/^GDPA\/key-/), 'organisation.add', 'ZTO-GD'],
    [2, expect.stringMatching(/^GDPA\/key-/), 'account.add', 'manager-1'],
    [3, 'manager-1', 'session.begin', 'manager-1'],
    [4, 'manager-1', 'account.add', 'duty-1'],
    [5, 'manager-1', 'account.change', 'duty-1'],
  ]);
  expect(await database.transact({ as: 'keeper' }, (client) => verifyAudit(client))).toMatchObject({
    faults: [],
  });
  const newest = async (query: string) => {
    const page = await browser.send('GET', `/v1/audit?order=newest&limit=3${query}`);
    const { items: acts, next } = page.json<{ items: Act[]; next?: number }>();
    return [...acts.map(({ seq }) => seq), next];
  };
  expect(await newest('')).toEqual([5, 4, 3, 3]);
  expect(await newest('&after=3')).toEqual([2, 1, undefined]);

  const personal = { suspended: true, reason: 'ask 13812345678' };
  expect((await gdpa('PATCH', '/v1/organisations/ZTO-GD', personal)).statusCode).toBe(422);
  const stop = { suspended: true, reason: 'padding its capacities' };
  expect((await gdpa('PATCH', '/v1/organisations/ZTO-GD', stop)).statusCode).toBe(200);
  expect((await browser.send('GET', people)).statusCode).toBe(401);
  expect((await browser.signIn('ZTO-GD', 'manager-1', password)).statusCode).toBe(401);
});

interface Act {
  readonly seq: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
}

test('a key is shown once, and counts until it is revoked', async () => {
  const { as } = await world();
  const send = await as('P1');
  const keys = '/v1/organisations/P1/keys';
  const made = await send('POST', keys, { label: 'orders', role: 'dispatcher' });
  const { id, secret } = made.json<{ id: string; secret: string }>();
  expect(made.headers['cache-control']).toBe('no-store');
  const asked = () => send('GET', '/v1/session', undefined, `Bearer ${secret}`);
  expect((await asked()).json()).toMatchObject({ actor: id, role: 'dispatcher' });
  const list = await send('GET', keys);
  expect(list.json<{ items: object[] }>().items).toContainEqual(
    expect.objectContaining({ id, label: 'orders' }),
  );
  expect(list.body).not.toContain(secret);
  expect((await send('DELETE', `${keys}/${id}`)).statusCode).toBe(204);
  expect((await asked()).statusCode).toBe(401);
  expect((await send('DELETE', `${keys}/key-unknown`)).statusCode).toBe(404);
});

test('organisations are listed as far as one is over them, page by page', async () => {
  const { as } = await world();
  const list = async (organisation: string, query = '') => {
    const send = await as(organisation);
    const page = (await send('GET', `/v1/organisations${query}`)).json<Page>();
    return [page.items.map(({ id }) => id).join(' '), page.next];
  };
  expect(await list('P1')).toEqual(['P1', undefined]);
  expect(await list('HZPA')).toEqual(['HZ-LOCKERS HZPA P2 ZTO-HZ', undefined]);
  expect(await list('ZTO-ZJ')).toEqual(['ZTO-HZ ZTO-ZJ', undefined]);
  expect(await list('HZPA', '?limit=2')).toEqual(['HZ-LOCKERS HZPA', 'HZPA']);
  expect(await list('HZPA', '?limit=2&after=HZPA')).toEqual(['P2 ZTO-HZ', 'ZTO-HZ']);
});

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string;
}

const REFUSED = [
  ['accounts', { login: '13812345678', role: 'viewer' }],
  ['accounts', { login: 'duty-13812345678', role: 'viewer' }],
  ['accounts', { login: 'duty-1', role: 'viewer', password: 'short' }],
  ['accounts', { login: 'duty-1', role: 'viewer', subject: 'x' }],
  ['keys', { label: 'call 138 1234 5678', role: 'viewer' }],
  ['keys', { label: '１３８１２３４５６７８', role: 'viewer' }],
  ['keys', { label: '33010219900101123X', role: 'viewer' }],
  ['keys', { label: 'somebody@example.com', role: 'viewer' }],
  ['keys', { label: 'waybill SF1234567890123', role: 'viewer' }],
  ['keys', { label: 'x', role: 'viewer', expiresAt: '2020-11-10T00:00:00+08:00' }],
  ['keys', { label: 'x', role: 'viewer', more: 1 }],
  ['keys', { label: 'x', role: 'owner' }],
] as const;

test('P13: what looks like a person is refused, and what is not of the form asked for', async () => {
  const { as } = await world();
  const send = await as('P1');
  for (const [what, body] of REFUSED) {
    const response = await send('POST', `/v1/organisations/P1/${what}`, body);
    expect(response.statusCode, JSON.stringify(body)).toBe(422);
    expect(response.headers['content-type']).toContain('application/problem+json');
  }
  const fine = { label: 'orders of 2020-11-11, line 2', role: 'viewer' };
  expect((await send('POST', '/v1/organisations/P1/keys', fine)).statusCode).toBe(201);
});

test('P10: strangers make the server hold no more than some words', async () => {
  const { database } = await testDatabase();
  const browser = new Browser(await accessServer(database), 'gate.example');
  const credentials = { organisation: 'P1', login: 'duty-1', password: 'x'.repeat(9000) };
  expect((await browser.send('POST', '/v1/session', credentials)).statusCode).toBe(413);
  const form = { 'content-type': 'text/plain' };
  expect((await browser.send('POST', '/v1/session', credentials, form)).statusCode).toBe(415);
  const prototype = JSON.parse('{"__proto__":{"role":"manager"}}');
  expect((await browser.send('POST', '/v1/session', prototype)).statusCode).toBe(400);
});
