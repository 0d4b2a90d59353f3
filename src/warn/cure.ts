import type { Detours } from './detours.js';
import { type HubForecast, rollStock } from './forecast.js';
import type { WarnModel } from './warn-model.js';
import type { WarnPolicy } from './warn-policy.js';
import type { Cure } from './warning.js';

/** Steps of halving an amount: one part in a million. */
const HALVINGS = 20;

/** A way to act on a hub: an amount between nothing and `most`, what it does to the hub, and what it costs. */
export interface Remedy {
  readonly kind: Cure['kind'];
  readonly resource?: number;
  readonly most: number;
  apply(amount: number): HubForecast;
  /** In parcel-slots. */
  cost(amount: number): number;
}

/**
 * What keeps the expected stock within `limits.floorShare` of the floor at the least cost (docs/maths/warn.md#cures). Of each remedy
 * the least amount that does, by halving; of the remedies the cheapest, the first of equal ones. If none does alone, the one
 * that takes most off the highest stock: `averts` is false then. Undefined where nothing is above the limit, or nothing helps.
 */
export function cheapestCure(
  model: WarnModel,
  policy: WarnPolicy,
  hub: HubForecast,
  byResource: ReadonlyMap<number, HubForecast>,
): Cure | undefined {
  const limit = policy.limits.floorShare * model.floor[hub.resource];
  if (greatest(hub) <= limit) return undefined;
  let best: { cure: Cure; peak: number } | undefined;
  for (const remedy of remediesFor(model, policy, hub, byResource)) {
    const amount = leastAmount(remedy, limit);
    const peak = greatest(remedy.apply(amount));
    const averts = peak <= limit;
    if (amount <= 0 || (!averts && peak >= greatest(hub))) continue;
    const cost = remedy.cost(amount);
    const isBetter =
      !best ||
      (averts && !best.cure.averts) ||
      (averts === best.cure.averts && (averts ? cost < best.cure.cost : peak < best.peak));
    if (!isBetter) continue;
    const resource =
      remedy.resource === undefined
        ? {}
        : { resource: model.scenario.resources.ids.get(remedy.resource) };
    best = {
      cure: { kind: remedy.kind, ...resource, parcels: Math.ceil(amount), cost, averts },
      peak,
    };
  }
  return best?.cure;
}

/** All remedies for a hub; the amount is in parcels, of added capacity in parcels a slot. */
export function remediesFor(
  model: WarnModel,
  { costs, limits }: WarnPolicy,
  hub: HubForecast,
  byResource: ReadonlyMap<number, HubForecast>,
): Remedy[] {
  const r = hub.resource;
  const limit = limits.floorShare * model.floor[r];
  const until = lastAbove(hub, limit) + 1;
  const coming = sumUntil(hub.later, until);
  const less = (amount: number): HubForecast =>
    rolled(hub, { later: hub.later.map((n, u) => (u < until ? n * (1 - amount / coming) : n)) });
  const hold: Remedy = {
    kind: 'holdReleases',
    most: coming,
    apply: less,
    cost: (amount) =>
      amount * (clearsAt(less(amount), limit - amount, until) - meanSlot(hub.later, until)),
  };
  const declared = model.scenario.resources.capacity[r];
  const more: Remedy = {
    kind: 'addCapacity',
    resource: r,
    most: limits.addCapacity * declared,
    apply: (amount) => rolled(hub, { rate: hub.rate.map((n, u) => (u < until ? n + amount : n)) }),
    cost: (amount) => amount * until * costs.addCapacity,
  };
  const clear: Remedy = {
    kind: 'clearStock',
    resource: r,
    most: Math.min(hub.queued, limits.clearStock * model.floor[r]),
    apply: (amount) => rolled(hub, { queued: hub.queued - amount }),
    cost: (amount) => amount * costs.clearStock,
  };
  const detour = detourFor(
    model.detours,
    limits.floorShare * (model.floor[model.detours.by[r]] ?? 0),
    hub,
    byResource,
    coming,
  );
  const divert: Remedy = { kind: 'divert', ...detour, apply: less };
  return [...(coming > 0 ? [hold, divert] : []), more, clear].filter(({ most }) => most > 0);
}

/** As much as has another way, and as the hub on it has room for. */
function detourFor(
  { share, cost, by }: Detours,
  roomUpTo: number,
  { resource }: HubForecast,
  byResource: ReadonlyMap<number, HubForecast>,
  coming: number,
): Pick<Remedy, 'most' | 'cost'> & { resource: number } {
  const other = byResource.get(by[resource]);
  const room = other ? Math.max(0, roomUpTo - greatest(other)) : 0;
  return {
    resource: by[resource],
    most: Math.min(share[resource] * coming, room),
    cost: (amount) => amount * cost[resource],
  };
}

function leastAmount(remedy: Remedy, limit: number): number {
  if (greatest(remedy.apply(remedy.most)) > limit) return remedy.most;
  let [low, high] = [0, remedy.most];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (greatest(remedy.apply(middle)) <= limit) high = middle;
    else low = middle;
  }
  return high;
}

function rolled(hub: HubForecast, change: Partial<HubForecast>): HubForecast {
  const changed = { ...hub, ...change, stock: new Float64Array(hub.stock.length) };
  rollStock(changed, 0, 0, changed.stock);
  return changed;
}

export function greatest({ stock }: HubForecast): number {
  return stock.reduce((most, n) => Math.max(most, n), 0);
}

function lastAbove({ stock }: HubForecast, limit: number): number {
  return stock.findLastIndex((n) => n > limit);
}

/** The first slot from `from` on with stock at most so high; the horizon's end if there is none. */
function clearsAt({ stock }: HubForecast, most: number, from: number): number {
  const u = stock.findIndex((n, at) => at >= from && n <= most);
  return u < 0 ? stock.length : u;
}

function sumUntil(values: Float64Array, until: number): number {
  return values.subarray(0, until).reduce((all, n) => all + n, 0);
}

/** Mean slot of the parcels of slots before one. */
function meanSlot(values: Float64Array, until: number): number {
  let moment = 0;
  for (let u = 0; u < until; u++) moment += u * values[u];
  return moment / sumUntil(values, until);
}
