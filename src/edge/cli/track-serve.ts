import { Command } from 'commander';
import { makeApiServer } from '../http/server.js';
import { host, hostSeason, openHosting } from './hosting.js';
import { parseLease } from './lease.js';
import { parseNatsUrls } from './nats-urls.js';
import { parsePort } from './port.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { dataOption, openStore } from './store.js';
import { hostRemoteTracking, hostTracking } from './track-host.js';
import { hostWarnings } from './warn-host.js';

const PORT = 8619;

interface Flags {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly nats?: string[];
  readonly lease?: number;
}

/** `cuofeng track serve`. */
export function trackServeCommand(): Command {
  return new Command('serve')
    .description(
      'Take scans of a season, tell where its parcels are and warn, without gate and pages. Another process on the same ' +
        'database takes over when this one ends.',
    )
    .argument('<scenario>', 'scenario folder')
    .addOption(dataOption())
    .option(
      '--nats <urls>',
      'send scans to cuofeng track work by these servers: nats://host:4222,…',
      parseNatsUrls,
    )
    .option('--host <name>', 'name or address to listen at', 'localhost')
    .option('--port <n>', 'port to listen at', parsePort, PORT)
    .option(
      '--lease <seconds>',
      'how long the others wait for a process that does not answer',
      parseLease,
    )
    .action(serve);
}

async function serve(folder: string, { data, nats, lease, ...asked }: Flags): Promise<void> {
  const scenario = await readShown(folder);
  const store = await openStore(data);
  try {
    const hosting = await openHosting(store, scenario, await saysGenerated(folder));
    const tracking = nats
      ? await hostRemoteTracking(hosting, nats)
      : await hostTracking(hosting, data, lease === undefined ? undefined : 1000 * lease);
    const service = tracking.served.tracking?.service;
    // What asks is closed before what answers.
    const warnings = service ? [hostWarnings(hosting, service)] : [];
    const parts = [hostSeason(hosting), ...warnings, tracking];
    await host(store, parts, (served) => makeApiServer(served, 'info'), asked);
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}
