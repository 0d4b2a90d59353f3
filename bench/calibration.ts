/**
 * The simulated world beside the published record (docs/maths/calibration.md): what fits, what does not.
 *
 *     npx tsx bench/calibration.ts [ordinary | 2016 | 2021 | variants]…
 *
 * Seasons of one operator are made anew in .cache/seasons and lived through with ordinary surprises of one
 * seed: two runs print the same. A few minutes, 3 GB.
 */
import { textTable } from '../src/edge/cli/text-table.js';
import type { PolicyName } from '../src/world/policy/policy.js';
import type { Calendar } from '../src/world/season/calendar.js';
import { STAGE } from '../src/world/season/stages.js';
import { parseTable } from '../src/world/season/table.js';
import { calendarOf, readData } from '../test/support/season.js';
import {
  type CalibratedSeason,
  live,
  makeSeason,
  scaled,
  slowed,
  withinCity,
  withOutlets,
} from './calibrated-season.js';
import { type November, novemberOf } from './november.js';
import { atLeast, between, near, type Range, type RecordRow, recordTable } from './record-table.js';

/** Which policy stands for those years is a judgement: volume was chased, and releases were cut by telephone. */
const POLICIES: readonly PolicyName[] = ['at-once', 'throttle'];
/** Ordinary days that outlets take in a day: the headroom of `--tight-delivery`, its middle. */
const OUTLETS = 1.775;
/** The largest: parcels between them take an hour less than the nation's. */
const PEAK_CITIES = 60;
const GOV = 'gov.cn 2016-11-18';

const parts: Record<string, () => Promise<void>> = {
  ordinary,
  '2016': november2016,
  '2021': november2021,
  variants,
};
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : ['ordinary', '2016', '2021', 'variants']) {
  if (!parts[name]) throw new Error(`no part ${name}`);
  await parts[name]();
}

/** Days on which nothing is short, in the whole nation: plant rated for the ordinary day that it is. */
async function ordinary(): Promise<void> {
  const calendar = calendarOf('2020');
  const plain = { ...calendar, peakDay: calendar.ordinaryDay, days: new Map() };
  const season = await makeSeason(plain, '2020-09-01', 4, 337);
  const { stages, figures } = await live(season, 'at-once');
  if (!stages) throw new Error('not all parcels came to their outlets');
  const origin = stages.toFirstHub + STAGE.sort;
  const transport = stages.betweenHubs - STAGE.sort * stages.transferred;
  const destination = stages.toOutlet + stages.atOutlet;
  const delivery = stages.round + stages.again;
  // Within a city, all come within 72 hours.
  const own = withinCity(season);
  const within72 = (figures.within72 - own) / (1 - own);
  const of = parseTable(readData('service-time.csv')).find((r) => r.period === '2023Q2') ?? {};
  const row = (what: string, column: string, model: number, turnsOn: string): RecordRow => {
    return { what, ...near(Number(of[column])), source: of.source, model: [model], turnsOn };
  };
  say(
    'Ordinary days, 337 cities: parcels between two of them, h',
    ['model'],
    [
      row('origin processing', 'origin_processing_h', origin, 'STAGE of the season'),
      row('transport', 'transport_h', transport, 'STAGE and speeds of the season'),
      row('destination processing', 'destination_processing_h', destination, 'shift'),
      row('delivery', 'delivery_h', delivery, 'roundHours, failedShare'),
      row('end to end', 'end_to_end_h', origin + transport + destination + delivery, 'the stages'),
      row('within 72 h of pick-up, %', 'on_time_72h_pct', 100 * within72, 'shift, failedShare'),
    ],
  );
}

async function november2016(): Promise<void> {
  const lives = await livesOf(await season2016(), 6);
  const row = rowMaker(lives, GOV);
  const whole = 'outlets, lockerRoom, the first days';
  const first = 'none of the variants below: parcels from nearby come sooner than they did';
  say('11 to 16 November 2016, 亿', POLICIES, [
    row('picked up', near(11.2), 'hubs and vehicles', ({ pickedUp }) => pickedUp),
    row('delivered', near(7.9), whole, ({ delivered }) => delivered),
    row('delivered / picked up', near(7.9 / 11.2), whole, (n) => n.delivered / n.pickedUp),
    row('delivered on the 11th and 12th', near(7.9 - 1.3 - 4.8), first, (n) => sumOf(n, 0, 2)),
    row('delivered on the 13th', near(1.3), first, (n) => sumOf(n, 2, 3)),
    row('delivered a day, 14th to 16th', near(1.6), 'outlets', (n) => sumOf(n, 3, 6) / 3),
    row('largest pick-up / ordinary day', near(2.51 / 0.95), 'pickups', (n) => n.pickUpPeak),
    row('largest delivery / ordinary day', between(1.5, 1.8), 'outlets', (n) => n.deliveryPeak),
    row(
      'days from the one to the other',
      between(2, 3),
      'stage hours, outlets',
      ({ lagDays }) => lagDays,
    ),
    {
      ...row('delivered by 21 November, %', atLeast(94), 'outlets', ({ soon }) => 100 * soon),
      source: 'people.com.cn, of 2014',
    },
  ]);
}

