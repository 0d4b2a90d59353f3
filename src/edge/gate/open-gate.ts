import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EVERYONE } from '../../gate/owner/journal-store.js';
import { decodePlan } from '../../gate/plan-codec.js';
import { listInForce } from '../access/declarations.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { PostgresJournalStore } from '../postgres/journal-store.js';
import { NoticeFeed } from '../postgres/notice-feed.js';
import { PlanStore } from '../postgres/plan-store.js';
import { ShardLeases } from '../postgres/shard-leases.js';
import { ChangeFeed, type NoticeStore } from './change-feed.js';
import { ChangeViews } from './change-view.js';
import { DeclaredSlots } from './declared-slots.js';
import { Gatehouse } from './gatehouse.js';
import { peerSecret, remoteShards } from './peers.js';
import { ShardPlans } from './plans.js';
import type { GateSeason } from './season.js';
import { type DeclaredAt, Seat } from './seat.js';
import { LEASE_MS, Watch } from './watch.js';

/** The gate of a season, as one process has it. */
export interface OpenGate {
  /** This process. */
  readonly name: string;
  readonly gate: Gatehouse;
  readonly seats: readonly Seat[];
  /** What processes of the season show one another. */
  readonly secret: string;
  /** Says where this process answers others of the season. */
  announce(address: string): Promise<void>;
  /** Gives its shards up, for others to have at once. */
  close(): Promise<void>;
}

export interface GateOptions {
  readonly database: PostgresDatabase;
  readonly season: GateSeason;
  readonly onError: (error: unknown) => void;
  /** How long the shards of a process that died are waited for, milliseconds. */
  readonly leaseMs?: number;
}

/** Opens the gate: takes the shards that nobody has, and has the plan in force when it resolves. */
export async function openGate(options: GateOptions): Promise<OpenGate> {
  const { database, season, onError, leaseMs = LEASE_MS } = options;
  const { ledger } = database;
  const name = `gate-${randomBytes(6).toString('hex')}`;
  const plans = new PlanStore(database, season.id);
  const shardPlans = new ShardPlans(season, {
    currentVersion: () => plans.currentVersion(),
    read: (version) => readPlan(plans, version),
  });
  const stores = new Map(
    season.inUse.map((shard) => [shard, new PostgresJournalStore(ledger, season.id, shard)]),
  );
  const declared = declaredCapacities(database, season);
  const seats = [...stores].map(
    ([shard, store]) =>
      new Seat({
        season,
        shard,
        name,
        store,
        plans: (version) => shardPlans.of(shard, version),
        declared,
      }),
  );
  const secret = peerSecret(season.key);
  const watch = new Watch(seats, {
    name,
    leases: new ShardLeases(ledger, season.id),
    leaseMs,
    planVersion: () => plans.currentVersion(),
    remote: remoteShards(secret, (shard) => season.names.operatorsOf(shard)),
    timing: season.timing,
    onError,
  });
  await watch.start();
  const gate = new Gatehouse(season, seats, changeFeed(database, season, stores));
  return {
    name,
    gate,
    seats,
    secret,
    announce: (address) => watch.announce(address),
    close: () => watch.stop(),
  };
}

async function readPlan(plans: PlanStore, version: number) {
  const bytes = await plans.read(version);
  if (!bytes) throw new Error(`there is no plan version ${version}`);
  return decodePlan(bytes);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => undefined);
}

function changeFeed(
  { ledger }: PostgresDatabase,
  season: GateSeason,
  stores: ReadonlyMap<number, PostgresJournalStore>,
): ChangeFeed {
  const notices = new NoticeFeed(ledger, season.id);
  const noticeStores = [...stores].map(([shard, store]): [number, NoticeStore] => [
    shard,
    {
      head: () => store.head(),
      findRow: (row) => store.findRow(row),
      notices: async (audience, seq, entries) => {
        const audiences = audience === undefined ? undefined : [EVERYONE, audience];
        const rows = await notices.after(shard, audiences, seq - 1, entries);
        return rows.toSorted((a, b) => a.seq - b.seq || a.audience - b.audience);
      },
    },
  ]);
  const views = new ChangeViews(season.names, season.shippers);
  return new ChangeFeed(new Map(noticeStores), views, pause);
}

/** How long what was declared is taken as read, milliseconds: shards ask one after the other. */
const DECLARED_MS = 500;

/** What counts of declared capacities now (G8). */
function declaredCapacities(
  database: PostgresDatabase,
  { scenario, network, names, committed, timing }: GateSeason,
): () => Promise<DeclaredAt> {
  const slots = new DeclaredSlots(scenario, network.tail);
  let last: { readonly at: number; readonly read: Promise<DeclaredAt> } | undefined;
  const read = async (at: number): Promise<DeclaredAt> => {
    const list = await listInForce(database, timing.now());
    const declared = [...new Set(list.map((each) => each.resource))].flatMap((id) => {
      const resource = names.resource(id);
      if (resource === undefined) return [];
      const counting = slots.counting(list.filter((each) => each.resource === id));
      return [...counting].map(
        ([slot, { parcels }]) => [resource, slot, committed.left(resource, slot, parcels)] as const,
      );
    });
    return { at, declared };
  };
  return () => {
    const at = timing.elapsed();
    if (!last || at - last.at > DECLARED_MS) last = { at, read: read(at) };
    return last.read;
  };
}
