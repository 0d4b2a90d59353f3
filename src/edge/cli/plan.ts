import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { PLAN_FILE } from '../../network/plan-columns.js';
import type { PlanSummary } from '../../network/plan-files.js';
import { readPlan } from '../../network/read-plan.js';
import type { TableFormat } from '../../network/table.js';
import { checkWritable } from '../../network/whole-folder.js';
import { writePlan } from '../../network/write-plan.js';
import { type PlanResult, planSeason } from '../../plan/plan.js';
import { measurePlan } from '../../plan/statistics.js';
import { clock } from '../clock.js';
import { Interrupt } from './interrupt.js';
import { ProgressLine } from './planning-progress.js';
import { readShown } from './read-shown.js';
import { statisticsLines } from './statistics-text.js';

/** A tenth of a per cent: below what forecasts are good for. */
const GAP = 1e-3;

interface Flags {
  readonly output: string;
  readonly gap: number;
  readonly timeLimit?: number;
  readonly threads: number;
  readonly warmStart?: string;
  readonly format: TableFormat;
}

/** `cuofeng plan`. */
export function planCommand(): Command {
  return new Command('plan')
    .description(
      'Plan a season: who releases how many parcels, in which slot and over which route, so that no ' +
        'resource is over its capacity and the cost of holding is least; with prices that prove how ' +
        'good the plan is.',
    )
    .argument('<scenario>', 'scenario folder')
    .requiredOption('-o, --output <plan>', 'plan folder; appears whole or not at all')
    .option('--gap <share>', 'good enough: (Z − L) / Z at most this', share, GAP)
    .option(
      '--time-limit <seconds>',
      'search no longer; finishing the plan comes after it',
      seconds,
    )
    .option(
      '--threads <n>',
      'threads; the plan does not depend on it',
      threads,
      availableParallelism(),
    )
    .option('--warm-start <plan>', 'begin with the prices of this plan of a similar season')
    .option('--format <format>', 'csv or parquet', format, 'csv')
    .addHelpText(
      'after',
      `
Ctrl-C ends the search and writes the best plan so far; a second Ctrl-C leaves nothing.
While it runs: time, cost Z of the best plan, proven bound L, gap, stage.
The search ends at the gap, at the time limit, or when its rounds are used up; the last says so.

Examples:
  cuofeng plan season -o plan
  cuofeng plan season -o plan --gap 0.0002 --time-limit 60
  cuofeng plan season-with-closure -o plan-2 --warm-start plan`,
    )
    .action(plan);
}

async function plan(folder: string, flags: Flags): Promise<void> {
  const from = clock.now();
  await checkWritable(flags.output, PLAN_FILE);
  const scenario = await readShown(folder);
  const warmStart = flags.warmStart
    ? (await readPlan(flags.warmStart, scenario)).prices
    : undefined;
  const interrupt = new Interrupt();
  const line = new ProgressLine();
  try {
    const result = await planSeason(scenario, {
      gap: flags.gap,
      ...(flags.timeLimit === undefined ? {} : { timeLimitSeconds: flags.timeLimit }),
      threads: flags.threads,
      ...(warmStart ? { warmStart } : {}),
      onProgress: line.onProgress,
      signal: interrupt.soft,
      clock,
    });
    line.end();
    const summary = summaryOf(scenario.name, result);
    await writePlan(flags.output, scenario, summary, result.releases(), result.prices, {
      format: flags.format,
      seconds: () => clock.now() - from,
      signal: interrupt.hard,
    });
    const statistics = await measurePlan(scenario, result.releases(), result.prices);
    process.stdout.write(`${statisticsLines(summary, statistics).join('\n')}\n\n`);
    process.stdout.write(`${endText(result, flags)}\n${flags.output} written.\n`);
  } finally {
    line.end();
    interrupt.end();
  }
}

function summaryOf(scenario: string, result: PlanResult): PlanSummary {
  const { objective, bound, gap, ready, released, carried, ended } = result;
  return { scenario, objective, bound, gap, ready, released, carried, seconds: 0, ended };
}

function endText({ ended }: PlanResult, { gap }: Flags): string {
  if (ended === 'gap') return `The gap asked for (${gap}) is reached.`;
  if (ended === 'stopped') return 'The search was stopped; this is the best plan it had.';
  return `The search used up its rounds before the gap asked for (${gap}).`;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('A share from 0 to below 1, such as 0.001.');
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('A number of seconds, 0 or more.');
}

function threads(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError('A whole number from 1 to 64.');
}

function format(text: string): TableFormat {
  if (text === 'csv' || text === 'parquet') return text;
  throw new InvalidArgumentError('csv or parquet.');
}
