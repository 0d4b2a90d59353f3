import { readdir } from 'node:fs/promises';
import { Command } from 'commander';
import { PLAN_FILE } from '../../network/plan-columns.js';
import { SIMULATION_FILE } from '../../world/simulation/simulation-files.js';
import { CommandLine } from './command-line.js';
import { comparePlanFolders } from './compare-plans.js';
import { compareSimulationFolders } from './compare-simulations.js';

interface Flags {
  readonly base?: string;
  readonly json?: boolean;
}

/** `cuofeng compare`. */
export function compareCommand(): Command {
  return new Command('compare')
    .description(
      'Two plans of one scenario side by side: cost, holds by service, shipper and province, how ' +
        'equally they fall, and which resources bind in one and not in the other. Or the policies of one or ' +
        'more simulations: their figures over seeds with 95 % intervals, and what they differ by, seed by seed.',
    )
    .argument('<scenario>', 'scenario folder')
    .argument('<folders...>', 'two plan folders, or one or more folders of simulations')
    .option('--base <policy>', 'of simulations: what differences are taken from (default: plan)')
    .option('--json', 'the comparison as JSON')
    .addHelpText('after', EXAMPLES)
    .action(runCompare);
}

const EXAMPLES = `
Examples:
  cuofeng compare season plan plan-2
  cuofeng compare season sim
  cuofeng compare season sim sim-with-reserve --base "plan (sim)"`;

async function runCompare(scenario: string, folders: string[], flags: Flags): Promise<void> {
  const line = new CommandLine();
  const kinds = await Promise.all(folders.map((folder) => kindOf(folder, line)));
  const plans = kinds.filter((kind) => kind === PLAN_FILE).length;
  const simulations = kinds.filter((kind) => kind === SIMULATION_FILE).length;
  if (plans > 0 && simulations > 0) {
    const text = `${plans} of plans and ${simulations} of simulations`;
    const cure = 'Compare two plans, or simulations with each other.';
    line.add('folders', 'mixed-folders', text, cure);
  } else if (plans > 0 && folders.length !== 2) {
    line.add('folders', 'not-two-plans', `there are ${folders.length}`, 'Name two plans.');
  } else if (plans > 0 && flags.base !== undefined) {
    const cure = 'Leave it out: the second plan is compared with the first.';
    line.add('--base', 'base-of-plans', 'plans are not told apart by policy', cure);
  }
  line.end();
  const [a, b] = folders;
  if (plans > 0) await comparePlanFolders(scenario, [a, b], flags);
  else await compareSimulationFolders(scenario, folders, flags);
}

/** The file that says what is in a folder; undefined, and a fault, where there is none. */
async function kindOf(folder: string, line: CommandLine): Promise<string | undefined> {
  const entries = await readdir(folder).catch(() => undefined);
  const kind = [PLAN_FILE, SIMULATION_FILE].find((file) => entries?.includes(file));
  if (kind) return kind;
  const text = entries
    ? `there is no ${PLAN_FILE} or ${SIMULATION_FILE} in ${folder}`
    : `${folder} is not a folder that can be listed`;
  const cure = 'Name a folder that cuofeng plan or cuofeng simulate has written.';
  line.add('folders', 'missing-folder', text, cure);
  return undefined;
}
