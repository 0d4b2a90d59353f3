#!/usr/bin/env -S node --max-semi-space-size=32
// Bodies and answers of a busy gate die young: with the usual 16 MB half of its time went into collecting them.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { FaultyInput } from '../../network/fault.js';
import { FolderRefused } from '../../network/whole-folder.js';
import { accessCommand } from './access.js';
import { archiveCommand } from './archive.js';
import { auditCommand } from './audit.js';
import { checkCommand } from './check.js';
import { compareCommand } from './compare.js';
import { explainCommand } from './explain.js';
import { faultLines } from './fault-text.js';
import { gateCommand } from './gate.js';
import { planCommand } from './plan.js';
import { recountCommand } from './recount.js';
import { replayCommand } from './replay.js';
import { scansCommand } from './scans.js';
import { scenarioCommand } from './scenario.js';
import { simulateCommand } from './simulate.js';
import { startCommand } from './start.js';
import { trackCommand } from './track.js';

const EXAMPLES = `
Examples:
  cuofeng scenario generate -o season      a small modelled season
  cuofeng scenario validate season         every fault of its files, or none
  cuofeng scenario summary season          what is in it, and what would overflow at once
  cuofeng plan season -o plan              who releases how many, when, over which route
  cuofeng check season plan                the plan verified from its files alone
  cuofeng explain season plan              why the worst holds are held
  cuofeng simulate season                  how the season goes, at once and by plan, with surprises
  cuofeng start                            the bundled season, planned, shown in the browser, its gate open
  cuofeng gate serve season --plan plan    the gate of a season alone: tickets over HTTP
  cuofeng scans send hangzhou.csv          scans of a file, to a server that tracks parcels
  cuofeng access key add P1 --label orders --role dispatcher
                                           a key for a platform's programs, shown once
  cuofeng archive season --to scans        the scans of closed days as Parquet
  cuofeng recount season --archive scans   what was counted live, against a recount
  cuofeng audit verify                     whether anybody changed what was written down

Exit codes: 0 done, 1 it failed or the answer is no, 2 the input is at fault (nothing was written).
The files are described in docs/spec/release-planning.md.`;

/** Milliseconds until what is left of a command that failed is ended: time to write down what it said. */
const ENDING_MS = 1000;

/** The commands, in the order in which one needs them. */
const COMMANDS = [
  scenarioCommand,
  planCommand,
  checkCommand,
  explainCommand,
  simulateCommand,
  compareCommand,
  startCommand,
  gateCommand,
  trackCommand,
  scansCommand,
  replayCommand,
  archiveCommand,
  recountCommand,
  accessCommand,
  auditCommand,
];

const { version } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
);

const program = new Command('cuofeng')
  .description(
    'Cuofeng 错峰: plans the staggered release of parcels in peak season, with a certificate of how ' +
      'good the plan is.',
  )
  .version(String(version))
  .showHelpAfterError('(--help says more)')
  .addHelpText('after', EXAMPLES);
for (const command of COMMANDS) program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
  // What a command that failed had begun may still run: a gate whose database went away while it opened waits for it.
  setTimeout(() => process.exit(), ENDING_MS).unref();
}

/** Says what went wrong; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof FaultyInput) {
    process.stderr.write(`${faultLines(error.faults).join('\n')}\n`);
    return 2;
  }
  if (error instanceof FolderRefused) {
    process.stderr.write(`error: ${error.message}\n`);
    return 2;
  }
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${text}\n`);
  if (process.env.CUOFENG_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return 1;
}
