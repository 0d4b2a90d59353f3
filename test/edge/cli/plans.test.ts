import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkCommand } from '../../../src/edge/cli/check.js';
import { compareCommand } from '../../../src/edge/cli/compare.js';
import { explainCommand } from '../../../src/edge/cli/explain.js';
import { statisticsLines } from '../../../src/edge/cli/statistics-text.js';
import { FaultyInput } from '../../../src/network/fault.js';
import { readScenario } from '../../../src/network/read-scenario.js';
import { writePlan } from '../../../src/network/write-plan.js';
import { measurePlan } from '../../../src/plan/statistics.js';
import { naivePlan } from '../../support/naive-plan.js';
import { runCommand } from '../../support/run-command.js';
import { withFolder, writeWorld } from '../../support/scenario-folder.js';
import { scenarioFrom } from '../../support/scenario-from.js';
import { bottleneck, pricesOf } from '../../support/worlds.js';

it('check says 0 to a plan that is right, 1 to a wrong one, and refuses what cannot be read', async () => {
  await withPlan(async (scenario, plan) => {
    const right = await runCommand(checkCommand(), [scenario, plan]);
    expect(right).toMatchObject({ code: 0 });
    expect(right.text).toContain('The plan is right.');
    expect(right.text).toMatch(/objective Z +4\nbound L +4\ngap +0/);
    const rows = 'a,s,o,x,y,0,0,way,2\nb,s,o,x,y,0,0,way,2\na,s,o,x,y,0,,,1\n';
    await writeFile(join(plan, 'releases.csv'), `${RELEASES}\n${rows}`);
    const wrong = await runCommand(checkCommand(), [scenario, plan]);
    expect(wrong.code).toBe(1);
    expect(wrong.text).toContain('overflow: hub, slot 0: load 4 > capacity left 2 (by 2)');
    const json = JSON.parse((await runCommand(checkCommand(), [scenario, plan, '--json'])).text);
    expect(json.violations.byRule).toEqual({ overflow: 1, figure: 4 });
    await writeFile(join(plan, 'releases.csv'), `${RELEASES}\na,s,o,x,y,0,0,nowhere,1\n`);
    await expect(runCommand(checkCommand(), [scenario, plan])).rejects.toThrow(FaultyInput);
  });
});

it('explain tells of a named cohort in Chinese, of the worst in English, and of both as JSON', async () => {
  await withPlan(async (scenario, plan) => {
    const keys = '--service s --operator o --origin x --destination y --slot 0'.split(' ');
    const named = await runCommand(explainCommand(), [scenario, plan, ...keys]);
    expect(named.text).toContain('待发 5 件 = 放行 5 件 + 结转 0 件');
    const worst = await runCommand(explainCommand(), [
      scenario,
      plan,
      '--worst',
      '3',
      '--lang',
      'en',
    ]);
    expect(worst.text).toContain('5 ready = 5 released + 0 carried over');
    const json = JSON.parse((await runCommand(explainCommand(), [scenario, plan, '--json'])).text);
    expect(json).toMatchObject([{ cohort: { service: 's', slot: 0 }, least: { total: 2 } }]);
  });
});

it('compare puts two plans side by side', async () => {
  await withPlan(async (scenario, plan) => {
    const same = await runCommand(compareCommand(), [scenario, plan, plan]);
    expect(same.text).toMatch(/objective +4 +4 +0/);
    expect(same.text).toContain('Binds in A only: none');
  });
});

it('the summary says what a plan does', async () => {
  const scenario = scenarioFrom(bottleneck);
  const plan = naivePlan(scenario, pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 }), 4);
  const statistics = await measurePlan(scenario, plan.releases(), plan.prices);
  const text = statisticsLines(plan.summary, statistics).join('\n');
  expect(text).toContain('parcels      5 ready = 5 released + 0 carried over');
  expect(text).toContain('holds        3 held; mean 0.8 h, 95 % within 2 h');
  expect(text).toMatch(/hub +hub +6 +2 +0 +2 +2 +2/);
});

const RELEASES = 'shipper,service,operator,origin,destination,readySlot,releaseSlot,route,parcels';

/** Runs with folders of the bottleneck world and of a right plan for it. */
async function withPlan(use: (scenario: string, plan: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const [at, planAt] = [join(folder, 'scenario'), join(folder, 'plan')];
    await writeWorld(at, bottleneck, { format: 'csv' });
    const scenario = await readScenario(at);
    const prices = pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 });
    const plan = naivePlan(scenario, prices, 4);
    await writePlan(planAt, scenario, plan.summary, plan.releases(), prices, { format: 'csv' });
    await use(at, planAt);
  });
}
