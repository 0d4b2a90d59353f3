import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PATIENCE_MS = 60_000;

export interface WorkerPlace {
  readonly scenario: string;
  /** Of the database. */
  readonly url: string;
  readonly nats: readonly string[];
  readonly logs: number;
  /** Where histories and snapshots are. */
  readonly folder: string;
  readonly leaseSeconds: number;
}

/** A worker as the program runs it, in a process of its own, that can be killed and started again. */
export class WorkerProcess {
  #child: ChildProcess | undefined;
  #output = '';

  constructor(private readonly place: WorkerPlace) {}

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves when it serves what logs it has. */
  async start(): Promise<void> {
    const { scenario, url, nats, logs, folder, leaseSeconds } = this.place;
    const flags = ['--nats', nats.join(','), '--logs', String(logs), '--data', folder];
    flags.push('--lease', String(leaseSeconds), '--port', '0');
    const main = ['--max-semi-space-size=32', 'dist/edge/cli/main.js', 'track', 'work', scenario];
    const child = spawn(process.execPath, [...main, ...flags], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-8000);
      });
    }
    this.#child = child;
    const end = performance.now() + PATIENCE_MS;
    while (!this.#output.includes('Ctrl-C stops')) {
      if (child.exitCode !== null || performance.now() > end) {
        throw new Error(`the worker does not start:\n${this.#output}`);
      }
      await sleep(20);
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }
}
