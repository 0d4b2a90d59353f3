import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  type FileHandle,
  lchown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { Binaries } from './embedded-binaries.js';
import type { ServerUser } from './embedded-user.js';
import { codeOf, DatabaseRefused } from './refused.js';

/** Bytes of a socket's path that every system allows (macOS: 104 with the closing zero; Linux: 108). */
const SOCKET_PATH_MOST = 103;

/** What a folder of files is called while they are made. */
const FRESH = 'data.new-';

/** Bytes of the server's log at which a new one is begun; the one before is kept. */
const LOG_MOST = 16 * 2 ** 20;

/**
 * Makes the folder, for the server's user alone.
 *
 * @throws DatabaseRefused if it cannot be used, or is used for something else: nothing in it is touched.
 */
export async function makeFolder(folder: string, user: ServerUser): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await refuseOther(folder);
    await chmod(folder, 0o700);
    if (userInfo().uid === 0) await giveTo(folder, user);
  } catch (error) {
    if (error instanceof DatabaseRefused) throw error;
    throw new DatabaseRefused(
      `The database's folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      'Name a folder that you may write to, or a database in DATABASE_URL.',
      error,
    );
  }
}

async function refuseOther(folder: string): Promise<void> {
  const entries = await readdir(folder);
  if (entries.every((entry) => entry.startsWith(FRESH))) return;
  if (entries.includes('data') && (await readdir(join(folder, 'data'))).includes('PG_VERSION'))
    return;
  throw new DatabaseRefused(
    `The folder ${folder} is not empty and holds no database.`,
    'Name an empty folder, or one that is not there yet.',
  );
}

/** Gives all of a folder to the user, unless it is his: after a move to another machine numbers differ. */
async function giveTo(folder: string, { uid, gid }: ServerUser): Promise<void> {
  if ((await stat(folder)).uid === uid) return;
  for (const entry of await readdir(folder, { recursive: true }))
    await lchown(join(folder, entry), uid, gid);
  await chown(folder, uid, gid);
}

/**
 * Makes the database's files unless they are there; they appear whole or not at all.
 *
 * @throws DatabaseRefused if they are another version's, or the user reaches neither programs nor folder.
 */
export async function makeData(
  folder: string,
  { initdb, major }: Binaries,
  user: ServerUser,
): Promise<string> {
  const data = join(folder, 'data');
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) await initialise(folder, initdb, user);
  else if (Number.parseInt(version, 10) !== major) {
    throw new DatabaseRefused(
      `The database in ${folder} was made by PostgreSQL ${version.trim()}; this program brings ${major}.`,
      `Move it with pg_dump and pg_restore, or name a server of version ${version.trim()} or later in DATABASE_URL.`,
    );
  }
  return data;
}

async function initialise(folder: string, initdb: string, user: ServerUser): Promise<void> {
  const fresh = join(folder, `${FRESH}${process.pid}`);
  await rm(fresh, { recursive: true, force: true });
  const args = ['--username=postgres', '--auth=peer', '--encoding=UTF8', '--no-instructions'];
  const locale = ['--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const made = await runAs(user, initdb, [`--pgdata=${fresh}`, ...args, ...locale], folder);
  if (made.code !== 0) {
    throw new DatabaseRefused(
      `The database could not be made in ${folder}, as user ${user.name}: ${made.said.trim()}`,
      `See that ${user.name} may enter all folders above it and above ${initdb}, and that the disk has 100 MB free.`,
    );
  }
  await rename(fresh, join(folder, 'data')).catch((error: unknown) => {
    // Somebody who started at the same time was faster: his is as good.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  });
  for (const entry of await readdir(folder)) {
    if (entry.startsWith(FRESH)) await rm(join(folder, entry), { recursive: true, force: true });
  }
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

interface Ran {
  readonly code: number | null;
  readonly said: string;
}

function runAs(
  user: ServerUser,
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...identity(user), cwd, env: SERVER_ENV, detached: true });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stdout.resume();
    child.on('error', (error) => resolve({ code: null, said: error.message }));
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** What the server's programs see of the environment: nothing that changes what they do (PGDATA, PGOPTIONS). */
export const SERVER_ENV: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** Only root may say as whom a program runs. */
export function identity({ uid, gid }: ServerUser): { uid?: number; gid?: number } {
  return userInfo().uid === 0 ? { uid, gid } : {};
}

/**
 * Who may connect: over the socket, whoever the system says is the user that started the program, or the
 * server's own. There is no password to be kept.
 */
export async function writeAccess(data: string, user: ServerUser): Promise<void> {
  const names = new Set([user.name, userInfo().username]);
  const lines = [...names].flatMap((name) => [`peer "${name}" postgres`, `peer "${name}" cuofeng`]);
  await writeFile(join(data, 'pg_ident.conf'), `${lines.join('\n')}\n`);
  await writeFile(join(data, 'pg_hba.conf'), 'local all all peer map=peer\n');
}

/** A folder for the socket that only the server's user and root can enter: the database's own, if its path is short enough. */
export async function socketFolder(folder: string, user: ServerUser): Promise<string> {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= SOCKET_PATH_MOST) return folder;
  const made = await mkdtemp(join(tmpdir(), 'cuofeng-'));
  if (userInfo().uid === 0) await chown(made, user.uid, user.gid);
  return made;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The server's log, to append to. */
export async function openLog(folder: string): Promise<FileHandle> {
  const file = join(folder, 'log');
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes > LOG_MOST) await rename(file, join(folder, 'log.before'));
  return open(file, 'a');
}

/** The last lines of the server's log. */
export async function endOfLog(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'log'), 'utf8');
  return text.trimEnd().split('\n').slice(-5).join('\n');
}
