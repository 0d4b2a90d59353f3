import { createHash, randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { type GateNetwork, gateNetwork } from '../../gate/gate-network.js';
import { type Shards, shardsOf } from '../../gate/shards.js';
import type { Scenario } from '../../network/scenario.js';
import type { Timing } from '../../units/timing.js';
import { systemTiming } from '../clock.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { Committed } from './committed.js';
import { SeasonNames } from './season-names.js';
import { type ShipperNumbers, Shippers } from './shippers.js';

/** A season that the gate works on: its network, and what the ledger keeps of it for good. */
export interface GateSeason {
  readonly id: string;
  readonly scenario: Scenario;
  readonly network: GateNetwork;
  readonly shards: Shards;
  /** Shards that have a route. */
  readonly inUse: readonly number[];
  readonly names: SeasonNames;
  readonly committed: Committed;
  readonly shippers: ShipperNumbers;
  /** Four secret words: ids of requests are kept as hashes under it. */
  readonly key: Int32Array;
  /** The gate's clock (G11): the machine's, moved by what the season says. */
  readonly timing: Timing;
}

/**
 * Opens a season; the first to open it writes it down. Two processes of one season agree on its network, for it is
 * part of its name: a network that has changed is another season.
 *
 * @param startsNow the season's clock begins at its first slot when it is first opened: for seasons that were
 * made up. Otherwise it is the machine's.
 * @param behind slots that such a season then has behind it.
 */
export async function openSeason(
  database: PostgresDatabase,
  scenario: Scenario,
  startsNow: boolean,
  behind = 0,
): Promise<GateSeason> {
  const network = gateNetwork(scenario);
  const shards = shardsOf(scenario);
  const row = await database.transact({ as: 'ledger' }, (client) =>
    startsNow
      ? madeUpRow(client, scenario, network, behind)
      : openRow(client, scenario, network, 0),
  );
  const { id, id_key: key, clock_offset_ms: offsetMs } = row;
  return {
    id,
    scenario,
    network,
    shards,
    inUse: [...new Set(shards.ofPair)].filter((shard) => shard >= 0).toSorted((a, b) => a - b),
    names: new SeasonNames(scenario, network, shards),
    committed: new Committed(scenario.resources),
    shippers: await Shippers.open(database, id, scenario.demand.shippers.list()),
    key: Int32Array.from({ length: 4 }, (_, i) => key.readInt32LE(4 * i)),
    timing: systemTiming(offsetMs),
  };
}

interface SeasonRow {
  readonly id: string;
  readonly clock_offset_ms: number;
  readonly id_key: Buffer;
}

/** The season's row, written if it is not there: once more, run `run` of it. */
async function openRow(
  client: ClientBase,
  scenario: Scenario,
  { startMs }: GateNetwork,
  offsetMs: number,
  run = 1,
): Promise<SeasonRow> {
  const id = run === 1 ? seasonId(scenario) : `${seasonId(scenario)}.${run}`;
  await client.query(
    `INSERT INTO gate_season (id, name, start_ms, clock_offset_ms, id_key)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [id, scenario.name, startMs, offsetMs, randomBytes(16)],
  );
  const { rows } = await client.query<SeasonRow>(
    'SELECT id, clock_offset_ms, id_key FROM gate_season WHERE id = $1',
    [id],
  );
  return rows[0];
}

/** The last run of a made-up season; another when that is over, for it can be played again. */
async function madeUpRow(
  client: ClientBase,
  scenario: Scenario,
  network: GateNetwork,
  behind: number,
): Promise<SeasonRow> {
  const { startMs, slotMs } = network;
  const now = systemTiming(0).now();
  const offset = startMs + behind * slotMs - now;
  for (let run = 1; ; run++) {
    const row = await openRow(client, scenario, network, offset, run);
    if (now + row.clock_offset_ms < startMs + scenario.slots * slotMs) return row;
  }
}

/** Its start and a hash of all that tickets name by number: slots, services, resources, pairs and routes. */
export function seasonId({
  start,
  slotMinutes,
  services,
  resources,
  pairs,
  routes,
  demand,
}: Scenario) {
  const hash = createHash('sha256');
  const lists = [
    services.map((service) => service.id),
    resources.ids.list(),
    pairs.operators.list(),
    pairs.places.list(),
    routes.ids.list(),
    demand.shippers.list(),
  ];
  hash.update(JSON.stringify([start, slotMinutes, lists]));
  for (const column of [pairs.operator, pairs.origin, pairs.destination, pairs.routeStart]) {
    hash.update(column);
  }
  const { cost, stepStart, stepResource, stepLag, stepSpan } = routes;
  for (const column of [pairs.routeList, cost, stepStart, stepResource, stepLag, stepSpan]) {
    hash.update(column);
  }
  return `${start.slice(0, 10)}-${hash.digest('hex').slice(0, 12)}`;
}
