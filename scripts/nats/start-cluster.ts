import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NatsServer, type ServerPorts } from './nats-server.js';

/** Three: the fewest that go on when one is lost. */
const SERVERS = 3;
/** A cluster elects its leaders within seconds. */
const PATIENCE_MS = 60_000;

/** Three servers with JetStream on this machine, for tests, benchmarks and trying out. */
export interface NatsCluster {
  readonly servers: readonly NatsServer[];
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts a cluster that keeps its files in a folder; resolves when it is ready.
 *
 * @param firstPort of nine in a row; free ones if it is left out.
 */
export async function startCluster(folder: string, firstPort?: number): Promise<NatsCluster> {
  const ports = firstPort === undefined ? await freePorts() : portsFrom(firstPort);
  const routes = ports.map(({ route }) => route);
  const servers = ports.map((own, i) => new NatsServer(`nats-${i + 1}`, own, folder, routes));
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    for (const server of servers) await server.start();
    await untilReady(servers);
  } catch (error) {
    await stop();
    throw error;
  }
  return { servers, urls: servers.map(({ url }) => url), stop };
}

/** Waits until all servers are ready. */
export async function untilReady(servers: readonly NatsServer[]): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (const server of servers) {
    while (!(await server.isReady())) {
      if (performance.now() > end) throw new Error(`${server.name} is not ready; see its log`);
      await sleep(100);
    }
  }
}

function portsFrom(first: number): ServerPorts[] {
  return Array.from({ length: SERVERS }, (_, i) => ({
    client: first + i,
    route: first + SERVERS + i,
    monitor: first + 2 * SERVERS + i,
  }));
}

/** Ports that nobody listens at now. */
async function freePorts(): Promise<ServerPorts[]> {
  const held = Array.from({ length: 3 * SERVERS }, () => createServer().listen(0, '127.0.0.1'));
  const ports: number[] = [];
  for (const server of held) {
    if (!server.listening) await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('there is no port');
    ports.push(address.port);
  }
  await Promise.all(held.map((server) => once(server.close(), 'close')));
  return Array.from({ length: SERVERS }, (_, i) => ({
    client: ports[3 * i],
    route: ports[3 * i + 1],
    monitor: ports[3 * i + 2],
  }));
}
