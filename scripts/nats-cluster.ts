/**
 * Starts three NATS servers with JetStream on this machine, for trying out what several machines would run:
 *
 *     npm run nats -- FOLDER
 *
 * Prints their addresses, as `cuofeng track work --nats` and `cuofeng track serve --nats` take them; Ctrl-C stops them. Needs nats-server
 * on the PATH (Debian and Ubuntu: apt-get install nats-server).
 */
import { natsServerVersion } from './nats/nats-server.js';
import { startCluster } from './nats/start-cluster.js';

/** Of the nine ports in a row: what NATS listens at by default. */
const PORT = 4222;

const [folder = '.cache/nats'] = process.argv.slice(2);
if (natsServerVersion() === undefined) {
  process.stderr.write('error: there is no nats-server on the PATH: apt-get install nats-server\n');
  process.exit(1);
}
const cluster = await startCluster(folder, PORT);
process.stdout.write(`${cluster.urls.join(',')}\nCtrl-C stops.\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cluster.stop().then(() => process.exit(0)));
}
