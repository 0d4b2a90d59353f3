import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Fault, FaultyInput } from '../../src/network/fault.js';
import { notesOf } from '../../src/network/notes.js';
import { readScenario } from '../../src/network/read-scenario.js';
import { withFolder, writeFiles, writeWorld } from '../support/scenario-folder.js';

/** A scenario without a fault, as text: each test spoils it in one place. */
const good = {
  'scenario.json': JSON.stringify({
    name: 'n',
    start: '2021-11-01T00:00:00+08:00',
    slotMinutes: 60,
    slots: 4,
    carryPenalty: 24,
    services: [{ id: 's', weight: 1, promise: 0, late: 0, growth: 0 }],
  }),
  'resources.csv':
    'id,kind,operator,region,lat,lng,capacity,floor\nh,hub,o,330100,,,100,\ng,hub,o,330100,30.1,120.5,100,5000\n',
  'capacity.csv': 'resource,slot,capacity\nh,1,50\n',
  'committed.csv': 'resource,slot,parcels\nh,1,5\nh,1,6\n',
  'routes.csv': 'id,operator,origin,destination,cost\nr,o,a,b,0\nq,o,a,b,1.5\n',
  'route-steps.csv': 'route,seq,resource,lag,span\nr,1,h,0,1\nr,2,g,3,2\nq,1,g,0,1\n',
  'demand.csv':
    'shipper,service,operator,origin,destination,slot,parcels\nm,s,o,a,b,0,7\nm,s,o,a,b,-1,0\n',
};
type FileName = keyof typeof good;

/** The faults that reading `good` gives when the files named are spoiled. */
async function faultsOf(spoiled: Partial<Record<string, string | undefined>>): Promise<Fault[]> {
  return await withFolder(async (folder) => {
    for (const [name, text] of Object.entries({ ...good, ...spoiled })) {
      if (text !== undefined) await writeFile(join(folder, name), text);
    }
    return await faultsIn(folder);
  });
}

async function faultsIn(folder: string): Promise<Fault[]> {
  try {
    await readScenario(folder);
    return [];
  } catch (error) {
    if (error instanceof FaultyInput) return error.faults.first;
    throw error;
  }
}

/** The file with one text replaced by another. */
function replaced(file: FileName, from: string, to: string): Record<string, string> {
  expect(good[file]).toContain(from);
  return { [file]: good[file].replace(from, to) };
}

test('a scenario without a fault reads; so do CR LF, a byte order mark, empty lines, other orders and columns', async () => {
  expect(await faultsOf({})).toEqual([]);
  const demand =
    '\uFEFFparcels,x,slot,"destination",origin,operator,service,shipper\r\n"3",,0,b,a,o,s,"m"\r\n\r\n4,"1,2",0,b,a,o,s,m';
  await withFolder(async (folder) => {
    await writeFiles(folder, { ...good, 'demand.csv': demand });
    const scenario = await readScenario(folder);
    expect([...scenario.demand.rowParcels]).toEqual([7]);
    expect(scenario.demand.repeated).toBe(1);
    expect([...scenario.resources.commitments.value]).toEqual([11]);
    expect(notesOf(scenario)).toEqual({
      withoutRoute: { pairs: 0, parcels: 0 },
      repeatedRows: 1,
      hasNoCapacity: false,
      carriedFromBefore: 0,
    });
  });
});

const json = (from: string, to: string) => replaced('scenario.json', from, to);
const twice = (file: FileName, row: string) => replaced(file, row, `${row}\n${row}`);

