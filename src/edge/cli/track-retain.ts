import { join } from 'node:path';
import { Command } from 'commander';
import { seasonId } from '../gate/season.js';
import { retainScans } from '../track/archive/retain-scans.js';
import { listSeasonScans } from '../track/archive/season-scans.js';
import { CommandLine } from './command-line.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count } from './text-table.js';

interface Flags {
  readonly days: string;
  readonly archive: string;
  readonly keyDays?: string;
  readonly archiveDays?: string;
  readonly data: string;
}

/** `cuofeng track retain`. */
export function trackRetainCommand(): Command {
  return new Command('retain')
    .description(
      'Delete scans by age: entries of the log that are archived, files of the archive, and the key by which waybill ' +
        'numbers could be found among hashes. Every act stands in the audit log.',
    )
    .argument('<scenario>', 'scenario folder')
    .requiredOption('--days <n>', 'entries of the log stay for so many days after receipt')
    .requiredOption(
      '--archive <folder>',
      'the archive; each file is read again before its entries go',
    )
    .option('--key-days <n>', "the season's key stays for so many days after the season's end")
    .option('--archive-days <n>', 'files of the archive stay for so many days')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
Days are those of the season's clock. Entries that a restart may need stay, however old they are. Without --key-days and
--archive-days, keys and archive stay for good. A key that is deleted cannot be had again, but from a backup.`,
    )
    .action(retain);
}

async function retain(scenarioFolder: string, { archive, data, ...flags }: Flags): Promise<void> {
  const asked = readDays(flags);
  const scenario = await readShown(scenarioFolder);
  const store = await joinStore(data);
  try {
    const { database } = store;
    const seasons = await listSeasonScans(database, scenario, seasonId(scenario));
    if (seasons.length === 0) process.stdout.write('There are no scans of this season.\n');
    for (const season of seasons) {
      const folder = join(archive, season.id);
      const { entries, scans, files, keyDeleted } = await retainScans({
        database,
        season,
        folder,
        actor: 'command-line',
        ...asked,
      });
      process.stdout.write(
        [
          `Season ${season.id}`,
          `  entries taken out of the log: ${count(entries)}, with ${count(scans)} scans`,
          `  files taken out of the archive: ${count(files.length)}`,
          ...(keyDeleted ? ['  its key is deleted'] : []),
          '',
        ].join('\n'),
      );
    }
  } finally {
    await store.close();
  }
}

const DAYS = { kind: 'integer', least: 1, most: 100_000 } as const;

function readDays({ days, keyDays, archiveDays }: Omit<Flags, 'archive' | 'data'>) {
  const line = new CommandLine();
  const read = (field: string, text: string) =>
    line.number(field, text, DAYS, 'a whole number of days, at least 1');
  const asked = {
    days: read('days', days),
    keyDays: keyDays === undefined ? undefined : read('key-days', keyDays),
    archiveDays: archiveDays === undefined ? undefined : read('archive-days', archiveDays),
  };
  if (asked.archiveDays !== undefined && asked.archiveDays < asked.days) {
    const text = 'the archive would lose scans that are still in the log';
    line.add('archive-days', 'too-small', text, 'Write at least as many as --days.');
  }
  line.end();
  return asked;
}
