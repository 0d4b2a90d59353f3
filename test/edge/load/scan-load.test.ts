import { expect, test } from 'vitest';
import type { Call } from '../../../src/edge/load/calls.js';
import { checkScans, type ServerSays } from '../../../src/edge/load/check-scans.js';
import { ScanBodies } from '../../../src/edge/load/scan-bodies.js';
import { livesOf, STAGES } from '../../../src/edge/load/scan-lives.js';
import { ScanSender } from '../../../src/edge/load/scan-sender.js';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { addLines } from '../../../src/edge/track/scan-lines.js';
import { trackNetwork } from '../../../src/edge/track/track-season.js';
import { WaybillKeys } from '../../../src/edge/track/waybill-keys.js';
import { Names } from '../../../src/network/names.js';
import { History, MemoryChunks } from '../../../src/track/history.js';
import { DEFAULT_TRACK_POLICY } from '../../../src/track/policy.js';
import { emptyTally, type Tally, tallyUp } from '../../../src/track/sources.js';
import { Track } from '../../../src/track/track.js';
import { Tracking } from '../../../src/track/tracking.js';
import { Random } from '../../../src/world/random.js';
import { scenarioFrom } from '../../support/scenario-from.js';

/* The sender against tracking itself: what it says the server must say is what tracking counts, and a lie is seen. */

const scenario = scenarioFrom({
  slots: 24,
  resources: [
    { id: 'in', capacity: 60, kind: 'pickup' },
    { id: 'hub', capacity: 20, kind: 'hub', floor: 50 },
    { id: 'far', capacity: 20, kind: 'hub', floor: 50 },
    { id: 'way', capacity: 99, kind: 'lane' },
    { id: 'end', capacity: 30, kind: 'delivery' },
  ],
  routes: ['hub', 'far'].map((hub, i) => ({
    id: hub,
    origin: 'x',
    destination: 'y',
    cost: i,
    steps: ['in', hub, 'way', 'end'].map((resource, k) => ({ resource, lag: 3 * k })),
  })),
  demand: [{ origin: 'x', destination: 'y', slot: 1, parcels: 300 }],
});
const [operator] = scenario.pairs.operators.list();
const START = Date.parse(scenario.start);

function world(seed: number) {
  const random = new Random(seed, 'test');
  const names = { operators: Names.from([operator]), resources: scenario.resources.ids };
  const keys = new WaybillKeys(new Uint8Array(32), [operator]);
  const network = trackNetwork(scenario);
  const tracks = [0, 1].map(
    () => new Track(network, DEFAULT_TRACK_POLICY, new History(new MemoryChunks())),
  );
  const tracking = new Tracking(network, tracks);
  const waiting: Call[] = [];
  let [now, seq] = [START, 0];
  const apply = (call: Call): Tally => {
    const builder = new BatchBuilder(names, keys);
    addLines(Buffer.from(call.body), builder);
    expect(builder.faults).toEqual([]);
    const tally = emptyTally();
    const outcomes = tracking.apply({ ...builder.finish(0, now), seq: ++seq });
    tallyUp(tally, outcomes, builder.count);
    return tally;
  };
  const answer = (call: Call): void => {
    call.done({ status: 200, retryAfter: 0, body: Buffer.from(JSON.stringify(apply(call))) });
  };
  const lives = livesOf(scenario, 0, 7, random);
  const bodies = new ScanBodies(scenario, operator, 'GENtest', lives, {
    fresh: 20,
    duplicate: 3,
    late: 2,
  });
  const sender = new ScanSender({
    key: 'k',
    calls: { send: (call) => void waiting.push(call) },
    bodies,
    latencies: { add: () => {} },
    blocks: 3,
    elapsed: () => 0,
    now: () => now,
  });
  /** Calls under way are answered in any order; a few twice, as after a lost answer. */
  const run = (calls: number): void => {
    for (let i = 0; i < calls; i++) {
      sender.send(0);
      now += 700 * random.uniform();
      while (waiting.length > 2) {
        const [call] = waiting.splice(Math.floor(random.uniform() * waiting.length), 1);
        if (random.uniform() < 0.1) apply(call);
        answer(call);
      }
    }
    for (const call of waiting.splice(0)) answer(call);
  };
  const says = (): ServerSays => {
    const { stock, bound } = tracking.state();
    return {
      resources: new Map(
        scenario.resources.ids.list().map((id, r) => [id, { stock: stock[r], bound: bound[r] }]),
      ),
      tally: { ...(tracking.sources.list[0]?.tally ?? emptyTally()) },
    };
  };
  return { sender, run, says, bodies };
}

test.each([1, 2, 3])('what was acknowledged is what tracking counts (P7), seed %i', (seed) => {
  const { sender, run, says } = world(seed);
  const before = says();
  run(5 * STAGES + 4);
  expect(checkScans(scenario, [sender], [before], [says()])).toEqual({ total: 0, first: [] });
  expect(sender.told.received).toBe((5 * STAGES + 4) * 25);
  expect(sender.told.superseded).toBeGreaterThan(0);
  expect(sender.told.duplicate).toBeGreaterThanOrEqual((5 * STAGES + 4) * 3);
});

test('a scan lost, or one counted twice, is seen', () => {
  const { sender, run, says } = world(4);
  const before = says();
  run(12);
  const after = says();
  const lost = { ...after, tally: { ...after.tally, applied: after.tally.applied - 1 } };
  expect(checkScans(scenario, [sender], [before], [lost]).first).toEqual([
    expect.stringContaining('distinct scans'),
    expect.stringContaining('sum of outcomes'),
  ]);
  const [[id, { stock, bound }]] = after.resources;
  const moved = new Map([...after.resources, [id, { stock: stock + 1, bound }]]);
  const faults = checkScans(scenario, [sender], [before], [{ ...after, resources: moved }]);
  expect(faults.first).toEqual([`stock of ${id}: ${stock + 1}, not ${stock}`]);
});

test('a body says each scan as it should', () => {
  const { bodies } = world(5);
  const buffer = Buffer.alloc(bodies.bytesMost);
  const text = bodies.write(buffer, 7, 1, 1_600_000_000, 1_599_999_999).toString();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toHaveLength(25);
  expect(lines[19]).toMatchObject({ parcel: 'GENtest000007019', at: 1_600_000_000_019 });
  expect(lines[20]).toMatchObject({ parcel: 'GENtest000007000', at: 1_599_999_999_000 });
  expect(lines[23]).toMatchObject({ parcel: 'GENtest000007000', at: 1_599_999_998_500 });
});