async function november2021(): Promise<void> {
  const lives = await livesOf(await season2021(), 16);
  const row = rowMaker(lives, 'derived, ithome 592/021');
  const late = 'outlets';
  say('1 to 16 November 2021, 亿', POLICIES, [
    row('picked up', near(68), 'hubs and vehicles', ({ pickedUp }) => pickedUp),
    row('delivered', near(63), late, ({ delivered }) => delivered),
    row('picked up and not delivered', near(5), late, (n) => n.pickedUp - n.delivered),
  ]);
}

/** What the misses turn on, everything at once, one thing changed at a time. */
async function variants(): Promise<void> {
  const [y16, y21] = [await season2016(), await season2021()];
  const flat = await season2016(withFlatDays(calendarOf('2016')));
  const lives: [string, CalibratedSeason, number, Parameters<typeof live>[2]?][] = [
    ['2016', y16, 6],
    ['2016, outlets take 1.5 ordinary days', withOutlets(y16, 1.5), 6],
    ['2016, outlets take 2 ordinary days', withOutlets(y16, 2), 6],
    ['2016, ways a fifth longer', slowed(y16, 1.2), 6],
    ['2016, hubs a tenth smaller', scaled(y16, 'hub', 0.9), 6],
    ['2016, 12 to 16 November alike', flat, 6],
    ['2016, lockers for a third of a day', y16, 6, { lockerRoom: 0.3 }],
    ['2016, twice as many come again', y16, 6, { failedShare: 0.12 }],
    ['2021', y21, 16],
    ['2021, outlets take 1.4 ordinary days', withOutlets(y21, 1.4), 16],
    ['2021, ways a fifth longer', slowed(y21, 1.2), 16],
  ];
  const rows: string[][] = [];
  for (const [what, season, days, changes] of lives) {
    const n = novemberOf(await live(season, 'at-once', changes), season, days);
    const figures = [n.pickedUp, n.delivered, n.delivered / n.pickedUp, sumOf(n, 0, 2)];
    figures.push(n.deliveryPeak, n.lagDays);
    rows.push([what, ...figures.map((x) => x.toFixed(2))]);
  }
  const days = ['first two days', 'most / ordinary day', 'days later'];
  const header = ['At once', 'picked up', 'delivered', 'of it', ...days];
  process.stdout.write(`${textTable(header, rows).join('\n')}\n`);
}

function season2016(calendar = calendarOf('2016')): Promise<CalibratedSeason> {
  return peakSeason(calendar, '2016-11-04', 13);
}

function season2021(): Promise<CalibratedSeason> {
  return peakSeason(calendarOf('2021'), '2021-10-25', 23);
}

/** A week of ordinary days, then the days of the record. */
async function peakSeason(calendar: Calendar, from: string, days: number) {
  return withOutlets(await makeSeason(calendar, from, days, PEAK_CITIES), OUTLETS);
}

/** The days after the first of the calendar share their volume evenly. */
function withFlatDays(calendar: Calendar): Calendar {
  const [[first, peak], ...others] = calendar.days;
  const mean = others.reduce((sum, [, { volume }]) => sum + volume, 0) / others.length;
  const days = others.map(([date, day]) => [date, { ...day, volume: mean }] as const);
  return { ...calendar, days: new Map([[first, peak], ...days]) };
}

async function livesOf(season: CalibratedSeason, days: number): Promise<November[]> {
  const lives: November[] = [];
  for (const policy of POLICIES) lives.push(novemberOf(await live(season, policy), season, days));
  return lives;
}

function rowMaker(lives: readonly November[], source: string) {
  return (
    what: string,
    range: Range,
    turnsOn: string,
    of: (november: November) => number,
  ): RecordRow => ({ what, ...range, source, turnsOn, model: lives.map(of) });
}

function sumOf({ deliveredByDay }: November, from: number, until: number): number {
  return deliveredByDay.slice(from, until).reduce((sum, yi) => sum + yi, 0);
}

function say(title: string, columns: readonly string[], rows: readonly RecordRow[]): void {
  process.stdout.write(`${[title, ...recordTable(columns, rows)].join('\n')}\n\n`);
}
