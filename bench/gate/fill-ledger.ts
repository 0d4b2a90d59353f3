import { publishPlan } from '../../src/edge/gate/publish.js';
import { type GateSeason, openSeason } from '../../src/edge/gate/season.js';
import { openDatabase, type PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { startEmbedded } from '../../src/edge/postgres/embedded.js';
import { PostgresJournalStore } from '../../src/edge/postgres/journal-store.js';
import { PlanStore } from '../../src/edge/postgres/plan-store.js';
import { flowOf } from '../../src/gate/gate-network.js';
import type { GatePlan } from '../../src/gate/gate-plan.js';
import { ShardOwner } from '../../src/gate/owner/shard-owner.js';
import { decodePlan } from '../../src/gate/plan-codec.js';
import { DEFAULT_POLICY } from '../../src/gate/policy.js';
import { NO_LIMIT, type RequestBatch, TICKETED } from '../../src/gate/requests.js';
import { planOfShard } from '../../src/gate/shard-plan.js';
import { readPlan } from '../../src/network/read-plan.js';
import { readScenario } from '../../src/network/read-scenario.js';
import { Random } from '../../src/world/random.js';

/** Requests of a call, and calls that go into one entry: ten thousand, as on a busy night. */
const BATCH = 1000;
const CALLS = 10;
const ID_BYTES = 20;
/** Demand rows drawn beforehand, and asked for over and over. */
const DRAWN = 1 << 18;

/**
 * Fills a ledger with tickets, one parcel each, by the production owner and store: requests of the season's demand, by
 * its parcels, ready when they are.
 */
export async function fillLedger(
  folder: string,
  planFolder: string,
  data: string,
  tickets: number,
): Promise<{ readonly tickets: number; readonly journalBytes: number }> {
  const scenario = await readScenario(folder);
  const plan = await readPlan(planFolder, scenario);
  const server = await startEmbedded(data);
  const database = await openDatabase({ url: server.url });
  try {
    const season = await openSeason(database, scenario, true);
    await publishPlan(database, season, 0, { releases: plan.releases(), prices: plan.prices });
    const given = await fill(database, season, tickets);
    await database.ledger.query('CHECKPOINT').catch(() => undefined);
    const { rows } = await database.ledger.query<{ bytes: number }>(
      `SELECT pg_total_relation_size('gate_journal') AS bytes`,
    );
    return { tickets: given, journalBytes: rows[0].bytes };
  } finally {
    await database.close();
    await server.stop();
  }
}

async function fill(
  database: PostgresDatabase,
  season: GateSeason,
  tickets: number,
): Promise<number> {
  const bytes = await new PlanStore(database, season.id).read(1);
  if (!bytes) throw new Error('there is no plan');
  const plan = decodePlan(bytes);
  const drawn = season.inUse.map((shard) => drawRequests(season, shard));
  const owners = await Promise.all(
    season.inUse.map((shard) => openOwner(database, season, shard, plan)),
  );
  let given = 0;
  let asked = 0;
  const start = performance.now();
  for (let line = 1; given < tickets; ) {
    const counts = await Promise.all(
      owners.flatMap((owner, s) =>
        Array.from({ length: CALLS }, async () => {
          const from = asked;
          asked += BATCH;
          const { status } = await owner.answer(batchOf(season, drawn[s], from));
          return status.reduce((sum, each) => sum + Number(each === TICKETED), 0);
        }),
      ),
    );
    for (const count of counts) given += count;
    if (given < line * 5e6) continue;
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(
      `${given.toLocaleString('en-US')} tickets after ${seconds.toFixed(0)} s\n`,
    );
    line = Math.floor(given / 5e6) + 1;
  }
  return given;
}

async function openOwner(
  database: PostgresDatabase,
  season: GateSeason,
  shard: number,
  plan: GatePlan,
): Promise<ShardOwner> {
  const { network, key, timing, shards } = season;
  const store = new PostgresJournalStore(database.ledger, season.id, shard);
  const own = planOfShard(plan, network, shards, shard);
  const plans = async () => own;
  const options = { network, key, timing, store, plans, policy: DEFAULT_POLICY, name: 'bench' };
  const owner = await ShardOwner.open(options);
  await owner.adopt(own);
  return owner;
}

interface Drawn {
  readonly shipper: Int32Array;
  readonly flow: Int32Array;
  readonly slot: Int32Array;
}

/** Rows of a shard's demand, as often as they have parcels. */
function drawRequests({ scenario, network, shards }: GateSeason, shard: number): Drawn {
  const { demand } = scenario;
  const rows: { shipper: number; flow: number; slot: number; until: number }[] = [];
  let sum = 0;
  for (let f = 0; f < demand.flowPair.length; f++) {
    const pair = demand.flowPair[f];
    if (shards.ofPair[pair] !== shard) continue;
    const flow = flowOf(network, pair, demand.flowService[f]);
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      for (let row = demand.rowStart[k]; row < demand.rowStart[k + 1]; row++) {
        sum += demand.rowParcels[row];
        const slot = Math.max(0, demand.cohortSlot[k]);
        rows.push({ shipper: demand.rowShipper[row], flow, slot, until: sum });
      }
    }
  }
  const random = new Random(1, `shard ${shard}`);
  const chosen = Float64Array.from({ length: DRAWN }, () => sum * random.uniform()).toSorted();
  let at = 0;
  const order = Array.from(chosen, (x) => {
    while (rows[at].until <= x) at += 1;
    return rows[at];
  });
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * random.uniform());
    [order[i], order[j]] = [order[j], order[i]];
  }
  return {
    shipper: Int32Array.from(order, ({ shipper }) => shipper),
    flow: Int32Array.from(order, ({ flow }) => flow),
    slot: Int32Array.from(order, ({ slot }) => slot),
  };
}

function batchOf({ network }: GateSeason, { shipper, flow, slot }: Drawn, from: number) {
  const first = from % (DRAWN - BATCH);
  const end = first + BATCH;
  const ids = Buffer.alloc(ID_BYTES * BATCH);
  for (let i = 0; i < BATCH; i++) {
    ids.write(String(from + i).padStart(ID_BYTES, '0'), ID_BYTES * i, 'latin1');
  }
  const batch: RequestBatch = {
    count: BATCH,
    shipper: shipper.slice(first, end),
    flow: flow.slice(first, end),
    readyAt: Float64Array.from(
      slot.subarray(first, end),
      (each) => network.startMs + each * network.slotMs,
    ),
    parcels: new Int32Array(BATCH).fill(1),
    notAfter: new Int32Array(BATCH).fill(NO_LIMIT),
    divisible: new Uint8Array(BATCH),
    ids,
    idStart: Int32Array.from({ length: BATCH + 1 }, (_, i) => ID_BYTES * i),
  };
  return batch;
}
