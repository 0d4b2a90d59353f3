import { Command } from 'commander';
import { readPlan } from '../../network/read-plan.js';
import { makeApiServer } from '../http/server.js';
import { host, hostGate, hostSeason, openHosting } from './hosting.js';
import { parseLease } from './lease.js';
import { openPlans, publishFirst } from './plan-host.js';
import { parsePort } from './port.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { dataOption, openStore } from './store.js';

const PORT = 8618;

interface Flags {
  readonly plan?: string;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly lease?: number;
}

/** `cuofeng gate serve`. */
export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Serve the gate of a season, without planning it and without pages. Several processes on one database share its ' +
        'shards and take over from one another.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('--plan <folder>', 'publish this plan, if the season has none yet')
    .addOption(dataOption())
    .option('--host <name>', 'name or address to listen at', 'localhost')
    .option('--port <n>', 'port to listen at', parsePort, PORT)
    .option(
      '--lease <seconds>',
      'how long the others wait for a process that does not answer',
      parseLease,
    )
    .action(serve);
}

async function serve(
  folder: string,
  { plan: planFolder, data, lease: seconds, ...asked }: Flags,
): Promise<void> {
  const scenario = await readShown(folder);
  const plan = planFolder === undefined ? undefined : await readPlan(planFolder, scenario);
  const store = await openStore(data);
  try {
    const hosting = await openHosting(store, scenario, await saysGenerated(folder));
    if (plan) await publishFirst(openPlans(hosting, data), plan);
    const leaseMs = seconds === undefined ? undefined : 1000 * seconds;
    const parts = [hostSeason(hosting), await hostGate(hosting, leaseMs)];
    await host(store, parts, (served) => makeApiServer(served, 'info'), asked);
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
}
