import { describe, expect, it } from 'vitest';
import { buildNetwork, trunksOf } from '../../src/world/season/network.js';
import { feederHours, STAGE } from '../../src/world/season/stages.js';
import { parseTable } from '../../src/world/season/table.js';
import { readData, seasonFacts, seasonOptions } from '../support/season.js';

const facts = seasonFacts();
const nation = buildNetwork(
  seasonOptions({ cities: 337, operators: 8, parcelsPerDay: 490_000_000 }),
  facts,
);
const { pairs, cities } = nation;

function shareOf(counts: (p: number) => boolean): number {
  let part = 0;
  let all = 0;
  for (let p = 0; p < pairs.size; p++) {
    all += pairs.perDay[p];
    if (counts(p)) part += pairs.perDay[p];
  }
  return part / all;
}

describe('the generated nation', () => {
  it('has about 257,000 pairs of 337 cities with the parcels asked for', () => {
    expect(cities.length).toBe(337);
    expect(pairs.size).toBeGreaterThan(250_000);
    expect(pairs.size).toBeLessThan(265_000);
    expect(pairs.perDay.reduce((sum, v) => sum + v, 0)).toBeCloseTo(490_000_000, 0);
  });

  it('keeps the operators shares of 2020', () => {
    const total = facts.operators.reduce((sum, { volume }) => sum + volume, 0);
    for (const [k, { volume }] of nation.operators.entries()) {
      expect(shareOf((p) => pairs.operator[p] === k)).toBeCloseTo(volume / total, 9);
    }
  });

  it('sends 54.6 % from the fifteen largest cities and 13.5 % within a city, within a point or two', () => {
    const largest = cities.slice(0, 15).reduce((sum, { origin }) => sum + origin, 0);
    expect(largest / 833.6).toBeCloseTo(0.546, 3);
    expect(Math.abs(shareOf((p) => pairs.origin[p] < 15) - 0.546)).toBeLessThan(0.02);
    const same = shareOf((p) => pairs.origin[p] === pairs.destination[p]);
    expect(Math.abs(same - 13.2 / 98)).toBeLessThan(0.01);
  });

  it('takes the measured hours of 2023 for each stage between cities', () => {
    const measured = parseTable(readData('service-time.csv')).find((r) => r.period === '2023Q2');
    const means = stageMeans();
    expect(Math.abs(means.origin - Number(measured?.origin_processing_h))).toBeLessThan(0.1);
    expect(Math.abs(means.transport - Number(measured?.transport_h))).toBeLessThan(0.2);
    expect(Math.abs(means.destination - Number(measured?.destination_processing_h))).toBeLessThan(
      0.1,
    );
    expect(STAGE.deliver).toBe(Number(measured?.delivery_h));
  });

  it('offers two to five ways a pair, the normal one first and free', () => {
    for (let p = 0; p < pairs.size; p += 97) {
      const trunks = trunksOf(nation, p);
      expect(trunks.length).toBeGreaterThanOrEqual(2);
      expect(trunks.length).toBeLessThanOrEqual(5);
      expect(trunks[0].cost).toBe(0);
    }
  });

  it('has the hubs of each operator that the facts name', () => {
    const hubs = nation.hubs.map((network) => network.hubs.length);
    expect(hubs).toEqual(nation.operators.map((operator) => operator.hubs));
  });
});

/** Mean hours over the parcels between two cities on their normal ways. */
function stageMeans() {
  const sum = { origin: 0, transport: 0, destination: 0, parcels: 0 };
  for (let p = 0; p < pairs.size; p++) {
    const [o, d] = [pairs.origin[p], pairs.destination[p]];
    if (o === d) continue;
    const { sites, siteOf } = nation.hubs[pairs.operator[p]];
    const road = (city: number): number =>
      feederHours(nation.km[city * cities.length + sites[siteOf[city]]]);
    const last = trunksOf(nation, p)[0].arrive.at(-1) ?? 0;
    const parcels = pairs.perDay[p];
    sum.parcels += parcels;
    sum.origin += parcels * (STAGE.collect + road(o) + STAGE.sort);
    sum.transport += parcels * Math.max(0, last - STAGE.sort);
    sum.destination += parcels * (road(d) + STAGE.deliverAfter);
  }
  const { origin, transport, destination, parcels } = sum;
  return {
    origin: origin / parcels,
    transport: transport / parcels,
    destination: destination / parcels,
  };
}