/** What is spoiled, and the one fault that must be found: file:line:field:rule. */
const cases: [string, Partial<Record<string, string | undefined>>, string][] = [
  ['scenario.json is missing', { 'scenario.json': undefined }, 'scenario.json:0::missing-file'],
  ['a table is missing', { 'route-steps.csv': undefined }, 'route-steps.csv:0::missing-file'],
  [
    'a table is there as CSV and as Parquet',
    { 'routes.parquet': 'PAR1' },
    'routes.csv:0::table-twice',
  ],
  [
    'a table is there whole and in parts',
    { 'demand-1.csv': good['demand.csv'] },
    'demand-1.csv:0::table-twice',
  ],
  ['a file is empty', { 'routes.csv': '' }, 'routes.csv:0::empty-file'],
  [
    'JSON is cut',
    { 'scenario.json': good['scenario.json'].slice(0, -9) },
    'scenario.json:1::bad-json',
  ],
  ['JSON is a list', { 'scenario.json': '[]' }, 'scenario.json:1::bad-json'],
  ['a field is missing', json('"slots":4,', ''), 'scenario.json:0:slots:missing-field'],
  ['the start has no offset', json('+08:00', ''), 'scenario.json:0:start:bad-field'],
  ['the start is no day', json('11-01', '11-31'), 'scenario.json:0:start:bad-field'],
  [
    'slots take no time',
    json('"slotMinutes":60', '"slotMinutes":0'),
    'scenario.json:0:slotMinutes:bad-field',
  ],
  ['there are no slots', json('"slots":4', '"slots":0'), 'scenario.json:0:slots:bad-field'],
  ['slots are text', json('"slots":4', '"slots":"4"'), 'scenario.json:0:slots:bad-field'],
  ['the carry penalty is negative', json('24', '-1'), 'scenario.json:0:carryPenalty:bad-field'],
  [
    'there are no services',
    json('"id":"s","weight":1', '"weight":1'),
    'scenario.json:0:services[0].id:missing-field',
  ],
  [
    'a weight is 0',
    json('"weight":1', '"weight":0'),
    'scenario.json:0:services[0].weight:bad-field',
  ],
  [
    'a promise is negative',
    json('"promise":0', '"promise":-1'),
    'scenario.json:0:services[0].promise:bad-field',
  ],
  [
    'a lateness is negative',
    json('"late":0', '"late":-1'),
    'scenario.json:0:services[0].late:bad-field',
  ],
  [
    'a growth is negative',
    json('"growth":0', '"growth":-0.1'),
    'scenario.json:0:services[0].growth:bad-field',
  ],
  [
    'a service occurs twice',
    json('[{', '[{"id":"s","weight":1,"promise":0,"late":0,"growth":0},{'),
    'scenario.json:0:services:duplicate-id',
  ],
  [
    'a column is missing',
    replaced('demand.csv', 'slot,', 'time,'),
    'demand.csv:1:slot:missing-column',
  ],
  [
    'a column occurs twice',
    replaced('routes.csv', 'cost', 'cost,cost'),
    'routes.csv:1:cost:duplicate-column',
  ],
  ['parcels are negative', replaced('demand.csv', '0,7', '0,-7'), 'demand.csv:2:parcels:negative'],
  [
    'parcels are fractional',
    replaced('demand.csv', '0,7', '0,7.5'),
    'demand.csv:2:parcels:fractional',
  ],
  [
    'parcels are text',
    replaced('demand.csv', '0,7', '0,seven'),
    'demand.csv:2:parcels:not-an-integer',
  ],
  [
    'parcels are not in digits',
    replaced('demand.csv', '0,7', '0,7.0'),
    'demand.csv:2:parcels:not-an-integer',
  ],
  [
    'parcels are in exponents',
    replaced('demand.csv', '0,7', '0,1e3'),
    'demand.csv:2:parcels:not-an-integer',
  ],
  ['parcels are missing', replaced('demand.csv', '0,7', '0,'), 'demand.csv:2:parcels:empty-cell'],
  [
    'parcels are too many',
    replaced('demand.csv', '0,7', '0,4294967296'),
    'demand.csv:2:parcels:too-large',
  ],
  [
    'parcels have too many digits',
    replaced('demand.csv', '0,7', '0,99999999999999999999'),
    'demand.csv:2:parcels:too-large',
  ],
  [
    'parcels of one key are too many',
    replaced('demand.csv', '0,7\n', '0,4294967295\nm,s,o,a,b,0,1\n'),
    'demand:0:parcels:too-large',
  ],
  [
    'parcels are ready after the horizon',
    replaced('demand.csv', 'b,0,7', 'b,4,7'),
    'demand.csv:2:slot:slot-outside-horizon',
  ],
  [
    'a service is unknown',
    replaced('demand.csv', 'm,s,o,a,b,0', 'm,x,o,a,b,0'),
    'demand.csv:2:service:unknown-service',
  ],
  [
    'a shipper is empty',
    replaced('demand.csv', '\nm,s,o,a,b,0', '\n,s,o,a,b,0'),
    'demand.csv:2:shipper:empty-identifier',
  ],
  [
    'there is no demand',
    { 'demand.csv': 'shipper,service,operator,origin,destination,slot,parcels\n' },
    'demand.csv:0::empty-scenario',
  ],
  [
    'a capacity is negative',
    replaced('resources.csv', ',,100,', ',,-1,'),
    'resources.csv:2:capacity:negative',
  ],
  [
    'a capacity is fractional',
    replaced('resources.csv', ',,100,', ',,0.5,'),
    'resources.csv:2:capacity:fractional',
  ],
  [
    'a latitude is off the globe',
    replaced('resources.csv', '30.1', '91'),
    'resources.csv:3:lat:bad-degrees',
  ],
  [
    'a longitude is no number',
    replaced('resources.csv', '120.5', '120°'),
    'resources.csv:3:lng:not-a-number',
  ],
  [
    'a floor is negative',
    replaced('resources.csv', '5000', '-5'),
    'resources.csv:3:floor:negative',
  ],
  [
    'a resource occurs twice',
    twice('resources.csv', 'h,hub,o,330100,,,100,'),
    'resources.csv:3:id:duplicate-id',
  ],
  [
    'an override is of an unknown resource',
    replaced('capacity.csv', 'h,1', 'x,1'),
    'capacity.csv:2:resource:unknown-resource',
  ],
  [
    'an override is before slot 0',
    replaced('capacity.csv', 'h,1', 'h,-1'),
    'capacity.csv:2:slot:slot-outside-horizon',
  ],
  [
    'an override occurs twice',
    twice('capacity.csv', 'h,1,50'),
    'capacity.csv:3:slot:duplicate-slot',
  ],
  [
    'a commitment is before slot 0',
    replaced('committed.csv', 'h,1,5', 'h,-1,5'),
    'committed.csv:2:slot:slot-outside-horizon',
  ],
  [
    'a commitment is of an unknown resource',
    replaced('committed.csv', 'h,1,5', 'x,1,5'),
    'committed.csv:2:resource:unknown-resource',
  ],
  ['a route occurs twice', twice('routes.csv', 'r,o,a,b,0'), 'routes.csv:3:id:duplicate-id'],
  ['a route pays to be taken', replaced('routes.csv', '1.5', '-1.5'), 'routes.csv:3:cost:negative'],
  [
    'a route has no steps',
    replaced('route-steps.csv', 'q,1,g,0,1\n', ''),
    'routes.csv:3:id:route-without-steps',
  ],
  [
    'a step is of an unknown route',
    replaced('route-steps.csv', 'q,1', 'x,1'),
    'route-steps.csv:4:route:unknown-route',
  ],
  [
    'a step is on an unknown resource',
    replaced('route-steps.csv', '1,h', '1,x'),
    'route-steps.csv:2:resource:unknown-resource',
  ],
  [
    'a step occurs twice',
    replaced('route-steps.csv', 'r,2', 'r,1'),
    'route-steps.csv:3:seq:duplicate-step',
  ],
  [
    'a lag is negative',
    replaced('route-steps.csv', 'g,3', 'g,-3'),
    'route-steps.csv:3:lag:negative',
  ],
  [
    'a lag is fractional',
    replaced('route-steps.csv', 'g,3', 'g,0.5'),
    'route-steps.csv:3:lag:fractional',
  ],
  [
    'a span is 0',
    replaced('route-steps.csv', '3,2', '3,0'),
    'route-steps.csv:3:span:span-below-one',
  ],
  [
    'a row has too few cells',
    replaced('routes.csv', 'r,o,a,b,0', 'r,o,a,b'),
    'routes.csv:2::ragged-row',
  ],
  [
    'a row has too many cells',
    replaced('routes.csv', 'r,o,a,b,0', 'r,o,a,b,0,'),
    'routes.csv:2::ragged-row',
  ],
  ['the last line is cut', replaced('demand.csv', '-1,0\n', '-1'), 'demand.csv:3::cut-file'],
  [
    'a quote is not closed',
    replaced('demand.csv', '\nm,s,o,a,b,0', '\n"m,s,o,a,b,0'),
    'demand.csv:2::unclosed-quote',
  ],
  [
    'a quote stands in a cell',
    replaced('demand.csv', '\nm,s,o,a,b,0', '\nm"m,s,o,a,b,0'),
    'demand.csv:2::stray-quote',
  ],
  [
    'text follows a closed quote',
    replaced('demand.csv', '\nm,s,o,a,b,0', '\n"m"m,s,o,a,b,0'),
    'demand.csv:2::stray-quote',
  ],
  [
    'a carriage return stands alone',
    replaced('demand.csv', '\nm,s,o,a,b,0', '\nm\rm,s,o,a,b,0'),
    'demand.csv:2::stray-carriage-return',
  ],
  [
    'a Parquet file is none',
    { 'routes.csv': undefined, 'routes.parquet': 'PAR1 no' },
    'routes.parquet:0::unreadable-file',
  ],
];

