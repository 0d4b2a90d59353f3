import { onTestFinished } from 'vitest';
import type { SituationDesks } from '../../src/edge/http/situation/context.js';
import type {
  HubAnswer,
  SituationAnswer,
  SituationFigures,
  SituationSlotAnswer,
} from '../../src/edge/http/situation/schema.js';
import { PlannedBoard } from '../../src/edge/situation/planned-board.js';
import { gateNetwork } from '../../src/gate/gate-network.js';
import { encodePlan } from '../../src/gate/plan-codec.js';
import { capacityLeft } from '../../src/plan/slot-table.js';
import { FakeTracking, msOfSlot, type TestClock, testTrackSeason } from './fake-tracking.js';
import { ask, startTrackServer } from './track-server.js';

const SCALE = 10;

/** Parcels of route 0, from A's hub in Hangzhou over the lane to that in Shenzhen, that the plan lets go. */
export interface PlannedRow {
  readonly slot: number;
  readonly parcels: number;
}

/** The season of fake-tracking.ts, served with its situation; it is half past ten of its first day. */
export async function startSituation(plan?: readonly PlannedRow[], more?: Partial<SituationDesks>) {
  const clock: TestClock = { now: msOfSlot(10.5) };
  const service = new FakeTracking(testTrackSeason(clock));
  const planned = plan && plannedBoard(service, plan);
  const situation = { scale: SCALE, ...(planned && { planned }), ...more };
  const server = await startTrackServer(service, { pictureMs: 1 }, { situation });
  onTestFinished(() => server.stop());
  const text = async (key: string, path: string) => (await ask(server, key, path)).text;
  const get = async <T>(key: string, path: string): Promise<T> => JSON.parse(await text(key, path));
  return {
    clock,
    service,
    server,
    text,
    network: (key: string) => get<SituationAnswer>(key, '/v1/situation'),
    slot: (key: string, n: number) => get<SituationSlotAnswer>(key, `/v1/situation/slots/${n}`),
    figures: (key: string, query = '') =>
      get<SituationFigures>(key, `/v1/situation/figures${query}`),
    hub: (key: string, id: string) => get<HubAnswer>(key, `/v1/hubs/${encodeURIComponent(id)}`),
    send: async (key: string, ...lines: object[]) => {
      const { status, text: told } = await ask(server, key, '/v1/scans', lines);
      if (status !== 200) throw new Error(told);
    },
  };
}

function plannedBoard(service: FakeTracking, rows: readonly PlannedRow[]): PlannedBoard {
  const { scenario, network, timing } = service.season;
  const routes = gateNetwork(scenario);
  const plan = encodePlan({
    version: 1,
    from: 0,
    slots: scenario.slots,
    capacity: capacityLeft(scenario, scenario.slots + routes.tail),
    shares: {
      count: rows.length,
      shipper: new Int32Array(rows.length),
      flow: new Int32Array(rows.length),
      slot: Int16Array.from(rows, ({ slot }) => slot),
      way: new Uint8Array(rows.length),
      parcels: Int32Array.from(rows, ({ parcels }) => parcels),
    },
    prices: {
      resource: Int32Array.of(0),
      slot: Int32Array.of(12),
      price: Float64Array.of(2.5),
    },
  });
  const plans = { currentVersion: async () => 1, read: async () => plan };
  return new PlannedBoard({ plans, scenario, network: routes, ends: network.legs, timing });
}
