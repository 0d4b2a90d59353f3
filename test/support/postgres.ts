import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { openDatabase, type PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { onServer, type TestServer, withDatabase } from './postgres-server.js';
import { isUntouched, rememberUntouched, wipe } from './postgres-wipe.js';

/** An empty database with the schema in force, for one test. */
export interface TestDatabase {
  readonly database: PostgresDatabase;
  readonly url: string;
  /** A session of a superuser, for what the program itself may not do. */
  readonly admin: Client;
}

/** Names of databases that tests of this file are done with: making one takes longer than most tests. */
const free: string[] = [];

/**
 * Lends a database, to be called inside a test. Afterwards its rows go, or all of it if the test changed its schema or its
 * settings, or left a session open.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, userUrl } = await testServer();
  const name = free.pop() ?? (await makeDatabase());
  const url = withDatabase(userUrl, name);
  const admin = new Client({ connectionString: withDatabase(adminUrl, name) });
  await admin.connect();
  await rememberUntouched(admin);
  const database = await openDatabase({ url });
  onTestFinished(async () => {
    await database.close();
    const isReusable = await isUntouched(admin);
    if (isReusable) await wipe(admin);
    await admin.end();
    if (isReusable) free.push(name);
    else await onServer(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return { database, url, admin };
}

async function makeDatabase(): Promise<string> {
  const { adminUrl, user, template } = await testServer();
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  await onServer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${user}`);
  return name;
}

let asked: Promise<TestServer> | undefined;

/** The run's server. */
export function testServer(): Promise<TestServer> {
  asked ??= askServer();
  return asked;
}

async function askServer(): Promise<TestServer> {
  const socket = process.env.CUOFENG_TEST_POSTGRES;
  if (!socket) throw new Error('the run has no test/support/postgres-server.ts');
  const answer: TestServer & { error?: string } = JSON.parse(await text(connect(socket)));
  if (answer.error) throw new Error(answer.error);
  return answer;
}
