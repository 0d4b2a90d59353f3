import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readScenario } from '../../src/network/read-scenario.js';
import type { Scenario } from '../../src/network/scenario.js';
import { arbitraryWorld } from '../support/arbitrary-scenario.js';
import { withFolder, writeWorld } from '../support/scenario-folder.js';
import { scenarioFrom } from '../support/scenario-from.js';

test('CSV and Parquet, whole and split, give the same scenario, index for index', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWorld, async (world) => {
      await withFolder(async (folder) => {
        const read: Scenario[] = [];
        for (const format of ['csv', 'parquet'] as const) {
          for (const split of [undefined, 4]) {
            const path = join(folder, `${format}-${split}`);
            await writeWorld(path, world, { format, ...(split ? { split } : {}) });
            read.push(await readScenario(path));
          }
        }
        for (const other of read.slice(1)) expect(plain(other)).toEqual(plain(read[0]));
        const demand = world.demand.filter((row) => row.parcels > 0);
        expect(rowsOf(read[0])).toEqual(rowsOf(scenarioFrom({ ...world, demand })));
        expectOrdered(read[0]);
      });
    }),
    { numRuns: 20 },
  );
});

test('identifiers are opaque: quotes, commas, line breaks and any letters are kept', async () => {
  const id = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '仓', '😀', "'"),
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { minLength: 4, maxLength: 4 }), async ([a, b, c, d]) => {
      const world = {
        slots: 2,
        resources: [{ id: a, capacity: 1, operator: b, kind: c, region: d }],
        routes: [{ id: d, operator: b, origin: a, destination: c, steps: [{ resource: a }] }],
        demand: [{ shipper: c, operator: b, origin: a, destination: c, slot: 0, parcels: 2 }],
      };
      await withFolder(async (folder) => {
        for (const format of ['csv', 'parquet'] as const) {
          await writeWorld(join(folder, format), world, { format });
          const scenario = await readScenario(join(folder, format));
          expect(rowsOf(scenario)).toEqual(rowsOf(scenarioFrom(world)));
          expect(scenario.resources.region).toEqual([d]);
        }
      });
    }),
    { numRuns: 15 },
  );
});

test('a table may be CSV while another is Parquet', async () => {
  const world = {
    slots: 1,
    resources: [{ id: 'r', capacity: 1 }],
    routes: [],
    demand: [{ origin: 'a', destination: 'b', slot: -2, parcels: 3 }],
  };
  await withFolder(async (folder) => {
    await writeWorld(join(folder, 'csv'), world, { format: 'csv' });
    await writeWorld(join(folder, 'parquet'), world, { format: 'parquet' });
    await rename(join(folder, 'csv/demand.csv'), join(folder, 'parquet/demand-1.csv'));
    await rename(join(folder, 'parquet/demand.parquet'), join(folder, 'csv/demand.parquet'));
    const mixed = [
      await readScenario(join(folder, 'csv')),
      await readScenario(join(folder, 'parquet')),
    ];
    expect(plain(mixed[0])).toEqual(plain(mixed[1]));
  });
});

/** The scenario with its tables of names as lists. */
function plain(scenario: Scenario): unknown {
  return JSON.parse(
    JSON.stringify(scenario, (_, value: unknown) =>
      value instanceof Object && 'list' in value && typeof value.list === 'function'
        ? value.list()
        : value instanceof Float64Array
          ? Array.from(value, String)
          : value,
    ),
  );
}

/** What a scenario says, free of numbering and order. */
function rowsOf(scenario: Scenario): unknown {
  const { resources, pairs, routes, demand, services, ...settings } = scenario;
  const pair = (p: number) => [
    pairs.operators.get(pairs.operator[p]),
    pairs.places.get(pairs.origin[p]),
    pairs.places.get(pairs.destination[p]),
  ];
  const slotRows = (table: typeof resources.overrides) =>
    Array.from(table.slot, (slot, i) => [
      resources.ids.get(table.resource[i]),
      slot,
      table.value[i],
    ]);
  const steps = (route: number) =>
    range(routes.stepStart[route], routes.stepStart[route + 1]).map((i) => [
      resources.ids.get(routes.stepResource[i]),
      routes.stepLag[i],
      routes.stepSpan[i],
    ]);
  const rows = range(0, demand.flowPair.length).flatMap((f) =>
    range(demand.cohortStart[f], demand.cohortStart[f + 1]).flatMap((k) =>
      range(demand.rowStart[k], demand.rowStart[k + 1]).map((i) => [
        ...pair(demand.flowPair[f]),
        services[demand.flowService[f]].id,
        demand.cohortSlot[k],
        demand.shippers.get(demand.rowShipper[i]),
        demand.rowParcels[i],
      ]),
    ),
  );
  return {
    ...settings,
    services,
    resources: range(0, resources.ids.size).map((r) => [
      resources.ids.get(r),
      resources.kind[r],
      resources.operator[r],
      resources.region[r],
      resources.capacity[r],
      resources.floor[r],
    ]),
    overrides: slotRows(resources.overrides).map(String).toSorted(),
    commitments: slotRows(resources.commitments).map(String).toSorted(),
    routes: range(0, routes.ids.size).map((route) => [
      routes.ids.get(route),
      ...pair(routes.pair[route]),
      routes.cost[route],
      steps(route),
    ]),
    pairRoutes: range(0, pairs.size)
      .map((p) => [
        ...pair(p),
        ...pairs.routeList.slice(pairs.routeStart[p], pairs.routeStart[p + 1]),
      ])
      .filter((list) => list.length > 3)
      .map(String)
      .toSorted(),
    rows: rows.map(String).toSorted(),
    repeated: demand.repeated,
  };
}

/** Demand is sorted by (pair, service, ready slot, shipper), and no key occurs twice. */
function expectOrdered({ demand }: Scenario): void {
  const keys = range(0, demand.flowPair.length).flatMap((f) =>
    range(demand.cohortStart[f], demand.cohortStart[f + 1]).flatMap((k) =>
      range(demand.rowStart[k], demand.rowStart[k + 1]).map((i) => [
        demand.flowPair[f],
        demand.flowService[f],
        demand.cohortSlot[k],
        demand.rowShipper[i],
      ]),
    ),
  );
  for (let i = 1; i < keys.length; i++) {
    const c = keys[i].findIndex((v, j) => v !== keys[i - 1][j]);
    expect(c).toBeGreaterThanOrEqual(0);
    expect(keys[i][c]).toBeGreaterThan(keys[i - 1][c]);
  }
}

function range(from: number, until: number): number[] {
  return Array.from({ length: until - from }, (_, i) => from + i);
}
