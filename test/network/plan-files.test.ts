import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FaultyInput } from '../../src/network/fault.js';
import { readPlan } from '../../src/network/read-plan.js';
import { writePlan } from '../../src/network/write-plan.js';
import { NO_PRICES, type PlanRow, planOfRows } from '../support/plan-rows.js';
import { withFolder, writeFiles } from '../support/scenario-folder.js';
import { scenarioFrom } from '../support/scenario-from.js';

const scenario = scenarioFrom({
  slots: 4,
  services: [{ id: 's' }, { id: 'slow, "cheap"' }],
  resources: [
    { id: 'h', capacity: 5 },
    { id: '仓\n1', capacity: 5 },
  ],
  routes: [
    { id: 'r', origin: 'a', destination: 'b', steps: [{ resource: 'h' }] },
    { id: '"q"', origin: 'b', destination: 'a', steps: [{ resource: 'h' }] },
  ],
  demand: [
    { origin: 'a', destination: 'b', slot: -2, parcels: 9, shipper: 'm' },
    { origin: 'b', destination: 'a', slot: 3, parcels: 2 ** 32 - 1, shipper: 'n,n' },
  ],
});

const row: fc.Arbitrary<PlanRow> = fc
  .record({
    shipper: fc.nat(1),
    service: fc.nat(1),
    pair: fc.nat(1),
    readySlot: fc.integer({ min: -32767, max: 3 }),
    release: fc.option(fc.record({ releaseSlot: fc.nat(3), route: fc.nat(1) }), {
      nil: { releaseSlot: -1, route: -1 },
    }),
    parcels: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  })
  .map(({ release, ...rest }) => ({ ...rest, ...release }));

test('a plan reads back as it was written, as CSV and as Parquet', async () => {
  const price = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.array(price, { maxLength: 4 }), async (rows, list) => {
      const prices = {
        resource: Int32Array.from(list, (_, i) => i % 2).toSorted(),
        slot: Int32Array.from(list, (_, i) => 7 * i),
        price: Float64Array.from(list),
      };
      const plan = planOfRows(scenario, rows, prices);
      await withFolder(async (folder) => {
        for (const format of ['csv', 'parquet'] as const) {
          const path = join(folder, format);
          const summary = { ...plan.summary, kept: { too: [1] } };
          const options = { format, seconds: () => 12.5 };
          await writePlan(path, scenario, summary, plan.releases(), prices, options);
          const back = await readPlan(path, scenario);
          expect(back.summary).toEqual({ ...summary, seconds: 12.5 });
          expect(Object.values(back.prices).map((c) => [...c])).toEqual(
            Object.values(prices).map((c) => [...c]),
          );
          for (let again = 0; again < 2; again++) {
            expect((await rowsOf(back.releases())).toSorted()).toEqual(rows.map(text).toSorted());
          }
        }
      });
    }),
    { numRuns: 20 },
  );
});

test('releases.csv and prices.csv are written to the letter: section 5', async () => {
  const rows = [
    { shipper: 0, service: 0, pair: 0, readySlot: -2, releaseSlot: 1, route: 0, parcels: 4 },
    { shipper: 0, service: 0, pair: 0, readySlot: -2, releaseSlot: -1, route: -1, parcels: 5 },
    { shipper: 1, service: 1, pair: 1, readySlot: 3, releaseSlot: 3, route: 1, parcels: 0 },
  ];
  const prices = {
    resource: Int32Array.of(0, 0, 1),
    slot: Int32Array.of(0, 2, 5),
    price: Float64Array.of(0.1 + 0.2, 0, 7),
  };
  const plan = planOfRows(scenario, rows, prices);
  await withFolder(async (folder) => {
    const path = join(folder, 'plan');
    await writePlan(path, scenario, plan.summary, plan.releases(), prices, { format: 'csv' });
    expect(await readFile(join(path, 'releases.csv'), 'utf8')).toBe(
      'shipper,service,operator,origin,destination,readySlot,releaseSlot,route,parcels\n' +
        'm,s,o,a,b,-2,1,r,4\nm,s,o,a,b,-2,,,5\n',
    );
    expect(await readFile(join(path, 'prices.csv'), 'utf8')).toBe(
      'resource,slot,price\nh,0,0.30000000000000004\n"仓\n1",5,7\n',
    );
  });
});

