import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { readPlan } from '../../network/read-plan.js';
import type { Scenario } from '../../network/scenario.js';
import { planSeason } from '../../plan/plan.js';
import { measurePlan } from '../../plan/statistics.js';
import { simulate } from '../../world/simulation/simulate.js';
import { type Demonstration, prepareDemonstration } from '../access/demonstration.js';
import { clock } from '../clock.js';
import type { Served } from '../http/api-server.js';
import { makeServer } from '../http/server.js';
import type { PlanFiles } from '../plans/plan-files.js';
import type { ShelvedPlan } from '../plans/plan-shelf.js';
import type { Database } from '../postgres/database.js';
import { shareFor } from '../track/replay/replay-share.js';
import { demonstrationLines } from './demonstration-text.js';
import { host, hostGate, hostSeason, openHosting } from './hosting.js';
import { hostNight } from './night-host.js';
import { FIRST, hostPlans, openPlans, publishFiled } from './plan-host.js';
import { ProgressLine } from './planning-progress.js';
import { checkPort, parsePort } from './port.js';
import { readShown } from './read-shown.js';
import { hostOrders, hostReplay } from './replay-host.js';
import { saysGenerated } from './says-generated.js';
import { statisticsLines } from './statistics-text.js';
import { dataOption, openStore } from './store.js';
import { hostTracking } from './track-host.js';
import { hostWarnings } from './warn-host.js';

/** The season that comes with the program and the built console, seen from src as from dist. */
const EXAMPLE = fileURLToPath(new URL('../../../examples/double-eleven', import.meta.url));
const CONSOLE = fileURLToPath(new URL('../../../dist/console', import.meta.url));

/** Good enough to look at; the bundled season reaches it in seconds. */
const GAP = 1e-3;
/** A season that takes longer is better planned with `plan` and shown with --plan. */
const TIME_LIMIT_SECONDS = 60;
/** Share of a made-up season that is behind it when it is first shown: of the bundled one, until the evening of the first day. */
const BEHIND = 0.28;
const HOST = 'localhost';
const PORT = 8617;

interface Flags {
  readonly scenario: string;
  readonly plan?: string;
  readonly data: string;
  readonly port: number;
}

/** `cuofeng start`. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'Plan a season and show it: where parcels would overflow at once, what the plan does, how good ' +
        'it is, who waits and why; and try it in a simulated world. Pages on this machine, in Chinese and ' +
        'English.',
    )
    .option('--scenario <folder>', 'scenario folder (default: the bundled season)', EXAMPLE)
    .option('--plan <folder>', 'make this plan its first one instead of planning')
    .addOption(dataOption())
    .option('--port <n>', 'port of the page', parsePort, PORT)
    .action(start);
}

async function start(flags: Flags): Promise<void> {
  const { scenario: folder, plan: planFolder, data, port } = flags;
  const from = clock.now();
  await checkPort(HOST, port);
  const scenario = await readShown(folder);
  const store = await openStore(data);
  const generated = await saysGenerated(folder);
  const behind = Math.floor(BEHIND * scenario.slots);
  const hosting = await openHosting(store, scenario, generated, behind);
  const plans = openPlans(hosting, data);
  if (!(await hasPlan(plans))) {
    const plan = planFolder ? await readPlan(planFolder, scenario) : await newPlan(scenario, from);
    if (plan === undefined) return store.close();
    await publishFiled(plans, 0, plan, FIRST);
  }
  await tellPlan(plans, scenario);
  const simulation = { simulate, clock, threads: availableParallelism() };
  const made = generated ? await demonstrate(store.database, scenario) : undefined;
  const night = made && hostNight(folder, scenario);
  const demonstration = made && { ...made, night: night?.night };
  const [gate, tracking] = [await hostGate(hosting), await hostTracking(hosting, data)];
  const { service } = tracking.open;
  const scale = generated ? Math.round(1 / shareFor(scenario)) : 1;
  const warnings = hostWarnings(hosting, service, scale);
  const make = (served: Served) => {
    const api = { ...served, demonstration };
    return makeServer({ scenario, console: CONSOLE, simulation, api });
  };
  // What sends or asks is closed before what takes and answers.
  const living = generated ? [hostReplay(service), hostOrders(hosting, gate)] : [];
  const shown = [...(night ? [night] : []), ...living];
  const planning = await hostPlans(hosting, data, gate);
  const parts = [...shown, hostSeason(hosting, scale), planning, warnings, gate, tracking];
  await host(store, parts, make, { host: HOST, port });
}

/** A made-up season has made-up organisations, to sign in as. */
async function demonstrate(
  database: Database,
  scenario: Scenario,
): Promise<Demonstration | undefined> {
  const made = await prepareDemonstration(database, scenario, Date.now());
  if (made) process.stdout.write(`${demonstrationLines(made).join('\n')}\n\n`);
  return made;
}

async function hasPlan({ notes }: PlanFiles): Promise<boolean> {
  return (await notes.list()).length > 0;
}

/** Says what the plan in force does, where its files are. */
async function tellPlan(plans: PlanFiles, scenario: Scenario): Promise<void> {
  const [{ version }] = await plans.notes.list();
  const plan = await plans.read(version);
  if (!plan) {
    process.stdout.write(`Version ${version} of the plan is in force; its files are not here.\n\n`);
    return;
  }
  const { summary, prices } = plan;
  const statistics = await measurePlan(scenario, plan.releases(), prices);
  process.stdout.write(`${statisticsLines(summary, statistics).join('\n')}\n\n`);
}

/** A plan made now; undefined when it was interrupted. `from`: when reading the scenario began. */
async function newPlan(scenario: Scenario, from: number): Promise<ShelvedPlan | undefined> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const line = new ProgressLine();
  try {
    const plan = await planSeason(scenario, {
      gap: GAP,
      timeLimitSeconds: TIME_LIMIT_SECONDS,
      threads: availableParallelism(),
      onProgress: line.onProgress,
      signal: interrupt.signal,
      clock,
    });
    if (interrupt.signal.aborted) return undefined;
    const { objective, bound, gap, ready, released, carried, prices } = plan;
    const figures = {
      objective,
      bound,
      gap,
      ready,
      released,
      carried,
      seconds: clock.now() - from,
    };
    const summary = { scenario: scenario.name, ...figures };
    return { summary, releases: () => plan.releases(), prices };
  } finally {
    line.end();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
