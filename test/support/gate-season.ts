import { Committed } from '../../src/edge/gate/committed.js';
import type { RequestItem } from '../../src/edge/gate/gate-service.js';
import { LocalShard } from '../../src/edge/gate/local-shard.js';
import { batchOf, flowOfItem } from '../../src/edge/gate/request-columns.js';
import type { GateSeason } from '../../src/edge/gate/season.js';
import { SeasonNames } from '../../src/edge/gate/season-names.js';
import type { ShipperNumbers } from '../../src/edge/gate/shippers.js';
import { gateNetwork, pairOf } from '../../src/gate/gate-network.js';
import type { JournalEntry } from '../../src/gate/owner/journal-store.js';
import { ShardOwner } from '../../src/gate/owner/shard-owner.js';
import { DEFAULT_POLICY } from '../../src/gate/policy.js';
import { shardsOf } from '../../src/gate/shards.js';
import { KEY, planOf } from './gate-world.js';
import { MemoryStore } from './memory-store.js';
import { scenarioFrom, type World } from './scenario-from.js';

const SLOTS = 6;

/** Two operators with a shard each, two routes for one of them, and a place that is not written in ASCII. */
export function gateSeason(demand: World['demand'] = []): GateSeason {
  const scenario = scenarioFrom({
    slots: SLOTS,
    services: [{ id: 'standard' }, { id: 'timed', weight: 3 }],
    resources: [
      { id: 'A/hub', capacity: 40, operator: 'A' },
      { id: 'A/side', capacity: 20, operator: 'A' },
      { id: 'B/hub', capacity: 30, operator: 'B' },
    ],
    routes: [
      { id: 'A/1', operator: 'A', origin: 'x', destination: 'y', steps: [{ resource: 'A/hub' }] },
      {
        id: 'A/2',
        operator: 'A',
        origin: 'x',
        destination: 'y',
        cost: 0.5,
        steps: [{ resource: 'A/side' }],
      },
      { id: 'A/3', operator: 'A', origin: '西', destination: 'y', steps: [{ resource: 'A/hub' }] },
      { id: 'B/2', operator: 'B', origin: '西', destination: 'y', steps: [{ resource: 'B/hub' }] },
      { id: 'B/1', operator: 'B', origin: 'x', destination: 'y', steps: [{ resource: 'B/hub' }] },
    ],
    demand,
  });
  const network = gateNetwork(scenario);
  const shards = shardsOf(scenario);
  return {
    id: 'test',
    scenario,
    network,
    shards,
    inUse: [...new Set(shards.ofPair)],
    names: new SeasonNames(scenario, network, shards),
    committed: new Committed(scenario.resources),
    shippers: NO_SHIPPERS,
    key: KEY,
    timing: {
      now: () => network.startMs,
      elapsed: () => 0,
      sleep: () => new Promise(setImmediate),
    },
  };
}

/** Nobody is looked up by these tests: the shipper is number 0. */
const NO_SHIPPERS: ShipperNumbers = {
  number: async () => 0,
  find: () => 0,
  organisation: String,
  refresh: async () => {},
};

/** All shards of a season in one process, on ledgers in memory, with a plan that has prices and small shares. */
export async function localShards(season: GateSeason) {
  const { network, shards, inUse, names, key, timing } = season;
  const plan = planOf(
    network,
    1,
    { slots: SLOTS },
    (resource) => season.scenario.resources.capacity[resource],
    [[0, 0, 1, 0, 5]],
    [
      [0, 0, 1.25],
      [2, 0, 0.5],
    ],
  );
  const desks = new Map<number, LocalShard>();
  const owners = new Map<number, ShardOwner>();
  const ledgers = new Map<number, readonly JournalEntry[]>();
  for (const shard of inUse) {
    const store = new MemoryStore();
    const policy = { ...DEFAULT_POLICY, hoardingFloor: 60 };
    const plans = async () => plan;
    const owner = await ShardOwner.open({ network, policy, key, store, plans, timing, name: 'a' });
    await owner.adopt(plan);
    owners.set(shard, owner);
    ledgers.set(shard, store.entries);
    desks.set(shard, new LocalShard(owner, names, NO_SHIPPERS, shard, () => timing.elapsed()));
  }
  const deskOf = (pair: number) => desks.get(shards.ofPair[pair]);
  return {
    plan,
    deskOf,
    owners,
    /** Entries of each shard, as they come. */
    ledgers,
    /** Results of requests as the other way gives them. */
    decide: (requests: readonly RequestItem[]) => decideAll(season, deskOf, requests),
    /** Confirms the first ticket of each shard: its repeats then say that it has changed. */
    confirmFirst: async () => {
      for (const owner of owners.values()) await owner.confirm(0, [0]);
    },
  };
}

async function decideAll(
  { names, network }: GateSeason,
  deskOf: (pair: number) => LocalShard | undefined,
  requests: readonly RequestItem[],
): Promise<string[]> {
  const flows = requests.map((request) => Number(flowOfItem(names, request)));
  const desks = flows.map((flow) => deskOf(pairOf(network, flow)));
  const results: string[] = [];
  for (const desk of new Set(desks)) {
    const own = requests.flatMap((_, i) => (desks[i] === desk ? [i] : []));
    const batch = batchOf(
      names,
      0,
      own.map((i) => requests[i]),
      own.map((i) => flows[i]),
    );
    const answers = await desk?.answer(batch);
    own.forEach((i, k) => {
      if (answers && desk) results[i] = desk.texts.ofAnswer(answers, k, requests[i].id);
    });
  }
  return results;
}
