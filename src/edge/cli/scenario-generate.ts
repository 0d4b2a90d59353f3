import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ColumnBatch, ColumnBatches, TableFormat } from '../../network/table.js';
import { FolderRefused } from '../../network/whole-folder.js';
import { writeScenario } from '../../network/write-scenario.js';
import { parseCalendar } from '../../world/season/calendar.js';
import { type Closure, parseClosures } from '../../world/season/closure-file.js';
import { type Facts, parseFacts } from '../../world/season/facts.js';
import { type SeasonOptions, usualParcelsPerDay } from '../../world/season/options.js';
import { generateSeason, type Season } from '../../world/season/season.js';

/** The fact tables, calendars and closures that come with the program. */
const DATA = new URL('../../../data/', import.meta.url);
const CALENDARS = ['2016', '2020', '2021'];
const CLOSURES = ['epidemic', 'power', 'weather'];

/** What the command line gives. */
interface Flags {
  readonly output: string;
  readonly cities: number;
  readonly operators: number;
  readonly parcelsPerDay?: number;
  readonly start: string;
  readonly slots: number;
  readonly slotMinutes: number;
  readonly seed: number;
  readonly calendar: string;
  readonly closures: readonly string[];
  readonly commitments: boolean;
  readonly carriedOver: boolean;
  readonly span: boolean;
  readonly shared: boolean;
  readonly tightDelivery: boolean;
  readonly tightHubs: boolean;
  readonly stations: boolean;
  readonly format: TableFormat;
}

/** `cuofeng scenario generate`. */
export function generateCommand(): Command {
  return new Command('generate')
    .description(
      'Make a realistic season of the national express network: real cities, market shares and ' +
        'stage times; the rest is modelled (docs/maths/season.md) and says so.',
    )
    .requiredOption(
      '-o, --output <folder>',
      'scenario folder to make; a scenario there is replaced',
    )
    .option('--cities <n>', 'the largest cities by parcels sent, up to all 337', whole(1, 337), 12)
    .option('--operators <k>', 'the largest operators by share, up to 8', whole(1, 8), 2)
    .option(
      '--parcels-per-day <n>',
      'mean over the horizon (default: what these cities and operators carry of the peak)',
      whole(1, 10_000_000_000),
    )
    .option('--start <instant>', 'start of slot 0', instant, '2020-11-11T00:00:00+08:00')
    .option('--slots <n>', 'slots to plan', whole(1, 10_000), 48)
    .option('--slot-minutes <n>', 'length of a slot', whole(1, 1440), 60)
    .option('--calendar <name>', `${CALENDARS.join(', ')}, or a file like theirs`, '2020')
    .option('--closures <names...>', `${CLOSURES.join(', ')}, or files like theirs`, [])
    .option('--commitments', 'parcels released before the start still load the network', false)
    .option('--carried-over', 'parcels from the half day before the start still wait', false)
    .option('--span', 'a parcel occupies hubs and couriers over several slots', false)
    .option('--shared', 'some hub sites and last miles are shared by all operators', false)
    .option('--tight-delivery', 'every delivery is a bottleneck', false)
    .option('--tight-hubs', 'the peak outlasts what hubs can sort, for days', false)
    .option('--stations', 'a last-mile operator runs deliveries where the largest hub is', false)
    .option('--seed <n>', 'the same seed gives the same bytes', whole(0, 2 ** 31 - 1), 1)
    .addOption(
      new Option('--format <format>', 'of the tables').choices(['csv', 'parquet']).default('csv'),
    )
    .addHelpText('after', EXAMPLES)
    .action(generate);
}

const EXAMPLES = `
Examples:
  cuofeng scenario generate -o season                            a dozen cities, two operators, two days
  cuofeng scenario generate -o snow --closures weather --slots 72
  cuofeng scenario generate -o nation --cities 337 --operators 8 --slots 72 \\
    --parcels-per-day 490000000 --format parquet                 44 million demand rows, 0.3 GB`;

async function generate(flags: Flags, command: Command): Promise<void> {
  const facts = await readFacts();
  const season = generateSeason(await readOptions(flags, facts, command), facts);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort(new Error('interrupted: nothing was written')));
  const tables = season.tables();
  const rows = { demand: 0, routes: 0 };
  const demand = counted(tables.demand, (count) => (rows.demand += count));
  const routes = counted(tables.routes, (count) => (rows.routes += count));
  const { format } = flags;
  const options = { format, signal: interrupt.signal };
  await writeScenario(flags.output, season.meta, { ...tables, demand, routes }, options).catch(
    (error: unknown) => {
      if (!(error instanceof FolderRefused)) throw error;
      command.error(`error: ${error.message}`, { exitCode: 2 });
    },
  );
  process.stdout.write(report(flags.output, season, rows));
}

/** The same batches, telling the rows of each. */
async function* counted(
  batches: ColumnBatches,
  tell: (rows: number) => void,
): AsyncGenerator<ColumnBatch> {
  for await (const batch of batches) {
    tell(batch.rows);
    yield batch;
  }
}

async function readFacts(): Promise<Facts> {
  const tables = ['cities', 'city-volume', 'province-volume', 'operator-volume'];
  const [cities, cityVolume, provinceVolume, operatorVolume] = await Promise.all(
    tables.map((name) => readFile(new URL(`${name}.csv`, DATA), 'utf8')),
  );
  return parseFacts({ cities, cityVolume, provinceVolume, operatorVolume });
}

async function readOptions(flags: Flags, facts: Facts, command: Command): Promise<SeasonOptions> {
  const calendar = await readAs(
    bundled(CALENDARS, 'calendars', flags.calendar),
    parseCalendar,
    command,
  );
  const closures: Closure[] = [];
  for (const name of flags.closures) {
    closures.push(...(await readAs(bundled(CLOSURES, 'closures', name), parseClosures, command)));
  }
  const { cities, operators, start, slots, slotMinutes, seed, carriedOver, shared } = flags;
  const parcelsPerDay =
    flags.parcelsPerDay ?? usualParcelsPerDay(facts, cities, operators, calendar);
  const { commitments: committed, span: spans, tightDelivery, tightHubs, stations } = flags;
  const size = { cities, operators, parcelsPerDay, start, slots, slotMinutes, seed };
  return {
    ...size,
    calendar,
    closures,
    committed,
    carriedOver,
    spans,
    shared,
    tightDelivery,
    tightHubs,
    stations,
  };
}

/** A file that comes with the program if the name is one of those known, else the user's own. */
function bundled(known: readonly string[], folder: string, name: string): URL | string {
  return known.includes(name) ? new URL(`${folder}/${name}.json`, DATA) : name;
}

async function readAs<T>(
  file: URL | string,
  parse: (text: string) => T | string,
  command: Command,
): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: unknown) =>
    command.error(`error: ${String(file)}: ${String(error)}`, { exitCode: 2 }),
  );
  const value = parse(text);
  return typeof value === 'string'
    ? command.error(`error: ${String(file)}: ${value}`, { exitCode: 2 })
    : value;
}

function report(folder: string, season: Season, rows: { demand: number; routes: number }): string {
  return [
    `${folder}: ${season.meta.name}`,
    `  pairs         ${season.network.pairs.size}`,
    `  resources     ${season.plant.resources.length}`,
    `  routes        ${rows.routes}`,
    `  demand rows   ${rows.demand}`,
    'Generated and modelled: figures are not measurements.',
    '',
  ].join('\n');
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
  };
}

function instant(text: string): string {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;
  if (form.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('ISO 8601 with offset, such as 2020-11-11T00:00:00+08:00.');
}
