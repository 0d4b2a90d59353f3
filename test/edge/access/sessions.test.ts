import { expect, test } from 'vitest';
import { addAccount, changeAccount } from '../../../src/edge/access/accounts.js';
import { accessServer, Browser } from '../../support/access-server.js';
import { makeKey, makeOrganisations, NOW, ORGANISATIONS } from '../../support/access-world.js';
import { testDatabase } from '../../support/postgres.js';

const PASSWORD = 'correct horse battery';

async function world() {
  const { database } = await testDatabase();
  await makeOrganisations(
    database,
    ORGANISATIONS.filter(({ id }) => id === 'P1'),
  );
  const account = { login: 'duty-1', role: 'manager', password: PASSWORD } as const;
  await addAccount(database, 'command-line', 'P1', account, NOW);
  const clock = { now: NOW };
  return { database, clock, app: await accessServer(database, clock) };
}

test('a session: signed in, acted with, signed out', async () => {
  const { app } = await world();
  const browser = new Browser(app, 'gate.example');
  const answer = await browser.signIn('P1', 'duty-1', PASSWORD);
  expect(answer.json()).toMatchObject({
    organisation: { id: 'P1' },
    actor: 'duty-1',
    role: 'manager',
  });
  expect(answer.headers['cache-control']).toBe('no-store');
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({
    name: '__Host-cuofeng-session',
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
    maxAge: 12 * 3600,
  });
  expect(cookie.domain).toBeUndefined();
  expect(answer.body).not.toContain(cookie.value);
  expect((await browser.send('GET', '/v1/session')).json()).toEqual(answer.json());

  const key = { label: 'orders', role: 'dispatcher' };
  expect((await browser.send('POST', '/v1/organisations/P1/keys', key)).statusCode).toBe(201);
  const stolen = new Map(browser.cookies);
  expect((await browser.send('DELETE', '/v1/session')).statusCode).toBe(204);
  expect(browser.cookies.size).toBe(0);
  for (const [name, value] of stolen) browser.cookies.set(name, value);
  expect((await browser.send('GET', '/v1/session')).statusCode).toBe(401);
});

test('on this machine without TLS, the cookie is still of this site and of no script', async () => {
  const { app } = await world();
  const browser = new Browser(app, 'localhost:8617', '127.0.0.1');
  const answer = await browser.signIn('P1', 'duty-1', PASSWORD);
  expect(answer.cookies[0]).toMatchObject({
    name: 'cuofeng-session',
    httpOnly: true,
    sameSite: 'Strict',
  });
  expect(answer.cookies[0].secure).toBeUndefined();
});

test('what pages elsewhere make a browser send changes nothing', async () => {
  const { app } = await world();
  const browser = new Browser(app, 'gate.example');
  const credentials = { organisation: 'P1', login: 'duty-1', password: PASSWORD };
  const elsewhere = { origin: 'https://elsewhere.example' };
  const signIn = await browser.send('POST', '/v1/session', credentials, elsewhere);
  expect(signIn.statusCode).toBe(403);
  await browser.signIn('P1', 'duty-1', PASSWORD);
  const key = { label: 'orders', role: 'dispatcher' };
  const status = async (headers: Record<string, string>) =>
    (await browser.send('POST', '/v1/organisations/P1/keys', key, headers)).statusCode;
  expect(await status(elsewhere)).toBe(403);
  expect(await status({ origin: 'http://gate.example' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status({ 'x-csrf-token': '' })).toBe(403);
  expect(await status({ 'x-csrf-token': `${browser.csrf}x` })).toBe(403);
  expect(await status({})).toBe(201);
});

test('a key needs no token of pages, and goes before a session', async () => {
  const { app, database } = await world();
  const browser = new Browser(app, 'gate.example');
  await browser.signIn('P1', 'duty-1', PASSWORD);
  const secret = await makeKey(database, 'P1', 'viewer');
  const authorization = `Bearer ${secret}`;
  const answer = await browser.send('GET', '/v1/session', undefined, { authorization });
  expect(answer.json()).toMatchObject({ actor: expect.stringMatching(/^key-/), role: 'viewer' });
  expect(answer.json()).not.toHaveProperty('csrf');
  const forged = { authorization: 'Bearer wrong' };
  expect((await browser.send('GET', '/v1/session', undefined, forged)).statusCode).toBe(401);
});

test('wrong organisation, login and password are one answer; then one waits', async () => {
  const { app, database, clock } = await world();
  await addAccount(database, 'command-line', 'P1', { login: 'duty-2', role: 'viewer' }, NOW);
  const browser = new Browser(app, 'gate.example');
  const answers = [];
  for (const [organisation, login, password] of [
    ['P9', 'duty-1', PASSWORD],
    ['P1', 'duty-9', PASSWORD],
    ['P1', 'duty-2', PASSWORD],
    ['P1', 'duty-1', `${PASSWORD}!`],
  ]) {
    const { statusCode, body } = await browser.signIn(organisation, login, password);
    answers.push({ statusCode, body });
  }
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(answers[0].statusCode).toBe(401);
  expect((await browser.signIn('P1', 'duty-1', PASSWORD)).statusCode).toBe(200);
  const burst = Array.from({ length: 12 }, () => browser.signIn('P1', 'duty-1', `${PASSWORD}!`));
  const statuses = (await Promise.all(burst)).map(({ statusCode }) => statusCode);
  expect(statuses.filter((each) => each === 401)).toHaveLength(6);
  const waiting = await browser.signIn('P1', 'duty-1', PASSWORD);
  expect(waiting.statusCode).toBe(429);
  expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
  const other = new Browser(app, 'gate.example', '192.0.2.8');
  expect((await other.signIn('P1', 'duty-1', PASSWORD)).statusCode).toBe(200);
  clock.now += 60_000;
  expect((await browser.signIn('P1', 'duty-1', PASSWORD)).statusCode).toBe(200);
});

test('a new password ends the sessions of the old one', async () => {
  const { app, database } = await world();
  const browser = new Browser(app, 'gate.example');
  await browser.signIn('P1', 'duty-1', PASSWORD);
  const change = { password: 'another long password' };
  await changeAccount(database, 'command-line', 'P1', 'duty-1', change, NOW);
  expect((await browser.send('GET', '/v1/session')).statusCode).toBe(401);
  expect((await browser.signIn('P1', 'duty-1', PASSWORD)).statusCode).toBe(401);
  expect((await browser.signIn('P1', 'duty-1', change.password)).statusCode).toBe(200);
});
