import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../../src/edge/postgres/embedded.js';
import { findPostmaster, stopPostmaster } from '../../../src/edge/postgres/postmaster.js';

const OWNER = fileURLToPath(new URL('../../support/embedded-owner.ts', import.meta.url));
/** Sessions that hold a folder's lock. */
const OWNERS = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted`;
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cuofeng-embedded-'));
  await chmod(parent, 0o711);
  folder = join(parent, 'db');
});

afterEach(async () => {
  const left = await findPostmaster(join(folder, 'data'));
  if (left) await stopPostmaster(left.pid, join(folder, 'data'));
  await rm(parent, { recursive: true, force: true });
});

test('P3: what was committed outlives a killed program; the next start ends the server it left and goes on', async () => {
  const first = await owner();
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
  const before = await findPostmaster(join(folder, 'data'));
  const exit = once(first.process, 'exit');
  first.process.kill('SIGKILL');
  await exit;
  expect(await findPostmaster(join(folder, 'data'))).toEqual(before);
  const second = await startEmbedded(folder);
  expect((await findPostmaster(join(folder, 'data')))?.pid).not.toBe(before?.pid);
  expect(await query(second.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  await second.stop();
  expect(await findPostmaster(join(folder, 'data'))).toBeUndefined();
});

test('a folder has one owner: a second is refused, and the first does not notice', async () => {
  const first = await startEmbedded(folder);
  await expect(startEmbedded(folder)).rejects.toThrow('Another Cuofeng runs');
  expect(await query(first.adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await first.stop();
});

test('of those who start at once on a new folder, at most one has it, and it works', async () => {
  const starts = await Promise.allSettled([owner(), owner(), owner()]);
  const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  expect(started.length).toBeLessThanOrEqual(1);
  for (const { url, process } of started) {
    expect(await query(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    process.kill('SIGINT');
    await once(process, 'exit');
  }
  const last = await startEmbedded(folder);
  expect(await query(last.adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await last.stop();
  expect(await readdir(folder)).toEqual(['data', 'log']);
});

test('Ctrl-C reaches the program, not its database', async () => {
  const { process: child, output } = await owner();
  // To the whole group, as a terminal does.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(output()).toContain('stopped');
});

test('P15: a database that is killed with its children starts again, with all that was committed', async () => {
  const said: string[] = [];
  const database = await startEmbedded(folder, (text) => said.push(text));
  await query(database.adminUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
  for (let time = 0; time < 2; time++) {
    const server = await findPostmaster(join(folder, 'data'));
    process.kill(-(server?.pid ?? 0), 'SIGKILL');
    const rows = await untilAnswered(() => query(database.adminUrl, 'SELECT n FROM kept'));
    expect(rows).toEqual([{ n: 1 }]);
  }
  expect(said.join()).toContain('started again');
  await database.stop();
});

test('a folder has the same owner after a process of its server was killed', async () => {
  const database = await startEmbedded(folder);
  await query(database.adminUrl, 'CREATE TABLE kept (n int)');
  const before = JSON.stringify(await query(database.adminUrl, OWNERS));
  const killed = new Client({ connectionString: database.adminUrl });
  killed.on('error', () => undefined);
  await killed.connect();
  const { rows } = await killed.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  process.kill(rows[0].pid, 'SIGKILL');
  await untilAnswered(async () => {
    const now = await query(database.adminUrl, OWNERS);
    if (now.length === 0 || JSON.stringify(now) === before) throw new Error('none');
  });
  await expect(startEmbedded(folder)).rejects.toThrow('Another Cuofeng');
  expect(await query(database.adminUrl, 'SELECT n FROM kept')).toEqual([]);
  await database.stop();
});

test('P3: a server with fsync off is refused', async () => {
  const database = await startEmbedded(folder);
  await query(database.adminUrl, 'ALTER SYSTEM SET fsync = off');
  await query(database.adminUrl, 'SELECT pg_reload_conf(), pg_sleep(0.2)');
  await expect(openDatabase(database)).rejects.toThrow('Set fsync = on');
  await database.stop();
});

test('what is not a database is not touched', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'letter'), 'dear');
  await expect(startEmbedded(folder)).rejects.toThrow('holds no database');
  await expect(startEmbedded(join(folder, 'letter'))).rejects.toThrow('cannot be used');
  await mkdir(join(parent, 'old', 'data'), { recursive: true });
  await writeFile(join(parent, 'old', 'data', 'PG_VERSION'), '12\n');
  await expect(startEmbedded(join(parent, 'old'))).rejects.toThrow('was made by PostgreSQL 12');
});

interface Owner {
  readonly process: ChildProcess;
  readonly url: string;
  readonly output: () => string;
}

/** Another process with the database in the folder, in a group of its own. */
async function owner(): Promise<Owner> {
  const child = spawn(process.execPath, ['--import', 'tsx', OWNER, folder], { detached: true });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const address = /^postgresql:.*$/m.exec(output);
        if (address) resolve(address[0]);
      });
    }
    child.once('exit', () => reject(new Error(output)));
  });
  return { process: child, url, output: () => output };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The server may be on its way down, or up. */
async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
}
