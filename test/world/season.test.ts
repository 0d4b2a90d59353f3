import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenario } from '../../src/network/read-scenario.js';
import type { Scenario } from '../../src/network/scenario.js';
import { writeScenario } from '../../src/network/write-scenario.js';
import { loadAtOnce } from '../../src/plan/at-once.js';
import type { Closure } from '../../src/world/season/closure-file.js';
import type { SeasonOptions } from '../../src/world/season/options.js';
import { generateSeason } from '../../src/world/season/season.js';
import { seasonFacts, seasonOptions, tableCells } from '../support/season.js';

const facts = seasonFacts();
let folder = '';
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'season-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Writes a season and reads it back: a fault in it throws. */
async function seasonAt(options: SeasonOptions): Promise<{ path: string; scenario: Scenario }> {
  const path = join(folder, String(count++));
  const season = generateSeason(options, facts);
  await writeScenario(path, season.meta, season.tables(), { format: 'parquet' });
  return { path, scenario: await readScenario(path) };
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(path)).toSorted())
    hash.update(await readFile(join(path, file)));
  return hash.digest('hex');
}

describe('a generated season', () => {
  it('has the same bytes for the same seed, and others for another', async () => {
    const changes = { committed: true, carriedOver: true, spans: true, shared: true };
    const digests = [1, 1, 2].map(async (seed) =>
      digest((await seasonAt(seasonOptions({ ...changes, seed }))).path),
    );
    const [one, again, other] = await Promise.all(digests);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('is a valid scenario with exactly the parcels asked for, each with a route', async () => {
    const arbitrary = fc.record({
      cities: fc.integer({ min: 1, max: 15 }),
      operators: fc.integer({ min: 1, max: 4 }),
      parcelsPerDay: fc.integer({ min: 1000, max: 3_000_000 }),
      slots: fc.integer({ min: 1, max: 30 }),
      slotMinutes: fc.constantFrom(15, 60, 120, 1440),
      seed: fc.nat(1000),
      committed: fc.boolean(),
      carriedOver: fc.boolean(),
      spans: fc.boolean(),
      shared: fc.boolean(),
      tightDelivery: fc.boolean(),
      tightHubs: fc.boolean(),
      stations: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (changes) => {
        const options = seasonOptions(changes);
        const { scenario } = await seasonAt(options);
        const { demand, pairs, resources } = scenario;
        const days = (options.slots * options.slotMinutes) / 1440;
        const total = demand.rowParcels.reduce((sum, parcels) => sum + parcels, 0);
        expect(total).toBe(Math.round(options.parcelsPerDay * days));
        expect(demand.repeated).toBe(0);
        for (const p of demand.flowPair) {
          expect(pairs.routeStart[p + 1]).toBeGreaterThan(pairs.routeStart[p]);
        }
        for (const capacity of resources.capacity) expect(capacity).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 25 },
    );
  });

  it('released at once, overloads all pickups and main hubs by up to a few times', async () => {
    const season = generateSeason(seasonOptions(), facts);
    const { scenario } = await seasonAt(seasonOptions());
    const peaks = peakRatios(scenario);
    const kinds = season.plant.resources.map(({ kind, main }) => (main ? `main ${kind}` : kind));
    for (const [r, kind] of kinds.entries()) {
      if (kind !== 'pickup' && kind !== 'main hub') continue;
      expect(peaks[r]).toBeGreaterThan(1.1);
      expect(peaks[r]).toBeLessThan(3);
    }
    const deliveries = peaks.filter((_, r) => kinds[r] === 'delivery');
    expect(deliveries.filter((peak) => peak > 1).length).toBeLessThan(deliveries.length / 2);
  });

  it('has every delivery bind when deliveries are tight', async () => {
    const { scenario } = await seasonAt(seasonOptions({ tightDelivery: true }));
    const peaks = peakRatios(scenario);
    for (const [r, kind] of scenario.resources.kind.entries()) {
      if (kind === 'delivery') expect(peaks[r]).toBeGreaterThan(1);
    }
  });

  it('loads hubs and couriers over several slots with spans, pickups and lines over one', async () => {
    const { scenario } = await seasonAt(seasonOptions({ spans: true }));
    const { stepResource, stepSpan } = scenario.routes;
    const longest = new Map<string, number>();
    for (let i = 0; i < stepSpan.length; i++) {
      const kind = scenario.resources.kind[stepResource[i]];
      longest.set(kind, Math.max(longest.get(kind) ?? 0, stepSpan[i]));
    }
    expect(Object.fromEntries(longest)).toEqual({ pickup: 1, hub: 4, lane: 1, delivery: 3 });
  });

  it('has resources that several operators load when shared, and none otherwise', async () => {
    expect(
      sharedResources((await seasonAt(seasonOptions({ shared: true }))).scenario),
    ).toBeGreaterThan(3);
    expect(sharedResources((await seasonAt(seasonOptions())).scenario)).toBe(0);
  });

  it('carries over what waits from before, and commits no more than there is room', async () => {
    const options = seasonOptions({ carriedOver: true, committed: true });
    const { scenario } = await seasonAt(options);
    const { commitments, capacity } = scenario.resources;
    expect(Math.min(...scenario.demand.cohortSlot)).toBe(-12);
    expect(commitments.value.length).toBeGreaterThan(0);
    for (const [i, parcels] of commitments.value.entries()) {
      expect(parcels).toBeLessThanOrEqual(capacity[commitments.resource[i]]);
    }
  });

  it('takes its region out while a closure holds, and nothing else', async () => {
    const closures: Closure[] = [
      { kind: 'epidemic', regions: ['3307'], fromHour: 2, untilHour: 4, remaining: 0 },
      { kind: 'power', regions: ['33'], fromHour: 0, untilHour: 9, daily: [8, 17], remaining: 0.4 },
    ];
    const options = seasonOptions({ closures });
    const season = generateSeason(options, facts);
    const { capacity = [], resources } = season.tables();
    const rated = await tableCells(resources);
    const of = new Map(
      rated.id.map((id, i) => [
        id,
        { kind: rated.kind[i], region: rated.region[i], capacity: Number(rated.capacity[i]) },
      ]),
    );
    const rows = await tableCells(capacity);
    expect(rows.slot.length).toBeGreaterThan(0);
    for (const [i, slot] of rows.slot.entries()) {
      const resource = of.get(rows.resource[i]);
      if (slot === 8) {
        expect(resource?.kind).toBe('hub');
        expect(rows.capacity[i]).toBe(Math.floor((resource?.capacity ?? 0) * 0.4));
      } else {
        expect([2, 3]).toContain(slot);
        expect(resource).toMatchObject({ region: '330700' });
        expect(resource?.kind).not.toBe('lane');
        expect(rows.capacity[i]).toBe(0);
      }
    }
  });
});

/** The highest load at once over capacity of each resource. */
function peakRatios(scenario: Scenario): number[] {
  const lags = scenario.routes.stepLag.reduce((most, lag) => Math.max(most, lag), 0);
  const slots = scenario.slots + lags + 1;
  const { values } = loadAtOnce(scenario, slots);
  return Array.from(scenario.resources.capacity, (capacity, r) => {
    const loads = values.subarray(r * slots, (r + 1) * slots);
    return loads.reduce((most, load) => Math.max(most, load), 0) / capacity;
  });
}

/** Resources that routes of more than one operator load. */
function sharedResources({ routes, pairs, resources }: Scenario): number {
  const users = resources.kind.map(() => new Set<number>());
  for (let r = 0; r < routes.pair.length; r++) {
    for (let i = routes.stepStart[r]; i < routes.stepStart[r + 1]; i++) {
      users[routes.stepResource[i]].add(pairs.operator[routes.pair[r]]);
    }
  }
  return users.filter(({ size }) => size > 1).length;
}
