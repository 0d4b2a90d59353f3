import { join } from 'node:path';
import { Command } from 'commander';
import { seasonId } from '../gate/season.js';
import { restoreTracking } from '../track/archive/restore-tracking.js';
import { listSeasonScans } from '../track/archive/season-scans.js';
import { onError } from './hosting.js';
import { readShown } from './read-shown.js';
import { dataOption, joinStore } from './store.js';
import { count } from './text-table.js';
import { trackFolder } from './track-host.js';

interface Flags {
  readonly archive: string;
  readonly data: string;
}

/** `cuofeng track restore`. */
export function trackRestoreCommand(): Command {
  return new Command('restore')
    .description(
      'Make what tracking keeps in the data folder again from the archive, after that folder was lost: what has left ' +
        'the log is read from the archive, the rest from the log at the next start.',
    )
    .argument('<scenario>', 'scenario folder')
    .requiredOption(
      '--archive <folder>',
      'the archive; each file is read once more before it is used',
    )
    .addOption(dataOption())
    .action(restore);
}

async function restore(scenarioFolder: string, { archive, data }: Flags): Promise<void> {
  const scenario = await readShown(scenarioFolder);
  const store = await joinStore(data);
  try {
    const { database } = store;
    const seasons = await listSeasonScans(database, scenario, seasonId(scenario));
    if (seasons.length === 0) process.stdout.write('There are no scans of this season.\n');
    for (const season of seasons) {
      process.stdout.write(`Season ${season.id}\n`);
      const restored = await restoreTracking({
        database,
        season,
        archive: join(archive, season.id),
        folderOf: (log) => join(trackFolder(data), season.id, `log-${log}`),
        onProblem: onError,
      });
      for (const { log, seq, scans } of restored) {
        const text = seq === 0 ? 'needs nothing' : `entry ${seq}, ${count(scans)} scans read`;
        process.stdout.write(`  log ${log}: ${text}\n`);
      }
    }
  } finally {
    await store.close();
  }
}
