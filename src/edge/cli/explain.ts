import { Command, InvalidArgumentError, Option } from 'commander';
import { readPlan } from '../../network/read-plan.js';
import type { Scenario } from '../../network/scenario.js';
import { CohortIndex } from '../../plan/cohort-index.js';
import { findCohort } from '../../plan/cohort-key.js';
import { explainCohorts, findWorstHolds } from '../../plan/explain-plan.js';
import { explanationText } from '../../plan/explain-text.js';
import { EXPLAIN_WORDS, type Language } from '../../plan/explain-words.js';
import { readShown } from './read-shown.js';

interface Flags {
  readonly service?: string;
  readonly operator?: string;
  readonly origin?: string;
  readonly destination?: string;
  readonly slot?: number;
  readonly worst?: number;
  readonly lang: Language;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  cuofeng explain season plan --worst 3
  cuofeng explain season plan --lang en --service timed --operator SF \\
    --origin 330100 --destination 110100 --slot 4`;

/** `cuofeng explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Why parcels are held: which resource and slot bind, at what price, and what each earlier ' +
        'slot would have cost. Name one cohort by all five of its keys, or ask for the worst holds.',
    )
    .argument('<scenario>', 'scenario folder')
    .argument('<plan>', 'plan folder')
    .option('--service <id>')
    .option('--operator <id>')
    .option('--origin <id>')
    .option('--destination <id>')
    .option(
      '--slot <n>',
      'ready slot; negative for parcels carried over from an earlier plan',
      whole,
    )
    .option('--worst <n>', 'the cohorts whose holds cost most (default: 1)', whole)
    .addOption(new Option('--lang <language>', 'of the text').choices(['zh', 'en']).default('zh'))
    .option('--json', 'explanations as JSON')
    .addHelpText('after', EXAMPLES)
    .action(runExplain);
}

async function runExplain(scenarioPath: string, planPath: string, flags: Flags, command: Command) {
  const scenario = await readShown(scenarioPath);
  const plan = await readPlan(planPath, scenario);
  const chosen = findNamed(scenario, flags, command);
  const cohorts =
    chosen ?? (await findWorstHolds(scenario, () => plan.releases(), flags.worst ?? 1));
  const releases = () => plan.releases();
  const explanations = await explainCohorts(scenario, { prices: plan.prices, releases }, cohorts);
  const texts = explanations.map((e) => explanationText(scenario, e, flags.lang).join('\n'));
  if (texts.length === 0) texts.push(EXPLAIN_WORDS[flags.lang].nothingHeld);
  const text = flags.json ? JSON.stringify(explanations, null, 2) : texts.join('\n\n');
  process.stdout.write(`${text}\n`);
}

/** The cohort that the flags name, undefined when they name none. */
function findNamed(scenario: Scenario, flags: Flags, command: Command): number[] | undefined {
  const { service, operator, origin, destination, slot } = flags;
  const keys = [service, operator, origin, destination, slot];
  if (keys.every((key) => key === undefined)) return undefined;
  if (
    service === undefined ||
    operator === undefined ||
    origin === undefined ||
    destination === undefined ||
    slot === undefined
  ) {
    return command.error(
      'error: a cohort is named by --service, --operator, --origin, --destination and --slot together',
      { exitCode: 2 },
    );
  }
  const key = { service, operator, origin, destination, slot };
  const cohort = findCohort(scenario, new CohortIndex(scenario), key);
  if (cohort >= 0) return [cohort];
  return command.error(`error: the scenario has no parcels of ${JSON.stringify(key)}`, {
    exitCode: 2,
  });
}

function whole(text: string): number {
  const n = Number(text);
  if (text.trim() === '' || !Number.isInteger(n)) {
    throw new InvalidArgumentError('It must be a whole number.');
  }
  return n;
}
