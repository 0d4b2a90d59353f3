import { Command } from 'commander';
import { readScenario } from '../../network/read-scenario.js';
import { ReadingProgress } from './reading-progress.js';
import { noteLines } from './scenario-notes.js';
import { count } from './text-table.js';

const EXAMPLES = `
Lists every fault with file, line, field, rule and cure: the first 100, and the rest by rule.
Exit code: 0 the scenario can be planned, 2 it has faults.

Examples:
  cuofeng scenario validate season
  cuofeng scenario validate season && cuofeng plan season -o plan`;

/** `cuofeng scenario validate`. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('Read every file of a scenario and list what is wrong in it.')
    .argument('<scenario>', 'scenario folder')
    .addHelpText('after', EXAMPLES)
    .action(validate);
}

async function validate(path: string): Promise<void> {
  const progress = new ReadingProgress();
  const scenario = await readScenario(path, progress).finally(() => progress.end());
  const { demandRows, seconds } = progress;
  const { resources, routes, name } = scenario;
  const lines = [
    `${name}: no faults`,
    `  ${count(demandRows)} demand rows, ${count(routes.ids.size)} routes, ${count(resources.ids.size)} resources`,
    `  read in ${seconds.toFixed(1)} s, ${count(demandRows / seconds)} demand rows a second`,
    ...noteLines(scenario),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
