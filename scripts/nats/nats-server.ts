import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** From here on a server can be told to sync to disk before it confirms. */
const SYNCS_FROM = [2, 10];

/** What a server's file says, ports of this machine. */
export interface ServerPorts {
  readonly client: number;
  readonly route: number;
  readonly monitor: number;
}

/** The version of nats-server on the PATH, as 2.9.10; undefined where there is none. */
export function natsServerVersion(): string | undefined {
  try {
    const said = execFileSync('nats-server', ['--version'], { encoding: 'utf8' });
    return /v(\d+\.\d+\.\d+)/.exec(said)?.[1];
  } catch {
    return undefined;
  }
}

/**
 * One server of a cluster with JetStream, a process of this machine that listens on the loopback interface only; it can be
 * killed and started again on its files.
 */
export class NatsServer {
  #child: ChildProcess | undefined;

  /** @param routes ports at which all servers of the cluster listen for one another. */
  constructor(
    readonly name: string,
    readonly ports: ServerPorts,
    private readonly folder: string,
    private readonly routes: readonly number[],
  ) {}

  get url(): string {
    return `nats://127.0.0.1:${this.ports.client}`;
  }

  async start(): Promise<void> {
    const config = join(this.folder, `${this.name}.conf`);
    await mkdir(this.folder, { recursive: true });
    await writeFile(config, this.#config());
    const child = spawn('nats-server', ['--config', config], { stdio: 'ignore' });
    await once(child, 'spawn');
    this.#child = child;
  }

  /** Whether it is there, has found the others and has what it missed. */
  isReady(): Promise<boolean> {
    const health = `http://127.0.0.1:${this.ports.monitor}/healthz`;
    return fetch(health, { signal: AbortSignal.timeout(1000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Ends it as a power cut would end the process, or as asked. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  #config(): string {
    const { client, route, monitor } = this.ports;
    const routes = this.routes.map((port) => `nats://127.0.0.1:${port}`).join(', ');
    return `server_name: ${this.name}
listen: 127.0.0.1:${client}
http: 127.0.0.1:${monitor}
log_file: ${JSON.stringify(join(this.folder, `${this.name}.log`))}
jetstream {
  store_dir: ${JSON.stringify(join(this.folder, this.name))}
  max_file_store: 16GB
  ${syncs() ? 'sync_interval: always' : '# This version cannot be told to sync before it confirms.'}
}
cluster {
  name: cuofeng
  listen: 127.0.0.1:${route}
  routes: [${routes}]
}
`;
  }
}

/** Whether the installed server can sync before it confirms. */
function syncs(): boolean {
  const [major = 0, minor = 0] = (natsServerVersion() ?? '').split('.').map(Number);
  return major > SYNCS_FROM[0] || (major === SYNCS_FROM[0] && minor >= SYNCS_FROM[1]);
}
