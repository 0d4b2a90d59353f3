import type { TableFormat } from '../../network/table.js';
import { POLICIES, type PolicyName } from '../../world/policy/policy.js';
import {
  PLANNER,
  SURPRISE_MOST,
  SURPRISES,
  type Surprises,
} from '../../world/simulation/options.js';
import {
  SURPRISE_LEVELS,
  type SurpriseLevel,
  surprisesAt,
} from '../../world/simulation/surprise-levels.js';
import { CommandLine } from './command-line.js';

/** What the command line gives, as it stands there. */
export interface SimulateFlags {
  readonly policy: string;
  readonly seed: string;
  readonly runs: string;
  readonly surprise: readonly string[];
  readonly reserve: string;
  readonly replan: string;
  readonly format: string;
}

/** What is to be simulated: each policy with each seed. */
export interface AskedSimulation {
  /** In the order of POLICIES. */
  readonly policies: readonly PolicyName[];
  readonly seeds: readonly number[];
  readonly surprises: Surprises;
  readonly reserve: number;
  readonly replanHours: number;
  readonly format: TableFormat;
}

const SEED_MOST = 2 ** 32 - 1;
/** More seeds than tell anything apart; without a limit a slip of the finger would run for weeks. */
const RUNS_MOST = 1000;
/** With less than a tenth of the hubs left nothing is planned that deserves the name. */
const RESERVE_MOST = 0.9;

/**
 * Reads the options of `cuofeng simulate`.
 *
 * @throws FaultyInput with every fault of all of them.
 */
export function parseSimulateFlags(flags: SimulateFlags): AskedSimulation {
  const line = new CommandLine();
  const whole = (field: string, text: string, least: number, most: number) =>
    line.number(
      field,
      text,
      { kind: 'integer', least, most },
      `a whole number from ${least} to ${most}`,
    );
  const policies = policiesFrom(flags.policy, line);
  const seed = whole('--seed', flags.seed, 0, SEED_MOST - RUNS_MOST);
  const runs = whole('--runs', flags.runs, 1, RUNS_MOST);
  const surprises = surprisesFrom(flags.surprise, line);
  const share = { kind: 'number', least: 0, most: RESERVE_MOST } as const;
  const reserve = line.number(
    '--reserve',
    flags.reserve,
    share,
    `a share from 0 to ${RESERVE_MOST}, such as 0.1`,
  );
  const { horizonHours } = PLANNER;
  const hours = { kind: 'number', least: 1, most: horizonHours } as const;
  const replanHours = line.number(
    '--replan',
    flags.replan,
    hours,
    `hours from 1 to the ${horizonHours} that a plan looks ahead`,
  );
  const format = formatFrom(flags.format, line);
  line.end();
  const seeds = Array.from({ length: runs }, (_, i) => seed + i);
  return { policies, seeds, surprises, reserve, replanHours, format };
}

function policiesFrom(text: string, line: CommandLine): PolicyName[] {
  if (text === 'all') return [...POLICIES];
  const names = text.split(',');
  const known: readonly string[] = POLICIES;
  for (const name of new Set(names)) {
    if (!known.includes(name)) {
      const cure = `Name policies among ${POLICIES.join(', ')}, with commas between them, or all.`;
      line.add('--policy', 'unknown-policy', `${JSON.stringify(name)} is not a policy`, cure);
    } else if (names.filter((other) => other === name).length > 1) {
      line.add('--policy', 'policy-twice', `${name} occurs twice`, 'Name each policy once.');
    }
  }
  return POLICIES.filter((policy) => names.includes(policy));
}

/** A level, and values of single streams that replace those of the level. */
function surprisesFrom(texts: readonly string[], line: CommandLine): Surprises {
  const levels = texts.filter((text) => !text.includes('='));
  const values = texts.filter((text) => text.includes('='));
  const level = levelFrom(levels, line);
  const surprises: Record<keyof Surprises, number> = { ...surprisesAt(level) };
  const seen = new Set<string>();
  for (const text of values) {
    const at = text.indexOf('=');
    const name = SURPRISES.find((known) => known === text.slice(0, at));
    if (name === undefined) addUnknown(text.slice(0, at), line);
    else if (seen.has(name)) addTwice(name, line);
    else {
      const most = SURPRISE_MOST[name];
      const allowed = { kind: 'number', least: 0, most } as const;
      const range = `a spread or share from 0 to ${most}`;
      surprises[name] = line.number(`--surprise ${name}`, text.slice(at + 1), allowed, range);
      seen.add(name);
    }
  }
  return surprises;
}

function levelFrom(texts: readonly string[], line: CommandLine): SurpriseLevel {
  if (texts.length > 1) addTwice('the level', line);
  for (const text of texts) {
    const level = SURPRISE_LEVELS.find((known) => known === text);
    if (level) return level;
    addUnknown(text, line);
  }
  return 'ordinary';
}

function addUnknown(name: string, line: CommandLine): void {
  const cure = `Write ${SURPRISE_LEVELS.join(', ')}, or NAME=value with one of ${SURPRISES.join(', ')}.`;
  line.add('--surprise', 'unknown-surprise', `${JSON.stringify(name)} is no surprise`, cure);
}

function addTwice(name: string, line: CommandLine): void {
  const cure = 'Give one level, and each surprise one value.';
  line.add('--surprise', 'surprise-twice', `${name} occurs twice`, cure);
}

function formatFrom(text: string, line: CommandLine): TableFormat {
  if (text === 'parquet' || text === 'csv') return text;
  const wrong = `${JSON.stringify(text)} is not a format of tables`;
  line.add('--format', 'unknown-format', wrong, 'Write csv or parquet.');
  return 'csv';
}
