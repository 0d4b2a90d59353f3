import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Ends, plannedFlow } from '../../src/warn/planned-flow.js';
import { warnModel } from '../../src/warn/warn-model.js';
import { arbitrarySeason } from '../support/arbitrary-season.js';
import { oneHub, releasesOf } from '../support/hand-warned.js';
import { scenarioFrom } from '../support/scenario-from.js';

const NO_ENDS: Ends = { size: 0, find: () => -1 };
/** From hub h to the delivery d is leg 0. */
const LAST_LEG: Ends = { size: 1, find: (from, to) => (from === 1 && to === 3 ? 0 : -1) };

test('parcels let go at once are on the road an hour, at the hub two, on the road again, and delivered', () => {
  const model = warnModel(oneHub());
  const flow = plannedFlow(model, releasesOf([[0, 1, 100]]), LAST_LEG, 0, 7);
  const [pickup, hub, delivery] = [0, 1, 3];
  expect(row(flow.entered, pickup)).toEqual([0, 100, 0, 0, 0, 0, 0]);
  expect(row(flow.bound, hub)).toEqual([0, 100, 0, 0, 0, 0, 0]);
  expect(row(flow.arrived, hub)).toEqual([0, 0, 100, 0, 0, 0, 0]);
  expect(row(flow.stock, hub)).toEqual([0, 0, 100, 100, 0, 0, 0]);
  expect(row(flow.departed, hub)).toEqual([0, 0, 0, 0, 100, 0, 0]);
  expect(row(flow.legs, 0)).toEqual([0, 0, 0, 0, 100, 0, 0]);
  expect(row(flow.bound, delivery)).toEqual([0, 0, 0, 0, 100, 0, 0]);
  expect(row(flow.ended, delivery)).toEqual([0, 0, 0, 0, 0, 100, 0]);
  expect(flow.stock.reduce((sum, n) => sum + n, 0)).toBe(200);
});

test('what is committed stands where it is for its dwell, and enters and ends nowhere', () => {
  const scenario = oneHub();
  const { commitments } = scenario.resources;
  const committed = {
    ...commitments,
    resource: Int32Array.of(1),
    slot: Int32Array.of(2),
    value: Float64Array.of(30),
  };
  const model = warnModel({
    ...scenario,
    resources: { ...scenario.resources, commitments: committed },
  });
  const flow = plannedFlow(model, releasesOf([]), NO_ENDS, 0, 6);
  expect([...flow.stock.subarray(6, 12)]).toEqual([0, 0, 30, 30, 0, 0]);
  expect(flow.entered.some((n) => n > 0)).toBe(false);
});

test('no parcel is lost: at the end of every slot what came in is on floors, on the road or at its end', () => {
  fc.assert(
    fc.property(
      arbitrarySeason,
      fc.array(fc.tuple(fc.nat(), fc.nat(7), fc.integer({ min: 1, max: 50 })), { maxLength: 12 }),
      (world, drawn) => {
        const scenario = scenarioFrom({ ...world, committed: [] });
        const model = warnModel(scenario);
        const { routeStart } = model.legs;
        const routes = [...scenario.routes.pair.keys()].filter(
          (route) => routeStart[route + 1] > routeStart[route],
        );
        fc.pre(routes.length > 0);
        const rows = drawn.map(([n, slot, parcels]): [number, number, number] => [
          routes[n % routes.length],
          slot,
          parcels,
        ]);
        const slots = 60;
        const flow = plannedFlow(model, releasesOf(rows), NO_ENDS, 0, slots);
        let came = 0;
        let ended = 0;
        for (let s = 0; s < slots; s++) {
          const at = (values: Float64Array) => columnSum(values, slots, s);
          came += at(flow.entered);
          ended += at(flow.ended);
          expect(at(flow.stock) + at(flow.bound) + ended).toBeCloseTo(came, 6);
        }
        expect(flow.stock.every((n) => n > -1e-9) && flow.bound.every((n) => n > -1e-9)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

function columnSum(values: Float64Array, slots: number, s: number): number {
  let sum = 0;
  for (let at = s; at < values.length; at += slots) sum += values[at];
  return sum;
}

/** A resource's seven slots. */
function row(values: Float64Array, r: number): number[] {
  return [...values.subarray(7 * r, 7 * (r + 1))];
}
