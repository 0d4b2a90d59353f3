import { Command } from 'commander';
import { readPlan } from '../../network/read-plan.js';
import { currentPlan } from '../gate/publish.js';
import { openHosting } from './hosting.js';
import { openPlans, publishFiled } from './plan-host.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { dataOption, openStore } from './store.js';

/** `cuofeng gate publish`. */
export function publishCommand(): Command {
  return new Command('publish')
    .description(
      'Publish a plan as the next version of a season: gates that serve it take it over within seconds, and tickets stay.',
    )
    .argument('<scenario>', 'scenario folder')
    .argument('<plan>', 'plan folder')
    .addOption(dataOption())
    .action(publish);
}

async function publish(
  folder: string,
  planFolder: string,
  { data }: { readonly data: string },
): Promise<void> {
  const scenario = await readShown(folder);
  const plan = await readPlan(planFolder, scenario);
  const store = await openStore(data);
  try {
    const { database } = store;
    const hosting = await openHosting(store, scenario, await saysGenerated(folder));
    const { season } = hosting;
    const base = await currentPlan(database, season);
    const reason = 'published on the command line';
    const published = await publishFiled(openPlans(hosting, data), base, plan, reason);
    if (published === 'stale') {
      throw new Error(
        `version ${base + 1} was published by another; look at it, then publish again`,
      );
    }
    process.stdout.write(`${planFolder} is version ${base + 1} of season ${season.id}.\n`);
  } finally {
    await store.close();
  }
}
