import type { ClientBase } from 'pg';
import { expect, test } from 'vitest';
import { addAccount } from '../../../src/edge/access/accounts.js';
import { decideDeclaration, declareCapacities } from '../../../src/edge/access/declarations.js';
import { setIssuer } from '../../../src/edge/access/issuers.js';
import { addKey } from '../../../src/edge/access/keys.js';
import { addOrganisation, suspendOrganisation } from '../../../src/edge/access/organisations.js';
import type { Principal } from '../../../src/edge/access/principal.js';
import { beginSession } from '../../../src/edge/access/sessions.js';
import type { Database } from '../../../src/edge/postgres/database.js';
import { makeOrganisations, NOW, ORGANISATIONS } from '../../support/access-world.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

/** Tables with rows of organisations. */
const TABLES = [
  'account',
  'api_key',
  'session',
  'oidc_issuer',
  'webhook',
  'capacity_declaration',
  'audit',
  'audit_head',
];

/** An organisation with something in every table. */
async function act(database: Database, id: string): Promise<void> {
  const account = { login: 'duty-1', role: 'manager' } as const;
  await addAccount(database, 'command-line', id, account, NOW);
  await addKey(database, 'command-line', id, { label: 'orders', role: 'viewer' }, NOW);
  const provider = { issuer: 'https://idp.example', clientId: id, clientSecret: 'x' };
  await setIssuer(database, 'command-line', id, provider, NOW);
  await database.transact({ as: 'member', organisation: id }, async (client) => {
    await beginSession(client, id, 'duty-1', NOW);
    await client.query(
      `INSERT INTO webhook (organisation, id, url, secret, made_at) VALUES ($1, 'w', 'https://x', 'y', now())`,
      [id],
    );
  });
  await declareCapacities(database, office(id), [declaration(id)], NOW);
}

function office(id: string): Principal {
  const where = { kind: 'operator', level: 'nation', region: '000000', operator: id } as const;
  return { organisation: { id, ...where }, actor: 'duty-1', role: 'manager' };
}

function declaration(operator: string) {
  const resource = `${operator}/hub/330100-1`;
  const from = new Date(NOW);
  const until = new Date(NOW + 3_600_000);
  const what = { resource, operator, region: '330100', licensed: 100, from, until };
  return { ...what, parcels: 120, reason: 'a second line' };
}

async function world(...ids: string[]): Promise<TestDatabase> {
  const made = await testDatabase();
  await makeOrganisations(
    made.database,
    ORGANISATIONS.filter(({ id }) => ids.includes(id)),
  );
  return made;
}

/** Whose rows of each table a transaction sees. */
async function seen(client: ClientBase): Promise<Record<string, string[]>> {
  const owners: Record<string, string[]> = {};
  for (const table of TABLES) {
    const { rows } = await client.query<{ organisation: string }>(
      `SELECT DISTINCT organisation FROM ${table} ORDER BY 1`,
    );
    owners[table] = rows.map(({ organisation }) => organisation);
  }
  const { rows } = await client.query<{ id: string }>('SELECT id FROM organisation ORDER BY 1');
  return { ...owners, organisation: rows.map(({ id }) => id) };
}

function only(...ids: string[]): Record<string, string[]> {
  return Object.fromEntries([...TABLES, 'organisation'].map((table) => [table, ids]));
}

test('P11: a member sees and writes rows of its organisation only', async () => {
  const { database } = await world('ZTO', 'YTO');
  await act(database, 'ZTO');
  await act(database, 'YTO');
  const member = { as: 'member', organisation: 'ZTO' } as const;
  expect(await database.transact(member, seen)).toEqual(only('ZTO'));
  expect(await database.transact({ as: 'keeper' }, seen)).toEqual(only('YTO', 'ZTO'));
  const foreign = database.transact(member, (client) =>
    client.query(
      `INSERT INTO account (organisation, login, role) VALUES ('YTO', 'duty-2', 'manager')`,
    ),
  );
  await expect(foreign).rejects.toThrow('row-level security');
  const { rowCount } = await database.transact(member, (client) =>
    client.query(`UPDATE api_key SET role = 'manager' WHERE organisation = 'YTO'`),
  );
  expect(rowCount).toBe(0);
  const raised = database.transact(member, (client) =>
    client.query(`UPDATE organisation SET kind = 'administration'`),
  );
  await expect(raised).rejects.toMatchObject({ code: '42501' });
});

test('a planted bug, a transaction that takes no role, is seen: it sees nothing', async () => {
  const { database } = await world('ZTO');
  await act(database, 'ZTO');
  const none = await database.transact({ as: 'member', organisation: 'ZTO' }, async (client) => {
    await client.query('RESET ROLE');
    return seen(client);
  });
  expect(none).toEqual(only());
});

test('a planted bug, row-level security that is not forced, is seen', async () => {
  const { database, admin } = await world('ZTO', 'YTO');
  await act(database, 'ZTO');
  await act(database, 'YTO');
  for (const table of [...TABLES, 'organisation']) {
    await admin.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const asOwner = await database.transact(
      { as: 'member', organisation: 'ZTO' },
      async (client) => {
        await client.query('RESET ROLE');
        return seen(client);
      },
    );
    expect(asOwner).not.toEqual(only());
    await admin.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }
});

test('uniqueness tells nothing of others: unique keys start with the organisation', async () => {
  const { admin } = await testDatabase();
  const { rows } = await admin.query<{ table: string; first: string }>(
    `SELECT i.indrelid::regclass::text AS table, a.attname AS first FROM pg_index i
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indisunique AND i.indrelid::regclass::text = ANY ($1)`,
    [TABLES],
  );
  expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(TABLES));
  expect(rows.filter(({ first }) => first !== 'organisation')).toEqual([]);
});

/** All that an organisation can read of its tables, but what is drawn at random. */
async function bytesOf(database: Database, organisation: string): Promise<string> {
  return database.transact({ as: 'member', organisation }, async (client) => {
    const texts: string[] = [];
    for (const table of [...TABLES, 'organisation', 'access_version']) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY t::text`,
      );
      texts.push(`${table}: ${JSON.stringify(rows.map(({ row }) => withoutChance(row)))}`);
    }
    return texts.join('\n');
  });
}

/** Ids, secrets and what is computed of them; the order of declarations and the version count all acts. */
const CHANCE = new Set([
  'id',
  'secret',
  'token',
  'hash',
  'previous',
  'subject',
  'made_at',
  'number',
  'version',
]);

function withoutChance(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !CHANCE.has(column)));
}

test('P11: what an organisation sees is the same whether another is there and acts, or not', async () => {
  const alone = await world('ZTO');
  await act(alone.database, 'ZTO');

  const { database } = await world('ZTO', 'YTO', 'SPB');
  await act(database, 'YTO');
  await act(database, 'ZTO');
  const spb = { id: 'SPB', kind: 'administration', level: 'nation', region: '000000' } as const;
  const duty: Principal = { organisation: spb, actor: 'duty-1', role: 'manager' };
  await addOrganisation(
    database,
    duty,
    { id: 'YTO-ZJ', kind: 'operator', level: 'province', region: '330000', parent: 'YTO' },
    NOW,
  );
  const [{ id }] = await declareCapacities(database, office('YTO'), [declaration('YTO')], NOW);
  await decideDeclaration(database, duty, id, { to: 'approved', reason: 'seen' }, NOW);
  await suspendOrganisation(database, duty, 'YTO', { suspended: true, reason: 'test' }, NOW);

  expect(await bytesOf(database, 'ZTO')).toBe(await bytesOf(alone.database, 'ZTO'));
});
