import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { openDatabase, type PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { databaseUrl, TEMPLATE } from './postgres-server.js';

/** An empty database of its own with the schema in force, for one test. */
export interface TestDatabase {
  readonly database: PostgresDatabase;
  readonly url: string;
  /** A session of a superuser, for what the program itself may not do. */
  readonly admin: Client;
}

/**
 * Makes a database that is gone when the test is over; to be called inside a test. DATABASE_URL names another
 * server than the embedded one, and a superuser there.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url, drop } = await makeDatabase();
  const database = await openDatabase({ url });
  const admin = new Client({ connectionString: adminOf(url) });
  await admin.connect();
  onTestFinished(async () => {
    await database.close();
    await admin.end();
    await drop();
  });
  return { database, url, admin };
}

let asked: Promise<string> | undefined;

/** URL of the server, as its superuser. */
function serverUrl(): Promise<string> {
  asked ??= askServer();
  return asked;
}

async function askServer(): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const socket = process.env.CUOFENG_TEST_POSTGRES;
  if (!socket) throw new Error('the run has no test/support/postgres-server.ts');
  const answer = await text(connect(socket));
  if (!answer.startsWith('postgresql:')) throw new Error(answer);
  return answer;
}

async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await serverUrl();
  const name = `cuofeng_test_${randomBytes(6).toString('hex')}`;
  const isOurs = !process.env.DATABASE_URL;
  await onServer(
    server,
    `CREATE DATABASE ${name} ${isOurs ? `TEMPLATE ${TEMPLATE} OWNER cuofeng` : ''}`,
  );
  return {
    url: isOurs ? databaseUrl(server, name, 'cuofeng') : withDatabase(server, name),
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function adminOf(url: string): string {
  return process.env.DATABASE_URL ? url : url.replace('//cuofeng@', '//postgres@');
}

function withDatabase(url: string, name: string): string {
  return url.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
