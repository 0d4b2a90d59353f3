import { expect, test } from 'vitest';
import type {
  CostlyHoldsAnswer,
  ExplanationAnswer,
  HoldsAnswer,
  LoadsAnswer,
  MapAnswer,
  PlanAnswer,
  ResourcesAnswer,
} from '../../../../src/edge/http/plan/schema.js';
import type { Browser } from '../../../support/access-server.js';
import { consoleServer } from '../../../support/console-server.js';
import { naiveShipperRows } from '../../../support/naive-rows.js';
import { servedSeason } from '../../../support/served-season.js';

const HUB = 'ZTO/hub/110000-1';

async function get<T>(visitor: Browser, url: string): Promise<T> {
  const response = await visitor.send('GET', `/v1/plans/1${url}`);
  expect(response.statusCode, response.body).toBe(200);
  return response.json<T>();
}

function keyOf({ cohort }: CostlyHoldsAnswer['held'][number]): URLSearchParams {
  return new URLSearchParams({ ...cohort, slot: String(cohort.slot) });
}

test('the nation sees a version whole: nothing is lost, and only the plan stays within the capacities', async () => {
  const { as } = await consoleServer();
  const nation = await as('SPB', 'viewer-1');
  const plan = await get<PlanAnswer>(nation, '');
  const { holds, overload, certificate, part, version } = plan;
  expect(part).toBe('whole');
  expect(version).toMatchObject({ version: 1, base: 0, inForce: true, by: 'command-line' });
  expect(holds.released + holds.carried).toBe(holds.ready);
  expect(overload?.atOnce.resourceSlots).toBeGreaterThan(0);
  expect(overload?.planned).toMatchObject({ resources: 0, resourceSlots: 0, peakRatio: 1 });
  expect(certificate.gap).toBe(0.0015);
  for (const by of ['service', 'shipper', 'destination', 'origin']) {
    const { groups } = await get<HoldsAnswer>(nation, `/holds?by=${by}`);
    for (const figure of ['ready', 'released', 'held', 'carried'] as const) {
      const sum = groups.reduce((total, { figures }) => total + figures[figure], 0);
      expect(sum, by).toBe(holds[figure]);
    }
  }
  const map = await get<MapAnswer>(nation, '/map?kind=hub');
  const loads = await get<LoadsAnswer>(nation, `/resources/${encodeURIComponent(HUB)}/loads`);
  const row = map.ids.indexOf(HUB);
  for (const table of ['atOnce', 'planned', 'capacity'] as const) {
    expect(map[table][row].slice(0, loads.atOnce.length)).toEqual(loads[table]);
  }
  expect(loads.capacity[5]).toBe(0);
  expect(loads.planned[5]).toBe(0);
});

