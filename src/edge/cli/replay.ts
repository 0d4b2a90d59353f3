import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Scenario } from '../../network/scenario.js';
import { POLICIES, type PolicyName } from '../../world/policy/policy.js';
import { scanSeason } from '../../world/scans/season-scans.js';
import { SPOILS, type SpoilName } from '../../world/scans/spoil.js';
import { ORDINARY, PLANNER, WORLD } from '../../world/simulation/options.js';
import { clock } from '../clock.js';
import { Calls } from '../load/calls.js';
import { makeKeys } from '../load/provision.js';
import type { ScanKey } from '../load/scan-load.js';
import { FROM_HOURS, shareFor } from '../track/replay/replay-share.js';
import { Replayer, type ReplayState } from '../track/replay/replayer.js';
import { runOf, ScanText } from '../track/replay/scan-text.js';
import { seasonClock } from '../track/replay/season-clock.js';
import { sendByHttp } from '../track/replay/send-by-http.js';
import { readKeyFile } from './key-file.js';
import { parseUrl, share, whole } from './load-flags.js';
import { readShown } from './read-shown.js';
import { ReplayLine } from './replay-line.js';
import { dataOption, joinStore } from './store.js';
import { count, decimal, textTable } from './text-table.js';

/** Scans may be stamped so long before the season (track-season.ts). */
const FROM_HOURS_MOST = 14 * 24;
/** How long answers are waited for after Ctrl-C, milliseconds. */
const PATIENCE_MS = 10_000;

interface Flags {
  readonly url: URL;
  readonly keyFile?: string;
  readonly policy: PolicyName;
  readonly share?: number;
  readonly speed: number;
  readonly from: number;
  readonly untilNow?: boolean;
  readonly seed: number;
  readonly spoil: SpoilName;
  readonly data: string;
}

/** `cuofeng replay`. */
export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'Live through a season in the simulated world and send its scans to tracking, as the operators of the season would: ' +
        "what is past by the season's clock at once, then each scan when it is. All of it is generated, waybill numbers begin with GEN.",
    )
    .argument('<scenario>', 'scenario folder')
    .option('--url <url>', 'where tracking is served', parseUrl, new URL('http://localhost:8619'))
    .option(
      '--key-file <file>',
      'keys of operators, "operator key" a line; without it, made and revoked',
    )
    .addOption(new Option('--policy <name>', 'of release').choices(POLICIES).default('at-once'))
    .option(
      '--share <s>',
      'of the parcels; without it, so many that some eight scans come a second',
      share(1e-9, 1),
    )
    .addOption(
      new Option('--speed <n>', 'times the pace of the clock at which the past is sent, or max')
        .argParser(speed)
        .default(Number.POSITIVE_INFINITY, 'max'),
    )
    .option(
      '--from <hours>',
      'of the world that the season has behind it when it begins',
      whole(0, FROM_HOURS_MOST),
      FROM_HOURS,
    )
    .option('--until-now', 'end when all that is past is sent')
    .option('--seed <n>', 'of all chance', whole(0, 2 ** 31), 1)
    .addOption(
      new Option('--spoil <how>', 'how scans come: in order and once, or as they do in the field')
        .choices(Object.keys(SPOILS))
        .default('clean'),
    )
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
The season must be made up: its clock begins at its first slot when it is first opened. Stamps are moved so that the world is
--from hours old then. The same options send the same scans, so that a replay may be run again: what is there is
counted once. Ctrl-C ends when what was sent is acknowledged.

Example, beside cuofeng track serve examples/double-eleven (cuofeng start has a small replay of its own):
  cuofeng replay examples/double-eleven --spoil field`,
    )
    .action(replay);
}

async function replay(folder: string, flags: Flags): Promise<void> {
  const scenario = await readShown(folder);
  const named =
    flags.keyFile === undefined ? undefined : await readKeyFile(flags.keyFile, scenario);
  if (named) return send(scenario, flags, named);
  const store = await joinStore(flags.data);
  try {
    const operators = scenario.pairs.operators.list();
    const made = await makeKeys(store.database, operators, Date.now, 'operator');
    const keys = operators.map((operator, o) => ({ operator, key: made.secrets[o] }));
    try {
      await send(scenario, flags, keys);
    } finally {
      await made.revoke();
    }
  } finally {
    await store.close();
  }
}

async function send(scenario: Scenario, flags: Flags, keys: readonly ScanKey[]): Promise<void> {
  const { url, policy, seed, from, spoil, speed: pace } = flags;
  const timing = await seasonClock(url, keys[0].key);
  const part = flags.share ?? shareFor(scenario);
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = () => stopping.abort(new Error('interrupted'));
  const calls = new Calls([url]);
  const planner = { ...PLANNER, threads: availableParallelism() };
  const simulation = { policy, seed, surprises: ORDINARY, world: WORLD, planner, clock, signal };
  const rates = SPOILS[spoil];
  const replayer = new Replayer({
    scenario,
    scans: scanSeason(scenario, { simulation, share: part, ...(rates && { spoil: rates }) }),
    text: new ScanText(
      scenario,
      runOf(policy, seed, part, from),
      Date.parse(scenario.start) - from * 3_600_000,
    ),
    send: sendByHttp(calls, new Map(keys.map(({ operator, key }) => [operator, key]))),
    timing,
    speed: pace,
    onlyPast: flags.untilNow ?? false,
    operators: new Set(keys.map(({ operator }) => operator)),
    signal,
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop);
  const line = new ReplayLine(() => replayer.state);
  try {
    const ended = replayer.run();
    const patience = new Promise<ReplayState>((resolve) => {
      signal.addEventListener('abort', () => {
        setTimeout(() => resolve(replayer.state), PATIENCE_MS).unref();
      });
    });
    const state = await Promise.race([ended, patience]);
    line.end();
    process.stdout.write(`${linesOf(state, part, calls.counts.refusals).join('\n')}\n`);
  } finally {
    line.end();
    calls.close();
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop);
  }
}

function linesOf(
  { told, batches, seconds, held, sentUntil, behindMs }: ReplayState,
  part: number,
  refusals: number,
): string[] {
  const rows = [
    ['acknowledged', count(told.received)],
    ['applied', count(told.applied)],
    ['superseded', count(told.superseded)],
    ['duplicate', count(told.duplicate)],
    ['quarantined', count(told.quarantined)],
    ['calls', count(batches)],
    ['told to come again', count(held + refusals)],
    ['scans/s', count(told.received / Math.max(seconds, 1e-3))],
    ['behind the clock, s', decimal(behindMs / 1000, 1)],
  ];
  return [
    `Generated scans; each parcel stands for ${count(1 / part)}. Sent up to ${new Date(sentUntil).toISOString()} of the season.`,
    ...textTable(['', ''], rows).slice(1),
  ];
}

function speed(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= 1 && value <= 1e6) return value;
  throw new InvalidArgumentError('A number from 1 to 1000000, or max.');
}
