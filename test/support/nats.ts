import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { natsServerVersion } from '../../scripts/nats/nats-server.js';
import { type NatsCluster, startCluster } from '../../scripts/nats/start-cluster.js';

/** Where there is no nats-server, tests of JetStream are left out, and say so. */
export const describeNats =
  natsServerVersion() === undefined ? describe.skip.bind(describe) : describe;

const LEFT_OUT = 'there is no nats-server on the PATH (apt-get install nats-server)';

/** Titles say why they are left out. */
export function natsTitle(title: string): string {
  return natsServerVersion() === undefined ? `${title}: left out, ${LEFT_OUT}` : title;
}

/** Three servers for the tests of a file, on free ports. */
export function useCluster(): () => NatsCluster {
  let cluster: NatsCluster | undefined;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuofeng-nats-'));
    cluster = await startCluster(folder);
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (!cluster) throw new Error('the cluster is not there');
    return cluster;
  };
}
