import type { ReleaseBatch } from '../../network/plan-files.js';
import type { Scenario } from '../../network/scenario.js';
import type { Ticketed } from '../../plan/let-go.js';
import type { Releases } from '../../plan/season-view.js';
import type { EachTicketed } from './tickets-in-force.js';

/**
 * A plan's releases less what has tickets from slot `from` on: a new version's shares stand beside tickets (gate.md, G8), so
 * parcels would else be let go twice. First shares of the ticket's own slot and route give way, then the earliest of its
 * flow and shipper.
 *
 * @param each tells the tickets that stand.
 */
export async function withoutTicketed(
  scenario: Scenario,
  releases: Releases,
  from: number,
  each: EachTicketed,
): Promise<Releases> {
  const keys = new Keys(scenario);
  const exact = new Map<number, number>();
  let any = false;
  await each((ticket) => {
    if (ticket.slot < from) return;
    any = true;
    add(exact, keys.ofTicket(ticket), ticket.parcels);
  });
  if (!any) return releases;
  const rest = await leftOf(keys, exact, releases, from);
  return () => reduced(keys, new Map(exact), new Map(rest), releases, from);
}

/** What of the tickets no share of their slot and route covers, by flow and shipper. */
async function leftOf(
  keys: Keys,
  ticketed: ReadonlyMap<number, number>,
  releases: Releases,
  from: number,
): Promise<Map<number, number>> {
  const open = new Map(ticketed);
  for await (const batch of releases()) {
    for (let i = 0; i < batch.rows; i++) {
      if (batch.releaseSlot[i] >= from) take(open, keys.ofRow(batch, i), batch.parcels[i]);
    }
  }
  const rest = new Map<number, number>();
  for (const [key, parcels] of open) if (parcels > 0) add(rest, keys.withoutWay(key), parcels);
  return rest;
}

async function* reduced(
  keys: Keys,
  exact: Map<number, number>,
  rest: Map<number, number>,
  releases: Releases,
  from: number,
): AsyncGenerator<ReleaseBatch> {
  for await (const batch of releases()) {
    const parcels = batch.parcels.slice(0, batch.rows);
    for (let i = 0; i < batch.rows; i++) {
      if (batch.releaseSlot[i] < from) continue;
      const key = keys.ofRow(batch, i);
      parcels[i] -= take(exact, key, parcels[i]);
      parcels[i] -= take(rest, keys.withoutWay(key), parcels[i]);
    }
    yield { ...batch, parcels };
  }
}

/** Whole numbers for (route, service, slot, shipper), and for (pair, service, shipper). */
class Keys {
  readonly #services: number;
  readonly #slots: number;
  readonly #shippers: number;

  constructor(private readonly scenario: Scenario) {
    this.#services = scenario.services.length;
    this.#slots = scenario.slots;
    // Tickets may be of shippers that the season did not know: they have no share.
    this.#shippers = scenario.demand.shippers.size + 1;
  }

  ofTicket({ route, service, slot, shipper }: Ticketed): number {
    return this.#of(route, service, slot, Math.min(shipper, this.#shippers - 1));
  }

  ofRow({ route, service, releaseSlot, shipper }: ReleaseBatch, i: number): number {
    return this.#of(route[i], service[i], releaseSlot[i], shipper[i]);
  }

  withoutWay(key: number): number {
    const shipper = key % this.#shippers;
    const routed = Math.floor(key / this.#shippers / this.#slots);
    const pair = this.scenario.routes.pair[Math.floor(routed / this.#services)];
    return (pair * this.#services + (routed % this.#services)) * this.#shippers + shipper;
  }

  #of(route: number, service: number, slot: number, shipper: number): number {
    return ((route * this.#services + service) * this.#slots + slot) * this.#shippers + shipper;
  }
}

function add(sums: Map<number, number>, key: number, parcels: number): void {
  sums.set(key, (sums.get(key) ?? 0) + parcels);
}

/** Takes up to n of what is there; gives how much. */
function take(sums: Map<number, number>, key: number, n: number): number {
  const there = sums.get(key);
  if (there === undefined || there === 0) return 0;
  const taken = Math.min(there, n);
  sums.set(key, there - taken);
  return taken;
}
