import { expect, test } from 'vitest';
import { Replayer, type SendScans } from '../../../src/edge/track/replay/replayer.js';
import { ScanText } from '../../../src/edge/track/replay/scan-text.js';
import { sendToService } from '../../../src/edge/track/replay/send-to-service.js';
import { trackNetwork } from '../../../src/edge/track/track-season.js';
import { WaybillKeys } from '../../../src/edge/track/waybill-keys.js';
import { Names } from '../../../src/network/names.js';
import { History, MemoryChunks } from '../../../src/track/history.js';
import { DEFAULT_TRACK_POLICY } from '../../../src/track/policy.js';
import type { ScanBatch } from '../../../src/track/scans.js';
import { Track } from '../../../src/track/track.js';
import { Tracking } from '../../../src/track/tracking.js';
import { Held } from '../../../src/units/held.js';
import type { ScanRows } from '../../../src/world/scans/scan-rows.js';
import { scanSeason } from '../../../src/world/scans/season-scans.js';
import { SPOILS } from '../../../src/world/scans/spoil.js';
import { CountedScans } from '../../support/counted-scans.js';
import { askedFor } from '../../support/lived-world.js';
import { scenarioFrom } from '../../support/scenario-from.js';

const HOUR = 3_600_000;
const scenario = scenarioFrom({
  slots: 12,
  resources: [
    { id: 'in', capacity: 60, kind: 'pickup' },
    { id: 'hub', capacity: 20, kind: 'hub', floor: 50 },
    { id: 'end', capacity: 30, kind: 'delivery' },
  ],
  routes: [
    {
      id: 'one',
      origin: 'x',
      destination: 'y',
      steps: ['in', 'hub', 'end'].map((resource, k) => ({ resource, lag: 3 * k })),
    },
  ],
  demand: [{ origin: 'x', destination: 'y', slot: 1, parcels: 300 }],
});
const START = Date.parse(scenario.start);

/** Time that passes when somebody sleeps. */
function timingFrom(now: number) {
  let passed = 0;
  return {
    now: () => now + passed,
    elapsed: () => passed,
    sleep: async (ms: number) => {
      passed += ms;
    },
  };
}

/** Tracking in memory, as a service. */
function serviceAt(timing: ReturnType<typeof timingFrom>) {
  const operators = scenario.pairs.operators.list();
  const network = trackNetwork(scenario);
  const track = new Track(network, DEFAULT_TRACK_POLICY, new History(new MemoryChunks()));
  const tracking = new Tracking(network, [track]);
  const names = { operators: Names.from(operators), resources: scenario.resources.ids };
  const keys = new WaybillKeys(new Uint8Array(32), operators);
  let seq = 0;
  const service = {
    season: { id: 's', scenario, network, names, keys, logs: 1, timing },
    sourceOf: async () => 0,
    take: async (batch: ScanBatch) => {
      const outcomes = tracking.apply({ ...batch, seq: ++seq });
      return { outcomes, tally: tracking.sources.list[0].tally };
    },
  };
  return { tracking, send: sendToService(service) };
}

const scansOf = (spoil: (typeof SPOILS)['clean' | 'field']): AsyncGenerator<ScanRows> =>
  scanSeason(scenario, { simulation: askedFor(), share: 1, ...(spoil && { spoil }) });

async function counted(): Promise<CountedScans> {
  const all = new CountedScans(HOUR);
  for await (const rows of scansOf(undefined)) all.take(rows);
  return all;
}

function replayer(
  timing: ReturnType<typeof timingFrom>,
  send: SendScans,
  more: Partial<ConstructorParameters<typeof Replayer>[0]> = {},
): Replayer {
  return new Replayer({
    scenario,
    scans: scansOf(undefined),
    text: new ScanText(scenario, '000001', START),
    send,
    timing,
    speed: Number.POSITIVE_INFINITY,
    signal: new AbortController().signal,
    ...more,
  });
}

