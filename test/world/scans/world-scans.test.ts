import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../src/track/scans.js';
import { Kind, SCAN_KINDS } from '../../../src/world/scans/scan-rows.js';
import { scanSeason } from '../../../src/world/scans/season-scans.js';
import { SPOILS } from '../../../src/world/scans/spoil.js';
import { WorldScans } from '../../../src/world/scans/world-scans.js';
import { type Flow, ON_FLOOR } from '../../../src/world/simulation/flow.js';
import { ORDINARY } from '../../../src/world/simulation/options.js';
import { simulate } from '../../../src/world/simulation/simulate.js';
import {
  compileWays,
  GATE,
  HUB,
  LAST_MILE,
  type Ways,
} from '../../../src/world/simulation/ways.js';
import {
  arbitraryDraws,
  arbitrarySeason,
  arbitrarySurprises,
  drawnFrom,
  releaseAny,
} from '../../support/arbitrary-season.js';
import { CountedScans } from '../../support/counted-scans.js';
import { askedFor, LivedWorld, PHYSICS } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';

describe('the scans of a world', () => {
  it('have the kinds of tracking', () => {
    expect(SCAN_KINDS).toEqual(KINDS);
    expect(Object.entries(Kind).map(([name, k]) => SCAN_KINDS[k - 1] === name)).not.toContain(
      false,
    );
  });

  it('counted, are its stocks and flows at the end of every slot (T2, T3, T4)', async () => {
    const property = fc.asyncProperty(
      arbitrarySeason,
      arbitrarySurprises,
      arbitraryDraws,
      async (season, surprises, draws) => {
        const scenario = scenarioFrom(season);
        const ways = compileWays(scenario);
        const scans = new WorldScans(scenario, ways, PHYSICS, { seed: 7, share: 1 });
        const world = new LivedWorld(scenario, PHYSICS, surprises, 7, scans);
        const counted = new CountedScans(scenario.slotMinutes * 60_000);
        const drawn = drawnFrom(draws);
        for (let t = 0; t < scenario.slots + 30; t++) {
          await world.step(t < scenario.slots ? (door) => releaseAny(door, drawn) : undefined);
          const rows = scans.endSlot(t);
          expect(slotsOf(rows.at.subarray(0, rows.count), counted.slotMs, t)).toBe(true);
          counted.take(rows);
          expect(countedOf(counted, world.flow, t)).toEqual(livedOf(world.flow));
        }
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it('are watched, not made: the run is the same', async () => {
    const scenario = scenarioFrom(SMALL);
    const asked = askedFor({ surprises: ORDINARY });
    const { worldSeconds: _, ...run } = await simulate(scenario, asked);
    const counted = new CountedScans(3_600_000);
    for await (const rows of scanSeason(scenario, { simulation: asked, share: 1 }))
      counted.take(rows);
    expect([...counted.states.values()].every(({ kind }) => kind >= Kind.delivered)).toBe(true);
    expect(counted.states.size).toBe(run.figures.delivered);
  });

  it('of a share are so many, and the same for the same seed', async () => {
    const scenario = scenarioFrom(SMALL);
    const ofShare = async (share: number, seed: number) => {
      const parcels = new Set<number>();
      const stamps: number[] = [];
      const simulation = askedFor({ seed });
      for await (const rows of scanSeason(scenario, { simulation, share })) {
        for (let i = 0; i < rows.count; i++) {
          parcels.add(rows.parcel[i]);
          stamps.push(rows.at[i]);
        }
      }
      return { parcels: parcels.size, stamps };
    };
    const tenth = await ofShare(0.1, 1);
    expect(Math.abs(tenth.parcels - 300 / 10)).toBeLessThanOrEqual(1);
    expect(await ofShare(0.1, 1)).toEqual(tenth);
    expect((await ofShare(0.1, 2)).stamps).not.toEqual(tenth.stamps);
  });

  it('spoilt, come to the same states and flows in the end (P7)', async () => {
    const scenario = scenarioFrom(SMALL);
    const [clean, field] = [new CountedScans(3_600_000), new CountedScans(3_600_000)];
    const simulation = askedFor();
    const often = {
      ...SPOILS.field,
      duplicates: 0.2,
      late: 0.3,
      gaps: 0.5,
      future: 0.1,
      unknown: 0.1,
    };
    let [sent, last] = [0, 0];
    for await (const rows of scanSeason(scenario, { simulation, share: 1 })) clean.take(rows);
    for await (const rows of scanSeason(scenario, { simulation, share: 1, spoil: often })) {
      for (let i = 0; i < rows.count; i++) {
        expect(rows.sentAt[i]).toBeGreaterThanOrEqual(last);
        last = rows.sentAt[i];
        sent += 1;
      }
      field.take(rows, last);
    }
    expect(field.flows).toEqual(clean.flows);
    expect(field.states).toEqual(clean.states);
    expect(sent).toBeGreaterThan([...clean.flows.values()].reduce((sum, n) => sum + n, 0));
  });
});

/** 300 parcels over a hub that is full for a while. */
const SMALL = {
  slots: 12,
  resources: [
    { id: 'in', capacity: 60, kind: 'pickup' },
    { id: 'hub', capacity: 20, kind: 'hub', floor: 50 },
    { id: 'way', capacity: 99, kind: 'lane' },
    { id: 'end', capacity: 30, kind: 'delivery' },
  ],
  routes: [
    {
      id: 'one',
      origin: 'x',
      destination: 'y',
      steps: [
        { resource: 'in' },
        { resource: 'hub', lag: 2 },
        { resource: 'way', lag: 5 },
        { resource: 'end', lag: 9 },
      ],
    },
  ],
  demand: [{ origin: 'x', destination: 'y', slot: 1, parcels: 300 }],
};

function slotsOf(at: Float64Array, slotMs: number, t: number): boolean {
  return at.every((ms) => Math.floor(ms / slotMs) === t);
}

/** What scans say of each place, and of all together. */
function countedOf(counted: CountedScans, { ways }: Flow, t: number) {
  const places = Array.from(ways.role, (of, r) => {
    const bound = counted.bound(r);
    const came = counted.flow(Kind.accepted, r, t) + counted.flow(Kind.arrived, r, t);
    if (of === HUB) return { stock: counted.stock(r), bound };
    if (of === GATE)
      return { stock: counted.stock(r), bound, sent: counted.flow(Kind.departed, r, t) };
    return { bound, came };
  });
  const outlets = [...ways.role.keys()].filter((r) => ways.role[r] === LAST_MILE);
  const atOutlets = outlets.reduce((sum, r) => sum + counted.stock(r), 0);
  return { places, atOutlets, ...(anywhere(ways) && { done: counted.done }) };
}

/** The same as the world has it. */
function livedOf(flow: Flow) {
  const { ways, batches, loads, served, lastMile } = flow;
  const bound = new Float64Array(ways.role.length);
  const onTheWay = (head: number): void => {
    for (let i = head; i >= 0; i = loads.next[i]) {
      const l = loads.leg[i];
      const isOut = loads.lanes[i] !== ON_FLOOR && ways.legs.from[l] >= 0 && ways.legs.to[l] >= 0;
      if (isOut) bound[ways.legs.to[l]] += loads.parcels[i];
    }
  };
  flow.road.head.forEach(onTheWay);
  flow.outside.head.forEach(onTheWay);
  const places = Array.from(ways.role, (of, r) => {
    if (of === HUB) return { stock: flow.stock[r], bound: bound[r] };
    if (of === GATE) {
      let stock = 0;
      for (let b = flow.queue.head[r]; b >= 0; b = batches.next[b]) {
        if (batches.stage[b] > 0) stock += batches.parcels[b];
      }
      return { stock, bound: bound[r], sent: served[r] };
    }
    return { bound: bound[r], came: of === LAST_MILE ? served[r] : 0 };
  });
  const atOutlets = lastMile.atOutlets + lastMile.out;
  const done = flow.delivered + lastMile.delivered;
  return { places, atOutlets, ...(anywhere(ways) && { done }) };
}

/** Whether all routes have a place where somebody can scan. */
function anywhere({ legs }: Ways): boolean {
  return legs.from.every((from, l) => from >= 0 || legs.to[l] >= 0);
}
