import fastify from 'fastify';
import { expect, test } from 'vitest';
import { prepareDemonstration } from '../../../src/edge/access/demonstration.js';
import { guardPolicies } from '../../../src/edge/access/guard.js';
import { verifyAudit } from '../../../src/edge/access/verify-audit.js';
import { demonstrationLines } from '../../../src/edge/cli/demonstration-text.js';
import { demonstrationRoutes } from '../../../src/edge/http/demonstration/demonstration-routes.js';
import { accessServer, Browser } from '../../support/access-server.js';
import { makeOrganisations, NOW } from '../../support/access-world.js';
import { testDatabase } from '../../support/postgres.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const SCENARIO = scenarioFrom({
  slots: 2,
  resources: [
    { id: 'a', kind: 'hub', operator: 'ZTO', region: '110000', capacity: 10 },
    { id: 'b', kind: 'hub', operator: '圆通', region: '330100', capacity: 20 },
  ],
  routes: [
    { id: 'x', operator: 'ZTO', origin: 'o', destination: 'd', steps: [{ resource: 'a' }] },
    { id: 'y', operator: '圆通', origin: 'o', destination: 'd', steps: [{ resource: 'b' }] },
  ],
  demand: ['P1', 'ZTO', '13812345678'].map((shipper) => ({
    shipper,
    operator: 'ZTO',
    origin: 'o',
    destination: 'd',
    slot: 0,
    parcels: 1,
  })),
});

test('a made-up season has made-up organisations of every kind and level, and people', async () => {
  const { database } = await testDatabase();
  const made = await prepareDemonstration(database, SCENARIO, NOW);
  if (!made) throw new Error('it was not made');
  expect(made.organisations.map(({ id, kind, level }) => `${id} ${kind} ${level}`)).toEqual([
    'SPB administration nation',
    'SPB-330000 administration province',
    'SPB-330100 administration city',
    'ZTO operator nation',
    'ZTO-330000 operator province',
    'ZTO-330100 operator city',
    '圆通 operator nation',
    'P1 platform nation',
    'stations-330100 lastMile city',
    'association-330100 association city',
    'analysts analyst nation',
  ]);
  expect(demonstrationLines(made).join('\n')).toContain(made.password);
  const browser = new Browser(await accessServer(database), 'localhost:8617', '127.0.0.1');
  const signedIn = await browser.signIn('圆通', 'duty-1', made.password);
  expect(signedIn.json()).toMatchObject({ organisation: { operator: '圆通' }, role: 'dispatcher' });

  const again = await prepareDemonstration(database, SCENARIO, NOW);
  expect(again?.password).not.toBe(made.password);
  expect((await browser.send('GET', '/v1/session')).statusCode).toBe(401);
  expect((await browser.signIn('圆通', 'duty-1', made.password)).statusCode).toBe(401);
  expect((await browser.signIn('圆通', 'duty-1', String(again?.password))).statusCode).toBe(200);
  const report = await database.transact({ as: 'keeper' }, (client) => verifyAudit(client));
  expect(report.faults).toEqual([]);
});

test('P15: where there are other organisations, none is made up', async () => {
  const { database } = await testDatabase();
  await makeOrganisations(database, [
    { id: 'JD', kind: 'platform', level: 'nation', region: '000000' },
  ]);
  expect(await prepareDemonstration(database, SCENARIO, NOW)).toBeUndefined();
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query('SELECT id FROM organisation'),
  );
  expect(rows).toEqual([{ id: 'JD' }]);
});

test('how to sign in to a demonstration is told this machine only, and where there is none, nothing', async () => {
  const demonstration = {
    organisations: [{ id: 'SPB', kind: 'administration', level: 'nation', region: '000000' }],
    logins: ['duty-1'],
    password: 'of the day',
  } as const;
  const shown = fastify();
  await guardPolicies(shown);
  await shown.register(demonstrationRoutes(demonstration));
  const url = '/v1/demonstration';
  const response = await shown.inject({ url });
  expect(response.json()).toEqual({ ...demonstration, night: false });
  expect(response.headers['cache-control']).toBe('no-store');
  const elsewhere = await shown.inject({ url, remoteAddress: '192.0.2.1' });
  expect(elsewhere.statusCode).toBe(403);
  expect(elsewhere.body).not.toContain('of the day');

  const other = fastify();
  await guardPolicies(other);
  await other.register(demonstrationRoutes(undefined));
  expect((await other.inject({ url })).json()).toEqual({
    organisations: [],
    logins: [],
    night: false,
  });
  expect((await other.inject({ url: `${url}/night` })).statusCode).toBe(404);
});