test.each([
  ['an unknown shipper', 'x,s,o,a,b,0,1,r,4', 'shipper:unknown-shipper'],
  ['an unknown service', 'm,x,o,a,b,0,1,r,4', 'service:unknown-service'],
  ['an unknown operator', 'm,s,x,a,b,0,1,r,4', 'operator:unknown-operator'],
  ['an unknown place', 'm,s,o,x,b,0,1,r,4', 'origin:unknown-place'],
  ['an unknown pair', 'm,s,o,a,a,0,1,r,4', 'destination:unknown-pair'],
  ['an unknown route', 'm,s,o,a,b,0,1,x,4', 'route:unknown-route'],
  ['a release without a route', 'm,s,o,a,b,0,1,,4', 'route:half-carried'],
  ['a route without a release', 'm,s,o,a,b,0,,r,4', 'route:half-carried'],
  ['a fractional release', 'm,s,o,a,b,0,1,r,0.5', 'parcels:fractional'],
  ['a negative release', 'm,s,o,a,b,0,1,r,-4', 'parcels:negative'],
])('a fault of releases is named: %s', async (_, line, fault) => {
  const plan = planOfRows(scenario, []);
  await withFolder(async (folder) => {
    const path = join(folder, 'plan');
    await writePlan(path, scenario, plan.summary, [], NO_PRICES, { format: 'csv' });
    const header =
      'shipper,service,operator,origin,destination,readySlot,releaseSlot,route,parcels';
    await writeFile(join(path, 'releases.csv'), `${header}\n${line}\n`);
    const read = await readPlan(path, scenario);
    expect(await faultsOf(rowsOf(read.releases()))).toEqual([`releases.csv:2:${fault}`]);
  });
});

test('faults of plan.json and prices are named together', async () => {
  await withFolder(async (folder) => {
    await writeFiles(folder, {
      'plan.json':
        '{"scenario":"n","objective":"1","bound":0,"gap":0,"ready":0,"released":0,"carried":0}',
      'prices.csv': 'resource,slot,price\nh,0,1\nh,0,2\nx,0,1\nh,-1,1\n',
    });
    expect(await faultsOf(readPlan(folder, scenario))).toEqual([
      'plan.json:0:objective:bad-field',
      'plan.json:0:seconds:missing-field',
      'releases.csv:0::missing-file',
      'prices.csv:4:resource:unknown-resource',
      'prices.csv:5:slot:slot-outside-horizon',
      'prices.csv:3:slot:duplicate-slot',
    ]);
  });
});

async function faultsOf(read: Promise<unknown>): Promise<string[]> {
  try {
    await read;
    return [];
  } catch (error) {
    if (!(error instanceof FaultyInput)) throw error;
    return error.faults.first.map((f) => `${f.file}:${f.line}:${f.field}:${f.rule}`);
  }
}

async function rowsOf(
  releases: ReturnType<Awaited<ReturnType<typeof readPlan>>['releases']>,
): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of releases) {
    for (let i = 0; i < batch.rows; i++) {
      rows.push(
        text({
          shipper: batch.shipper[i],
          service: batch.service[i],
          pair: batch.pair[i],
          readySlot: batch.readySlot[i],
          releaseSlot: batch.releaseSlot[i],
          route: batch.route[i],
          parcels: batch.parcels[i],
        }),
      );
    }
  }
  return rows;
}

function text({ shipper, service, pair, readySlot, releaseSlot, route, parcels }: PlanRow): string {
  return [shipper, service, pair, readySlot, releaseSlot, route, parcels].join(' ');
}
