import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { FaultList } from '../../network/fault.js';
import { TALLIES } from '../../track/sources.js';
import { CODE_LISTS, type CodeList } from '../track/formats/scan-columns.js';
import { checkScanFiles, readScanFile } from '../track/formats/scan-files.js';
import { ScanSender } from '../track/formats/send-scans.js';
import { CommandLine } from './command-line.js';
import { faultLines } from './fault-text.js';
import { parseUrl } from './load-flags.js';
import { SendingProgress } from './sending-progress.js';
import { count, textTable } from './text-table.js';

interface Flags {
  readonly url: URL;
  readonly keyFile?: string;
  readonly codes?: CodeList;
}

/** Faults that are told whole; the rest is counted by rule. */
const FAULTS_MOST = 10_000;

/** `cuofeng scans send`. */
export function sendCommand(): Command {
  return new Command('send')
    .description(
      'Send scans of files to a server: CSV with a column for each field of a scan (docs/spec/tracking.md), or NDJSON. ' +
        'All files are read to their ends first, so that nothing is sent of what is not right as a file.',
    )
    .argument('<file...>', '.csv or .ndjson')
    .option('--url <url>', 'where tracking is served', parseUrl, new URL('http://localhost:8619'))
    .option('--key-file <file>', "the operator's key; without it, CUOFENG_KEY of the environment")
    .addOption(
      new Option('--codes <list>', 'rows have codes of this list instead of kinds').choices(
        CODE_LISTS,
      ),
    )
    .addHelpText(
      'after',
      `
Scans that are wrong are quarantined by the server, and told; the others are taken. What was sent before is a duplicate: after
a failure, run the same command again.
Exit code: 0 all were sent, 1 the server cannot be reached or refuses, 2 a file is at fault (nothing was sent).

Example:
  cuofeng scans send hangzhou.csv --key-file key.txt`,
    )
    .action(send);
}

async function send(files: readonly string[], { url, keyFile, codes }: Flags): Promise<void> {
  const key = await readKey(keyFile);
  const total = await checkScanFiles(files, codes);
  const faults = new FaultList(FAULTS_MOST);
  const sender = new ScanSender(url, key, faults);
  const progress = new SendingProgress(total);
  try {
    for (const file of files) await sendFile(file, codes, sender, progress);
  } finally {
    progress.end();
    const row = TALLIES.map((name) => count(sender.tally[name]));
    const lines = textTable(TALLIES, [row]);
    if (faults.total > 0) lines.push('', ...faultLines(faults));
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

async function sendFile(
  file: string,
  codes: CodeList | undefined,
  sender: ScanSender,
  progress: SendingProgress,
): Promise<void> {
  // The files were checked; what changed since is for the server to judge.
  for await (const scans of readScanFile(file, codes, new FaultList())) {
    try {
      await sender.send(file, scans);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `${why}: stopped before line ${scans[0].line} of ${file}; what was sent is kept, and may be sent again`,
        { cause: error },
      );
    }
    progress.add(scans.length);
  }
}

/** The last line of a file, as `cuofeng access key add` writes it; no text of a fault has any of it. */
async function readKey(file: string | undefined): Promise<string> {
  const line = new CommandLine();
  const text =
    file === undefined
      ? process.env.CUOFENG_KEY
      : await readFile(file, 'utf8').catch(() => undefined);
  const key = text?.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(key)) {
    line.add(
      'key-file',
      'no-key',
      'There is no key.',
      'Name a file with --key-file, or set CUOFENG_KEY.',
    );
  }
  line.end();
  return key;
}