test('costly holds come dearest first, what is carried over apart, and each is explained to the last parcel', async () => {
  const { as } = await consoleServer();
  const nation = await as('SPB');
  const { held, carried } = await get<CostlyHoldsAnswer>(nation, '/holds/costly');
  expect(held.length).toBeGreaterThan(10);
  expect(carried.length).toBeGreaterThan(0);
  for (const list of [held, carried]) {
    const costs = list.map(({ cost }) => cost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    const answer = await get<ExplanationAnswer>(nation, `/explanations?${keyOf(list[0])}`);
    expect(answer.chosen.reduce((sum, { parcels }) => sum + parcels, 0)).toBe(list[0].ready);
    for (const option of [...answer.slots, answer.least]) {
      const prices = option.tolls.reduce((sum, { price, times }) => sum + price * times, 0);
      const { waiting, lateness, growth, detour, penalty, total } = option;
      expect(waiting + lateness + growth + detour + penalty + prices).toBeCloseTo(total, 9);
    }
  }
  const key = 'operator=ZTO&origin=330100&destination=440300&service=standard&slot=';
  const other = await get<ExplanationAnswer>(nation, `/explanations?${key}-1`);
  expect(other).toMatchObject({ ready: 12, cohort: { slot: -1 } });
  expect((await nation.send('GET', `/v1/plans/1/explanations?${key}9`)).statusCode).toBe(404);
  expect((await nation.send('GET', '/v1/plans/1/holds?by=weight')).statusCode).toBe(400);
  expect((await nation.send('GET', '/v1/plans/2')).statusCode).toBe(404);
});

test('P11: an operator sees its network, a province its region, a platform its own parcels, others nothing', async () => {
  const season = await servedSeason();
  const { as } = await consoleServer({ season });
  const hubsOf = async (visitor: Browser) => {
    const { resources } = await get<ResourcesAnswer>(visitor, '/resources?kind=hub');
    const { ids } = await get<MapAnswer>(visitor, '/map?kind=hub');
    expect(resources.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    return ids;
  };
  const rows = naiveShipperRows(season);
  const operator = await as('YTO');
  expect((await hubsOf(operator)).every((id) => id.startsWith('YTO/'))).toBe(true);
  const own = await get<PlanAnswer>(operator, '');
  expect(own.part).toBe('network');
  expect(own.certificate).toEqual({ gap: 0.0015 });
  expect(own.holds.ready).toBe(rows.filter((row) => row.operator === 'YTO').total);
  expect(own.version).not.toHaveProperty('reason');

  const largest = (await get<MapAnswer>(await as('SPB'), '/map?kind=hub')).ids;
  expect(largest).toHaveLength(6);
  const province = await as('SPB-330000');
  expect(await hubsOf(province)).toEqual(largest.filter((id) => id.includes('330100')));
  const touches = await get<PlanAnswer>(province, '');
  const here = rows.filter(({ origin, destination }) =>
    [origin, destination].some((place) => place.startsWith('33')),
  );
  expect(touches.holds.ready).toBe(here.total);
  expect((await province.send('GET', loadsOf(HUB))).statusCode).toBe(404);

  const platform = await as('P2');
  const mine = await get<PlanAnswer>(platform, '');
  expect(mine).not.toHaveProperty('overload');
  expect(mine.kinds).toEqual([]);
  expect(mine.holds.ready).toBe(rows.filter((row) => row.shipper === 'P2').total);
  expect((await get<HoldsAnswer>(platform, '/holds?by=shipper')).groups).toHaveLength(1);
  for (const url of ['/resources', '/map?kind=hub', '/compare?with=1']) {
    expect((await platform.send('GET', `/v1/plans/1${url}`)).statusCode).toBe(403);
  }
  const stations = await as('stations-330100');
  expect((await stations.send('GET', '/v1/plans')).statusCode).toBe(403);
});

test('P11: what a platform is told of a plan does not change with what others ship', async () => {
  const answers = [];
  for (const others of [90, 60]) {
    const season = await servedSeason(others);
    const { as } = await consoleServer({ season });
    const platform = await as('P2');
    const { holds } = await get<PlanAnswer>(platform, '');
    const { held } = await get<CostlyHoldsAnswer>(platform, '/holds/costly');
    const explained = await get<ExplanationAnswer>(platform, `/explanations?${keyOf(held[0])}`);
    answers.push({ ready: holds.ready, explained });
    expect(held.every(({ ready, cohort }) => ready === 7 && cohort.service === 'timed')).toBe(true);
    for (const { tolls } of explained.slots) {
      for (const toll of tolls) expect(Object.keys(toll)).not.toContain('load');
    }
    // A cohort that only the other ships is not there for it, in the same bytes as one that nobody ships.
    const key = 'operator=ZTO&origin=330100&destination=440300&service=standard&slot=';
    const foreign = await platform.send('GET', `/v1/plans/1/explanations?${key}0`);
    const missing = await platform.send('GET', `/v1/plans/1/explanations?${key}9`);
    expect([foreign.statusCode, foreign.body]).toEqual([404, missing.body]);
  }
  expect(answers[0].ready).toBe(answers[1].ready);
});

function loadsOf(id: string): string {
  return `/v1/plans/1/resources/${encodeURIComponent(id)}/loads`;
}
