import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../src/edge/postgres/connect.js';
import { type EmbeddedDatabase, startEmbedded } from '../../src/edge/postgres/embedded.js';

/** The database that others are copied from; it has the schema in force. */
export const TEMPLATE = 'cuofeng_template';

/**
 * One database server for a run of tests, started when a first test asks for it (postgres.ts): runs without one
 * pay nothing. Whoever connects to the socket is told the server's URL.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cuofeng-tests-'));
  // The server runs as another user where root runs the tests.
  await chmod(folder, 0o711);
  const socket = join(folder, 'ask');
  process.env.CUOFENG_TEST_POSTGRES = socket;
  let server: Promise<EmbeddedDatabase> | undefined;
  const listener = createServer((asker: Socket) => {
    server ??= start(join(folder, 'db'));
    server.then(
      ({ adminUrl }) => asker.end(adminUrl),
      (error: unknown) => asker.end(String(error)),
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

async function start(folder: string): Promise<EmbeddedDatabase> {
  const server = await startEmbedded(folder);
  await makeTemplate(server.adminUrl);
  return server;
}

/** Makes the template, owned by an ordinary user, as a database in production is. */
async function makeTemplate(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER cuofeng`);
  await client.end();
  const database = await openDatabase({ url: databaseUrl(adminUrl, TEMPLATE, 'cuofeng') });
  await database.close();
}

/** The same server's URL of another database and user. */
export function databaseUrl(url: string, database: string, user: string): string {
  return url.replace(/\/\/[^@]*@/, `//${user}@`).replace(/\/[^/]*$/, `/${database}`);
}
