import { Command } from 'commander';
import { generateCommand } from './scenario-generate.js';
import { summaryCommand } from './scenario-summary.js';
import { validateCommand } from './scenario-validate.js';

/** `cuofeng scenario …`. */
export function scenarioCommand(): Command {
  return new Command('scenario')
    .description(
      'Make, validate and summarise scenarios: a network, its capacities and its demand.',
    )
    .addCommand(validateCommand())
    .addCommand(summaryCommand())
    .addCommand(generateCommand());
}
