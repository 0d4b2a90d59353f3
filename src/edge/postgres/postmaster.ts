import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf, DatabaseRefused } from './refused.js';

const run = promisify(execFile);

/** Milliseconds a server may take to write down what it has in memory and end; then it is ended at once, which loses nothing either. */
const STOP_MS_MOST = 60_000;

/** A server that runs, as its folder's postmaster.pid says. */
export interface Postmaster {
  readonly pid: number;
  /** Folder of its socket. */
  readonly socket: string;
}

/** The server that runs on a data folder, if there is one; what a dead one left is removed. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (await isPostmaster(pid, data)) return { pid, socket: lines[4] ?? '' };
  // After a reboot the number may be another program's: the server would refuse to start for it.
  await rm(file, { force: true });
  return undefined;
}

/** Ends a server; what it has confirmed stays. One that never came up may not hear the first, kinder signal. */
export async function stopPostmaster(
  pid: number,
  data: string,
  signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'],
): Promise<void> {
  for (const signal of signals) {
    send(pid, signal);
    for (let waited = 0; waited < STOP_MS_MOST; waited += 50) {
      if (!(await isPostmaster(pid, data))) return;
      await sleep(50);
    }
  }
  throw new DatabaseRefused(
    `The database server ${pid}, which an earlier run left behind, does not end.`,
    `End it (kill -QUIT ${pid}), then start again.`,
  );
}

/**
 * Ends what is left of a server that was killed: a process of it that waits for a lock of another that was killed waits for
 * ever, and as long as it has the shared memory no server can start. On Linux only: elsewhere it is not known whose it is.
 *
 * @param data as the system has it, without links; no server runs on it.
 */
export async function endLeftOver(data: string): Promise<void> {
  if (platform() !== 'linux') return;
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (folder === data && (await commandOf(pid)).startsWith('postgres: ')) send(pid, 'SIGKILL');
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return;
    throw new DatabaseRefused(
      `The database server ${pid}, which an earlier run left behind, belongs to another user.`,
      'Start the program as the user who started it then.',
      error,
    );
  }
}

/** Whether a process is the server of this folder, and not one that has its number by chance. */
async function isPostmaster(pid: number, data: string): Promise<boolean> {
  const command = await commandOf(pid);
  return command.includes('postgres') && command.includes(data);
}

async function commandOf(pid: number): Promise<string> {
  if (platform() === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
