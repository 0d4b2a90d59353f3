import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../src/edge/postgres/embedded.js';

/** A server for a run of tests, as those who ask for it are told. */
export interface TestServer {
  /** A superuser's. */
  readonly adminUrl: string;
  /** An ordinary user's, who owns the databases, as one does in production. */
  readonly userUrl: string;
  readonly user: string;
  /** The database that others are copied from; it has the schema in force. */
  readonly template: string;
}

interface Started extends TestServer {
  readonly stop: () => Promise<void>;
}

/**
 * One database server for a run of tests, started when a first test asks for it (postgres.ts): runs without one
 * pay nothing. DATABASE_URL names another than the embedded one, and a superuser there. Whoever connects to the socket
 * is told of it.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cuofeng-tests-'));
  // The server runs as another user where root runs the tests.
  await chmod(folder, 0o711);
  const socket = join(folder, 'ask');
  process.env.CUOFENG_TEST_POSTGRES = socket;
  let server: Promise<Started> | undefined;
  const listener = createServer((asker: Socket) => {
    server ??= process.env.DATABASE_URL
      ? prepare(process.env.DATABASE_URL)
      : startOwn(join(folder, 'db'));
    server.then(
      (started) => asker.end(JSON.stringify(started)),
      (error: unknown) => asker.end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((resolve) => listener.listen(socket, resolve));
  return async () => {
    listener.close();
    await server?.then(
      (started) => started.stop(),
      () => undefined,
    );
    await rm(folder, { recursive: true, force: true });
  };
}

async function startOwn(folder: string): Promise<Started> {
  const { adminUrl, url, stop } = await startEmbedded(folder).then((server) => ({
    adminUrl: server.adminUrl,
    url: server.url,
    stop: () => server.stop(),
  }));
  const server = { adminUrl, userUrl: url, user: 'cuofeng', template: 'cuofeng_template' };
  await makeTemplate(server);
  return { ...server, stop };
}

/** On a server of the tester's: the user, and databases that begin with the template's name, are gone when the run is over. */
async function prepare(adminUrl: string): Promise<Started> {
  const id = randomBytes(4).toString('hex');
  const [user, password] = [`cuofeng_tester_${id}`, randomBytes(16).toString('hex')];
  await onServer(adminUrl, `CREATE ROLE ${user} LOGIN CREATEROLE PASSWORD '${password}'`);
  const userUrl = adminUrl.replace(/\/\/([^@/]*@)?/, `//${user}:${password}@`);
  const server = { adminUrl, userUrl, user, template: `cuofeng_template_${id}` };
  await makeTemplate(server);
  const stop = async (): Promise<void> => {
    for (const name of await databases(adminUrl, server.template)) {
      await onServer(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    }
    await onServer(adminUrl, `DROP OWNED BY ${user}`);
    await onServer(adminUrl, `DROP ROLE ${user}`);
  };
  return { ...server, stop };
}

async function makeTemplate({ adminUrl, userUrl, user, template }: TestServer): Promise<void> {
  await onServer(adminUrl, `CREATE DATABASE ${template} OWNER ${user}`);
  const database = await openDatabase({ url: withDatabase(userUrl, template) });
  await database.close();
}

async function databases(adminUrl: string, prefix: string): Promise<string[]> {
  const rows = await onServer(
    adminUrl,
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}')`,
  );
  return rows.map(({ datname }) => datname);
}

/** The same server's URL of another database. */
export function withDatabase(url: string, database: string): string {
  return url.replace(/\/[^/?]*(\?|$)/, `/${database}$1`);
}

/** One statement, in a session of its own. */
export async function onServer(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(sql)).rows;
  } finally {
    await client.end();
  }
}
