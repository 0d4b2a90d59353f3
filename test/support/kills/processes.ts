import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inTime, until } from './waiting.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** Characters kept of what a server writes, but for what it says of each call. */
const KEPT = 4000;

/** What starts a gate again that ended by itself waits so long, milliseconds: it does where it finds no database. */
const AGAIN_MS = 300;

/** A server as the program runs it, in a process of its own, that can be killed and started again. */
export class ServerProcess {
  #child: ChildProcess | undefined;
  #output = '';
  #isWanted = false;
  /** What it wrote when it ended by itself although it had been serving. */
  readonly crashes: string[] = [];

  constructor(
    /** `gate serve …` or `track serve …`, without a port. */
    private readonly command: readonly string[],
    readonly url: URL,
    private readonly database: string,
  ) {}

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return this.#isWanted && child?.exitCode === null && child.signalCode === null;
  }

  /** From now on it runs, and is started again when it ends by itself. */
  start(): void {
    this.#isWanted = true;
    const serve = ['dist/edge/cli/main.js', ...this.command];
    const child = spawn(process.execPath, [...serve, '--port', this.url.port], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: this.database },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        const said = text.split('\n').filter((line) => !line.includes('"msg":"answered"'));
        this.#output = (this.#output + said.join('\n')).slice(-KEPT);
      });
    }
    child.once('exit', () => {
      if (!this.#isWanted) return;
      if (this.#output.includes('Ctrl-C stops')) this.crashes.push(this.#output);
      setTimeout(() => this.#isWanted && this.start(), AGAIN_MS);
    });
    this.#child = child;
  }

  async kill(): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await inTime(`the killed server at ${this.url.origin} is gone`, ended, () => this.describe());
  }

  /** Waits until it is there and has read what it is to serve. */
  ready(state: () => Promise<string>): Promise<void> {
    return until(`the server at ${this.url.origin} is ready`, () => this.isReady(), state);
  }

  /** What it is doing, as far as can be seen, with what it wrote last. */
  async describe(): Promise<string> {
    const child = this.#child;
    const answer = await this.#asked();
    const process = `process ${child?.pid}, ended by ${child?.signalCode ?? child?.exitCode ?? 'nothing'}`;
    return `${this.url.origin}: ${process}, /ready: ${answer}, wrote last:\n${this.#output}`;
  }

  #asked(): Promise<string> {
    const signal = AbortSignal.timeout(2000);
    return fetch(new URL('/ready', this.url), { signal }).then((ready) => ready.text(), String);
  }

  /** Stops it where it stands, or lets it go on as if nothing had been. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Whether it is there, and has read what it is to serve. */
  async isReady(): Promise<boolean> {
    return fetch(new URL('/ready', this.url), { signal: AbortSignal.timeout(1000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** Kills a database server with all its children, or one of them; gives false where it was not there. */
export async function killDatabase(folder: string, one?: (of: number) => number): Promise<boolean> {
  const [pid, ...children] = await databaseProcesses(folder);
  if (children.length === 0) return false;
  const victims = one ? [children[one(children.length)]] : [pid, ...children];
  for (const victim of victims) killNow(victim);
  return true;
}

/** The server on a folder and its children; none if it does not run. */
export async function databaseProcesses(folder: string): Promise<number[]> {
  const file = join(folder, 'data', 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  return pid > 0 ? [pid, ...(await childrenOf(pid))] : [];
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent ? [pid] : []));
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  return address.port;
}
