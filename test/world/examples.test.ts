import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/network/read-scenario.js';
import { usualParcelsPerDay } from '../../src/world/season/options.js';
import { generateSeason } from '../../src/world/season/season.js';
import { solveWithHighs } from '../support/highs-oracle.js';
import { seasonFacts, seasonOptions, tableCells } from '../support/season.js';

function example(name: string): string {
  return fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
}

describe('the bundled seasons', () => {
  it('tiny has the optimum that its README says', async () => {
    const { optimum } = await solveWithHighs(await readScenario(example('tiny')), true);
    expect(optimum).toBeCloseTo(15, 9);
  });

  it('double-eleven is what the generator makes', async () => {
    const facts = seasonFacts();
    const options = seasonOptions({ slots: 72, tightHubs: true, stations: true });
    const parcelsPerDay = usualParcelsPerDay(facts, 12, 2, options.calendar);
    const season = generateSeason({ ...options, parcelsPerDay }, facts);
    const scenario = await readScenario(example('double-eleven'));
    const { demand, routes, resources } = await tableCellsOf(season.tables());
    expect(scenario.name).toBe(season.meta.name);
    expect([...scenario.resources.capacity]).toEqual(resources.capacity);
    expect(scenario.resources.operator).toEqual(resources.operator);
    expect([...scenario.routes.cost]).toEqual(routes.cost);
    expect(scenario.demand.rowParcels.length).toBe(demand.parcels.length);
  });
});

async function tableCellsOf(tables: ReturnType<ReturnType<typeof generateSeason>['tables']>) {
  return {
    demand: await tableCells(tables.demand),
    routes: await tableCells(tables.routes),
    resources: await tableCells(tables.resources),
  };
}