/** Distinct scans, and each place's stock in the end. */
function summaryOf({ tracking }: ReturnType<typeof serviceAt>) {
  const { stock, scans } = tracking.state();
  return { stock: [...stock], scans };
}

test.each(['clean', 'field'] as const)('what is %s comes to one picture (P7)', async (name) => {
  const timing = timingFrom(START + 90 * 24 * HOUR);
  const service = serviceAt(timing);
  const { told } = await replayer(timing, service.send, { scans: scansOf(SPOILS[name]) }).run();
  const all = await counted();
  const scans = [...all.flows.values()].reduce((sum, n) => sum + n, 0);
  expect(summaryOf(service)).toEqual({ stock: [0, 0, 0], scans });
  expect(told.applied + told.superseded).toBe(scans);
  expect(told.received).toBe(scans + told.duplicate + told.quarantined);
  if (name === 'clean') expect(told.received).toBe(scans);
});

test('nothing is sent before it happened, and all that did is sent soon after', async () => {
  const timing = timingFrom(START + 3 * HOUR);
  const service = serviceAt(timing);
  const stopping = new AbortController();
  let lateMost = 0;
  const send: SendScans = (operator, lines) => {
    for (const [, at] of lines.toString().matchAll(/"at":(\d+)/g)) {
      expect(Number(at)).toBeLessThanOrEqual(timing.now());
      if (timing.elapsed() > 0) lateMost = Math.max(lateMost, timing.now() - Number(at));
    }
    if (timing.now() > START + 6 * HOUR) stopping.abort();
    return service.send(operator, lines);
  };
  const { behindMs } = await replayer(timing, send, { signal: stopping.signal }).run();
  expect([behindMs, lateMost].every((ms) => ms <= 1000)).toBe(true);
  const all = new CountedScans(HOUR);
  let left = 7;
  for await (const rows of scansOf(undefined)) {
    for (let i = 0; i < rows.count; i++) if (START + rows.at[i] > timing.now()) rows.parcel[i] = -1;
    all.take(rows);
    if (--left === 0) break;
  }
  all.states.delete(-1);
  const hub = scenario.resources.ids.findText('hub');
  expect(service.tracking.state().stock[hub]).toBe(all.stock(hub));
  expect(all.stock(hub)).toBeGreaterThan(0);
});

test('at a speed, what is past takes its time; and it can end with the past', async () => {
  const timing = timingFrom(START + 10 * HOUR);
  const service = serviceAt(timing);
  const asked = { speed: 60, onlyPast: true };
  const { seconds } = await replayer(timing, service.send, asked).run();
  // Ten hours but the first one, in which nothing is ready, at sixty to one; and the minutes that pass meanwhile.
  expect(seconds).toBeGreaterThan((9 * 3600) / 60 - 1);
  expect(seconds).toBeLessThan((10 * 3600) / 60 + 60);
});

test('a server that is held is asked again, another failure ends it; what was sent before is not sent again', async () => {
  const timing = timingFrom(START + 90 * 24 * HOUR);
  const service = serviceAt(timing);
  let calls = 0;
  const unsure: SendScans = async (operator, lines) => {
    const tally = await service.send(operator, lines);
    if (++calls % 2 === 1) throw new Held('unsure', 'not said in time');
    return tally;
  };
  const { held, told } = await replayer(timing, unsure).run();
  const { scans } = summaryOf(service);
  expect(held).toBeGreaterThan(0);
  expect(told).toMatchObject({ applied: 0, duplicate: scans });
  expect(scans).toBe([...(await counted()).flows.values()].reduce((sum, n) => sum + n, 0));
  const broken = replayer(timing, async () => {
    throw new Error('401');
  });
  await expect(broken.run()).rejects.toThrow('401');
  const rest = await replayer(timing, service.send, { sentBefore: () => START + 12 * HOUR }).run();
  expect(rest.told.duplicate).toBe(rest.told.received);
  expect(rest.told.received).toBeLessThan(scans);
});