test.each(cases)('one fault, in its place: %s', async (_, spoiled, fault) => {
  const faults = await faultsOf(spoiled);
  expect(faults.map((f) => `${f.file}:${f.line}:${f.field}:${f.rule}`)).toEqual([fault]);
  expect(faults[0].text).not.toBe('');
  expect(faults[0].cure).not.toBe('');
});

test('a folder that is not there is one fault', async () => {
  await withFolder(async (folder) => {
    expect(await faultsIn(join(folder, 'no'))).toMatchObject([{ rule: 'missing-folder' }]);
  });
});

test('text in GB 18030 is named with its first line', async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, good);
    const bytes = Buffer.from(good['resources.csv'].replace('\ng', '\n??'), 'latin1');
    bytes.set([0xb2, 0xd6], bytes.indexOf('??'));
    await writeFile(join(folder, 'resources.csv'), bytes);
    expect(await faultsIn(folder)).toMatchObject([
      { file: 'resources.csv', line: 3, rule: 'not-utf8' },
    ]);
  });
});

test('several faults in several files are all named, and only they', async () => {
  const faults = await faultsOf({
    ...json('"slots":4', '"slots":-4'),
    ...replaced('resources.csv', ',,100,', ',,x,'),
    ...replaced('capacity.csv', 'h,1', 'x,1'),
    ...replaced('routes.csv', '1.5', ''),
    ...replaced('route-steps.csv', 'r,1,h,0,1', 'r,1,h,0,1,9'),
    ...replaced('demand.csv', '0,7', '0,-7'),
  });
  expect(faults.map((f) => `${f.file}:${f.line}:${f.rule}`)).toEqual([
    'scenario.json:0:bad-field',
    'resources.csv:2:not-an-integer',
    'capacity.csv:2:unknown-resource',
    'routes.csv:3:empty-cell',
    'route-steps.csv:2:ragged-row',
    'demand.csv:2:negative',
  ]);
});

