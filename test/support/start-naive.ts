import { startCommand } from '../../src/edge/cli/start.js';
import { naivePlan } from './naive-plan.js';

/** `cuofeng start` with the naive plan in the planner's place, for trying the command alone. */
await startCommand(async (scenario, { onProgress }) => {
  onProgress({ seconds: 0, objective: Infinity, bound: 0, gap: Infinity, stage: 'naive' });
  const plan = naivePlan(scenario);
  return { ...plan.summary, prices: plan.prices, releases: () => plan.releases() };
}).parseAsync();
