import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/certify/check.js';
import type { PlanSummary } from '../../src/network/plan-files.js';
import { arbitraryScenario } from '../support/arbitrary-scenario.js';
import { naivePlan } from '../support/naive-plan.js';
import {
  batchesOf,
  type MemoryPlan,
  NO_PRICES,
  type PlanRow,
  planOfRows,
} from '../support/plan-rows.js';
import { scenarioFrom } from '../support/scenario-from.js';
import { bottleneck, pricesOf } from '../support/worlds.js';

const scenario = scenarioFrom(bottleneck);
const prices = pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': 1 });
/** Slot 0: a, b; slot 1: a, b; slot 2: a. Z = 4 = L. */
const rightRows: readonly PlanRow[] = [0, 1].flatMap((shipper) =>
  [0, 1, 2]
    .slice(0, 3 - shipper)
    .map((releaseSlot) => row({ shipper, releaseSlot, route: 0, parcels: 1 })),
);
const rightPlan = planOfRows(scenario, rightRows, prices, { bound: 4 });

describe('check', () => {
  it('finds nothing wrong with a plan that is right, in whatever order its rows come', async () => {
    const report = await check(scenario, rightPlan);
    expect(report.violations.first).toEqual([]);
    expect(report).toMatchObject({
      right: true,
      objective: 4,
      bound: 4,
      gap: 0,
      ready: 5,
      released: 5,
      carried: 0,
    });
    expect(report.binding).toEqual([
      { resource: 'hub', paid: 6, slots: 2, slot: 0, price: 2, load: 2, capacity: 2 },
    ]);
    const reversed = planOfRows(scenario, rightRows.toReversed(), prices, { bound: 4 });
    expect((await check(scenario, reversed)).right).toBe(true);
  });

  it.each([
    ['constraint 1: a row dropped', 'lost', rightRows.slice(1)],
    ['constraint 1: a row repeated', 'lost', [...rightRows, rightRows[0]]],
    ['constraint 2: three in a slot for two', 'overflow', change(4, { releaseSlot: 0 })],
    ['constraint 3: b first', 'favoured', bFirst()],
    ['section 3: released in slot T', 'row', change(2, { releaseSlot: 3 })],
    ['section 5: a slot without a route', 'row', change(2, { route: -1 })],
    ['section 5: half a parcel', 'row', change(2, { parcels: 0.5 })],
    ['section 5: less than nothing', 'row', change(2, { parcels: -1 })],
    ['section 5: demand that does not exist', 'row', change(2, { readySlot: 1 })],
  ] as const)('catches %s', async (_title, rule, rows) => {
    const report = await check(scenario, planOfRows(scenario, rows, prices, { bound: 4 }));
    expect(report.right).toBe(false);
    expect([...report.violations.countByRule.keys()]).toContain(rule);
  });

  it.each(['scenario', 'objective', 'bound', 'gap', 'ready', 'released', 'carried'])(
    'section 5: catches a wrong %s in plan.json',
    async (name) => {
      const value = name === 'scenario' ? 'another' : Number(rightPlan.summary[name]) + 1e-6;
      const plan = { ...rightPlan, summary: { ...rightPlan.summary, [name]: value } };
      const report = await check(scenario, plan);
      expect(report.violations.first).toMatchObject([
        { rule: 'figure', where: `plan.json, ${name}` },
      ]);
    },
  );

  it('section 4: catches prices that do not give the bound, or are none', async () => {
    const other = await check(scenario, { ...rightPlan, prices: NO_PRICES });
    expect(other.violations.first.map((v) => v.where)).toEqual([
      'plan.json, bound',
      'plan.json, gap',
    ]);
    const below = pricesOf(bottleneck, { 'hub@0': 2, 'hub@1': -1 });
    const report = await check(scenario, { ...rightPlan, prices: below });
    expect(report.violations.countByRule.get('price')).toBe(1);
  });

  it('section 3: catches a release before it is ready, and on the route of another pair', async () => {
    const world = {
      ...bottleneck,
      routes: [...bottleneck.routes, { ...bottleneck.routes[0], id: 'other', destination: 'z' }],
      demand: [{ origin: 'x', destination: 'y', slot: 1, parcels: 1 }],
    };
    const two = scenarioFrom(world);
    for (const wrong of [{ releaseSlot: 0 }, { route: 1 }]) {
      const rows = [{ ...row({ readySlot: 1, releaseSlot: 1, route: 0 }), ...wrong }];
      const report = await check(two, planOfRows(two, rows));
      expect(report.violations.first[0]).toMatchObject({ rule: 'row', by: 1 });
    }
  });

  it('constraint 3: is exact where the products leave 2⁵³ behind', async () => {
    // n·R ≡ 1 and −1 mod N, so that x·N − n·R is N − 1 (fair) and N + 1 (not).
    const [n, rest] = [3_000_000_019n, 1_000_000_007n];
    const N = n + rest;
    const R = inverse(n, N);
    for (const [released, off] of [
      [R, N - 1n],
      [N - R, N + 1n],
    ]) {
      const x = (n * released + off) / N;
      expect(x * N - n * released).toBe(off);
      const shares = [
        [0, x, n],
        [1, released - x, rest],
      ] as const;
      const rows = shares.flatMap(([shipper, now, all]) => [
        row({ shipper, releaseSlot: 0, route: 0, parcels: Number(now) }),
        row({ shipper, parcels: Number(all - now) }),
      ]);
      const vast = scenarioFrom({
        ...bottleneck,
        resources: [{ id: 'hub', capacity: 5e9 }],
        demand: bottleneck.demand.map((d, i) => ({ ...d, parcels: Number(i === 0 ? n : rest) })),
      });
      const { violations } = await check(vast, planOfRows(vast, rows));
      expect(violations.countByRule.has('favoured')).toBe(off > N);
      expect(violations.countByRule.has('lost')).toBe(false);
    }
  });

  it('names the violation by its key and says by how much', async () => {
    const plan = planOfRows(scenario, change(4, { releaseSlot: 0 }), prices, { bound: 4 });
    const report = await check(scenario, plan);
    expect(report.violations.first).toContainEqual({
      rule: 'overflow',
      where: 'hub, slot 0',
      text: 'load 3 > capacity left 2',
      by: 1,
    });
  });

  it('section 3: a right plan becomes wrong by any one change, whatever the world', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryScenario, fc.nat(), fc.nat(4), async (world, at, kind) => {
        const first = await check(world, naivePlan(world));
        const plan = naivePlan(world, NO_PRICES, first.bound);
        expect((await check(world, plan)).violations.first).toEqual([]);
        fc.pre(plan.rows.length > 0);
        const wrong = spoil(plan, at % plan.rows.length, kind);
        expect((await check(world, wrong)).right).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

/** a⁻¹ mod m, by the extended Euclidean algorithm. */
function inverse(a: bigint, m: bigint): bigint {
  let [r, next, x, y] = [m, a, 0n, 1n];
  while (next > 0n) {
    const q = r / next;
    [r, next, x, y] = [next, r - q * next, y, x - q * y];
  }
  return ((x % m) + m) % m;
}

function row(part: Partial<PlanRow>): PlanRow {
  return {
    shipper: 0,
    service: 0,
    pair: 0,
    readySlot: 0,
    releaseSlot: -1,
    route: -1,
    parcels: 1,
    ...part,
  };
}

function change(at: number, part: Partial<PlanRow>): PlanRow[] {
  return rightRows.map((old, i) => (i === at ? { ...old, ...part } : old));
}

/** After slot 0, b has 2 of 2: |2·5 − 2·2| = 6 ≥ 5. */
function bFirst(): PlanRow[] {
  return [
    row({ shipper: 1, releaseSlot: 0, route: 0, parcels: 2 }),
    row({ shipper: 0, releaseSlot: 1, route: 0, parcels: 2 }),
    row({ shipper: 0, releaseSlot: 2, route: 0 }),
  ];
}

/** The plan with one row dropped, grown, moved a slot, carried over unsaid, or a figure changed. */
function spoil(plan: MemoryPlan, at: number, kind: number): MemoryPlan {
  const target = plan.rows[at];
  const withRow = (part: Partial<PlanRow>) =>
    withRows(
      plan,
      plan.rows.map((old) => (old === target ? { ...old, ...part } : old)),
    );
  if (kind === 0)
    return withRows(
      plan,
      plan.rows.filter((old) => old !== target),
    );
  if (kind === 1) return withRow({ parcels: target.parcels + 1 });
  if (kind === 2) return withRow({ releaseSlot: target.releaseSlot + 1 });
  if (kind === 3) return withRow({ shipper: target.shipper + 1 });
  const figures: Partial<PlanSummary> = { bound: plan.summary.bound + 1 };
  return { ...plan, summary: { ...plan.summary, ...figures } };
}

function withRows(plan: MemoryPlan, rows: readonly PlanRow[]): MemoryPlan {
  return { ...plan, rows, releases: () => batchesOf(rows) };
}
