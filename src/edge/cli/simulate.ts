import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import type { Scenario } from '../../network/scenario.js';
import { checkWritable } from '../../network/whole-folder.js';
import { PlanCache } from '../../world/policy/plan-cache.js';
import { POLICIES } from '../../world/policy/policy.js';
import { compareRuns } from '../../world/simulation/compare-runs.js';
import { PLANNER, type PlannerOptions, SURPRISES, WORLD } from '../../world/simulation/options.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { simulate } from '../../world/simulation/simulate.js';
import { SIMULATION_FILE } from '../../world/simulation/simulation-files.js';
import { SURPRISE_LEVELS } from '../../world/simulation/surprise-levels.js';
import { writeSimulation } from '../../world/simulation/write-simulation.js';
import { clock } from '../clock.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { type AskedSimulation, parseSimulateFlags, type SimulateFlags } from './simulate-flags.js';
import { SimulationLine } from './simulating-progress.js';
import { simulationNotes } from './simulation-notes.js';
import { figureLines, modelledText, settingsText, zeroLines } from './simulation-text.js';
import { Stop } from './stop.js';
import { count, decimal } from './text-table.js';
import { worstHubLines } from './worst-hubs.js';

interface Flags extends SimulateFlags {
  readonly output?: string;
}

/** `cuofeng simulate`. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'Live through a season under several policies of release, each with the same surprises: which ' +
        'hubs overflow, whether the network locks, how long parcels take. The world is modelled ' +
        '(docs/maths/world.md), and so is everything that comes of it.',
    )
    .argument('<scenario>', 'scenario folder')
    .option('-o, --output <folder>', 'write the results; they appear whole or not at all')
    .option('--policy <names>', `${POLICIES.join(',')}, or all`, 'at-once,plan')
    .option('--seed <n>', 'seed of chance; the same seed is the same chance for every policy', '1')
    .option('--runs <n>', 'seeds: seed, seed + 1, …', '1')
    .addOption(
      new Option(
        '--surprise <what>',
        `${SURPRISE_LEVELS.join(', ')}, or NAME=value for one of ${SURPRISES.join(', ')}; repeatable`,
      )
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], 'ordinary'),
    )
    .option('--reserve <share>', "of hubs' capacity that plans leave free", `${PLANNER.reserve}`)
    .option('--replan <hours>', 'between plans', `${PLANNER.replanHours}`)
    .option('--format <format>', 'of the tables: csv or parquet', 'csv')
    .addHelpText('after', EXAMPLES)
    .action(runSimulate);
}

const EXAMPLES = `
Ctrl-C leaves nothing. Surprises are ordinary unless said otherwise; hard is twice as much.
The folder is described in docs/spec/simulation.md; compare sets several of them side by side.

Examples:
  cuofeng simulate season
  cuofeng simulate season -o sim --policy all --runs 20
  cuofeng simulate season -o sim --surprise none --surprise demand=0.2 --reserve 0.05`;

async function runSimulate(folder: string, { output, ...flags }: Flags): Promise<void> {
  const asked = parseSimulateFlags(flags);
  if (output !== undefined) await checkWritable(output, SIMULATION_FILE);
  const scenario = await readShown(folder);
  const generated = await saysGenerated(folder);
  const notes = simulationNotes(scenario);
  const planner = {
    ...PLANNER,
    threads: availableParallelism(),
    reserve: asked.reserve,
    replanHours: asked.replanHours,
  };
  const stop = new Stop();
  process.stdout.write(`${headLines(scenario, generated, asked, notes).join('\n')}\n\n`);
  try {
    const runs = await simulateAll(scenario, asked, planner);
    if (output !== undefined) {
      const { surprises, format } = asked;
      const source = { scenario, generated, surprises, world: WORLD, planner, runs };
      await writeSimulation(output, source, { format, signal: stop.writing() });
    }
    process.stdout.write(`${resultLines(scenario, asked, runs).join('\n')}\n`);
    if (output !== undefined) process.stdout.write(`${output} written.\n`);
  } finally {
    stop.end();
  }
}

/** Policy by policy, and within a policy seed by seed, as the tables have them. */
async function simulateAll(
  scenario: Scenario,
  { policies, seeds, surprises }: AskedSimulation,
  planner: PlannerOptions,
): Promise<SimulationRun[]> {
  const line = new SimulationLine();
  const cache = new PlanCache();
  const runs: SimulationRun[] = [];
  try {
    for (const policy of policies) {
      for (const [i, seed] of seeds.entries()) {
        const of = `${policy}, seed ${seed} (${i + 1} of ${seeds.length})`;
        const options = { policy, seed, surprises, world: WORLD, planner, clock };
        runs.push(await simulate(scenario, { ...options, onProgress: line.begin(of) }, cache));
      }
    }
    return runs;
  } finally {
    line.end();
  }
}

function headLines(
  { name }: Scenario,
  generated: boolean,
  asked: AskedSimulation,
  notes: readonly string[],
): string[] {
  return [
    name,
    `  ${modelledText(generated)}`,
    `  ${settingsText(asked)}`,
    ...notes.map((note) => `  note: ${note}`),
  ];
}

function resultLines(
  scenario: Scenario,
  { policies, seeds }: AskedSimulation,
  runs: readonly SimulationRun[],
): string[] {
  const labelled = runs.map((run) => ({ label: run.policy, ...run }));
  const comparison = compareRuns(labelled, policies[0]);
  const [world, plans] = [
    sum(runs, (run) => run.worldSeconds),
    sum(runs, (run) => run.planSeconds),
  ];
  return [
    ...figureLines(comparison),
    ...(seeds.length > 1
      ? [
          `Mean over ${seeds.length} seeds ± what 95 % confidence leaves open.`,
          '',
          ...zeroLines(comparison),
        ]
      : []),
    '',
    ...worstHubLines(scenario, runs),
    '',
    `${count(runs.length)} season${runs.length === 1 ? '' : 's'} in ${decimal(world + plans, 1)} s, ${decimal(plans, 1)} s of them planning.`,
  ];
}

function sum(runs: readonly SimulationRun[], of: (run: SimulationRun) => number): number {
  return runs.reduce((total, run) => total + of(run), 0);
}
