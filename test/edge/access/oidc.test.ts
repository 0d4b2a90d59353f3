import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount } from '../../../src/edge/access/accounts.js';
import { setIssuer } from '../../../src/edge/access/issuers.js';
import type { Database } from '../../../src/edge/postgres/database.js';
import { accessServer, Browser } from '../../support/access-server.js';
import { makeOrganisations, NOW, ORGANISATIONS } from '../../support/access-world.js';
import { type Lies, OidcIssuer } from '../../support/oidc-issuer.js';
import { testDatabase } from '../../support/postgres.js';

let issuer: OidcIssuer;
beforeAll(async () => {
  issuer = await OidcIssuer.start();
});
afterAll(() => issuer.stop());

async function world(clientSecret = issuer.client.secret) {
  issuer.lies = {};
  const { database } = await testDatabase();
  const two = ORGANISATIONS.filter(({ id }) => id === 'P1' || id === 'P2');
  await makeOrganisations(database, two);
  await provide(database, 'P1', clientSecret);
  const person = { login: 'duty-1', role: 'dispatcher', subject: 'person 7' } as const;
  await addAccount(database, 'command-line', 'P1', person, NOW);
  const browser = new Browser(await accessServer(database), 'gate.example');
  return { database, browser };
}

function provide(database: Database, id: string, clientSecret = issuer.client.secret) {
  const provider = { issuer: issuer.url, clientId: issuer.client.id, clientSecret };
  return setIssuer(database, 'command-line', id, provider, NOW);
}

/** Where a browser is sent by the server. */
async function begin(browser: Browser): Promise<string> {
  const response = await browser.send('GET', '/v1/session/oidc?organisation=P1');
  expect(response.statusCode, response.body).toBe(302);
  return String(response.headers.location);
}

function goBack(browser: Browser, address: string) {
  const { pathname, search } = new URL(address);
  return browser.send('GET', pathname + search);
}

test('a person signs in at the organisation’s own provider', async () => {
  const { browser } = await world();
  const there = await begin(browser);
  const asked = new URL(there).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('redirect_uri')).toBe('https://gate.example/v1/session/oidc/callback');
  const back = issuer.signIn(there, 'person 7');
  const answer = await goBack(browser, back);
  expect(answer.statusCode, answer.body).toBe(303);
  expect(answer.headers.location).toBe('/');
  expect([...browser.cookies.keys()]).toEqual(['__Host-cuofeng-session']);
  const who = (await browser.send('GET', '/v1/session')).json();
  expect(who).toMatchObject({ organisation: { id: 'P1' }, actor: 'duty-1', role: 'dispatcher' });
});

test('who is not known is not added', async () => {
  const { browser, database } = await world();
  const answer = await goBack(browser, issuer.signIn(await begin(browser), 'person 8'));
  expect(answer.statusCode).toBe(401);
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query('SELECT login FROM account'),
  );
  expect(rows).toEqual([{ login: 'duty-1' }]);
});

test('a way back counts in the browser that began, once', async () => {
  const { browser } = await world();
  const back = issuer.signIn(await begin(browser), 'person 7');
  const other = new Browser(browser.app, 'gate.example', '192.0.2.9');
  expect((await goBack(other, back)).statusCode).toBe(401);
  await begin(other);
  expect((await goBack(other, back)).statusCode).toBe(401);
  const flow = new Map(browser.cookies);
  expect((await goBack(browser, back)).statusCode).toBe(303);
  browser.cookies.clear();
  for (const [name, value] of flow) browser.cookies.set(name, value);
  expect((await goBack(browser, back)).statusCode).toBe(401);
});

test.each<[string, () => Lies]>([
  [
    'signed with another key',
    () => ({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }),
  ],
  ['for another client', () => ({ claims: { aud: 'somebody' } })],
  ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } })],
  ['of another sign-in', () => ({ claims: { nonce: 'another' } })],
  ['of yesterday', () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 86_400 } })],
])('an ID token %s is refused', async (_, lies) => {
  const { browser } = await world();
  const there = await begin(browser);
  issuer.lies = lies();
  expect((await goBack(browser, issuer.signIn(there, 'person 7'))).statusCode).toBe(401);
  expect([...browser.cookies.keys()]).toEqual([]);
});

test('the same subject at another issuer is somebody else', async () => {
  const { browser, database } = await world();
  const other = await OidcIssuer.start();
  const provider = {
    issuer: other.url,
    clientId: other.client.id,
    clientSecret: other.client.secret,
  };
  await setIssuer(database, 'command-line', 'P1', provider, NOW);
  expect((await goBack(browser, other.signIn(await begin(browser), 'person 7'))).statusCode).toBe(
    401,
  );
  await other.stop();
});

test('a provider that is not there, or that nobody named', async () => {
  const { browser, database } = await world();
  expect((await browser.send('GET', '/v1/session/oidc?organisation=P2')).statusCode).toBe(404);
  const gone = { issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'y' };
  await setIssuer(database, 'command-line', 'P2', gone, NOW);
  const answer = await browser.send('GET', '/v1/session/oidc?organisation=P2');
  expect(answer.statusCode).toBe(503);
  const plain = { ...gone, issuer: 'http://elsewhere.example' };
  await expect(setIssuer(database, 'command-line', 'P2', plain, NOW)).rejects.toMatchObject({
    status: 422,
  });
});

test('P13: what a provider calls a person is kept as a hash only', async () => {
  const { database } = await world();
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<{ all: string }>(
      `SELECT (SELECT string_agg(a::text, '') FROM account a) ||
         (SELECT string_agg(a::text, '') FROM audit a) AS all`,
    ),
  );
  expect(rows[0].all).toContain('duty-1');
  expect(rows[0].all).not.toContain('person 7');
  expect(rows[0].all).not.toContain(Buffer.from('person 7').toString('hex'));
});
