import { join } from 'node:path';
import { Command } from 'commander';
import { seasonId } from '../gate/season.js';
import { archiveSeason } from '../track/archive/archive-season.js';
import { listSeasonScans } from '../track/archive/season-scans.js';
import { readShown } from './read-shown.js';
import { saysGenerated } from './says-generated.js';
import { dataOption, joinStore } from './store.js';
import { count } from './text-table.js';

interface Flags {
  readonly to: string;
  readonly data: string;
}

/** `cuofeng archive`. */
export function archiveCommand(): Command {
  return new Command('archive')
    .description(
      "Write a season's scans of closed days as Parquet, a file a day and log, behind what the archive has; waybill " +
        'numbers are in it as keyed hashes only. Files appear whole or not at all.',
    )
    .argument('<scenario>', 'scenario folder')
    .requiredOption('--to <folder>', 'the archive; each season gets a folder of its own in it')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `
To be run once a day. A day is closed half an hour after its end, by the season's clock.

Example:
  cuofeng archive season --to scans
  duckdb -c "SELECT kind, count(*) FROM 'scans/*/*.parquet' GROUP BY kind"`,
    )
    .action(archive);
}

async function archive(scenarioFolder: string, { to, data }: Flags): Promise<void> {
  const scenario = await readShown(scenarioFolder);
  const generated = await saysGenerated(scenarioFolder);
  const store = await joinStore(data);
  try {
    const { database } = store;
    const seasons = await listSeasonScans(database, scenario, seasonId(scenario));
    if (seasons.length === 0) process.stdout.write('There are no scans of this season.\n');
    for (const season of seasons) {
      process.stdout.write(`Season ${season.id}\n`);
      const { files } = await archiveSeason({
        database,
        season,
        folder: join(to, season.id),
        generated,
        actor: 'command-line',
        onFile: ({ file, rows }) => process.stdout.write(`  ${file}: ${count(rows)} scans\n`),
      });
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      process.stdout.write(`  ${count(files.length)} files, ${count(rows)} scans\n`);
      if (generated) process.stdout.write('  These scans are generated, not measured.\n');
    }
  } finally {
    await store.close();
  }
}