test('the first 100 faults are kept, and all are counted by rule', async () => {
  const rows = Array.from({ length: 150 }, (_, i) => `m,s,o,a,b,0,${i % 2 ? -1 : 0.5}\n`).join('');
  await withFolder(async (folder) => {
    await writeFiles(folder, { ...good, 'demand.csv': good['demand.csv'] + rows });
    const error = await readScenario(folder).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(FaultyInput);
    if (!(error instanceof FaultyInput)) return;
    expect(error.faults.first).toHaveLength(100);
    expect(Object.fromEntries(error.faults.countByRule)).toEqual({ fractional: 75, negative: 75 });
  });
});

test('lines are counted through cells with line breaks', async () => {
  const rows = '"m\nm",s,o,a,b,0,1\n"n",s,o,a,b,0,x\n';
  expect(await faultsOf({ 'demand.csv': good['demand.csv'] + rows })).toMatchObject([
    { line: 6, rule: 'not-an-integer' },
  ]);
});

test('a fault in Parquet has the row', async () => {
  const world = {
    slots: 2,
    resources: [{ id: 'h', capacity: 1 }],
    routes: [{ id: 'r', origin: 'a', destination: 'b', steps: [{ resource: 'h' }] }],
    demand: [
      { origin: 'a', destination: 'b', slot: 0, parcels: 1 },
      { origin: 'a', destination: 'b', slot: 0, parcels: 1.5 },
      { origin: 'a', destination: '', slot: 2, parcels: 1, service: 'x' },
    ],
  };
  await withFolder(async (folder) => {
    const path = join(folder, 's');
    await writeWorld(path, { ...world, services: [{ id: 's' }] }, { format: 'parquet' });
    const faults = await faultsIn(path);
    expect(faults.map((f) => `${f.file}:${f.line}:${f.field}:${f.rule}`).toSorted()).toEqual([
      'demand.parquet:2:parcels:fractional',
      'demand.parquet:3:destination:empty-identifier',
      'demand.parquet:3:service:unknown-service',
      'demand.parquet:3:slot:slot-outside-horizon',
    ]);
    const file = join(path, 'demand.parquet');
    await truncate(file, Math.floor((await readFile(file)).length / 2));
    expect(await faultsIn(path)).toMatchObject([
      { file: 'demand.parquet', rule: 'unreadable-file' },
    ]);
  });
});

test('demand without a route, and no capacity at all, are notes and not faults', async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      ...good,
      ...replaced(
        'resources.csv',
        ',,100,\ng,hub,o,330100,30.1,120.5,100',
        ',,0,\ng,hub,o,330100,,,0',
      ),
      ...replaced('capacity.csv', '50', '0'),
      ...replaced('demand.csv', 'm,s,o,a,b,0,7', 'm,s,o,b,a,-2,7'),
    });
    expect(notesOf(await readScenario(folder))).toEqual({
      withoutRoute: { pairs: 1, parcels: 7 },
      repeatedRows: 0,
      hasNoCapacity: true,
      carriedFromBefore: 7,
    });
  });
});
