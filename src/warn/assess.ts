import { assessAreas } from './areas.js';
import { cheapestCure } from './cure.js';
import { forecastLoads, type HubForecast, peakOf, rollStock } from './forecast.js';
import { levelOf, measure } from './levels.js';
import type { Seen } from './seen.js';
import type { WarnModel } from './warn-model.js';
import type { WarnPolicy } from './warn-policy.js';
import type { Assessment, Basis, Cause, WarningLevel } from './warning.js';

/** Causes told at most: more than a duty officer reads. */
const CAUSES_MOST = 6;

/**
 * What is expected of every resource with a floor, and of the cities, provinces, operators and the nation that they make
 * up, as far as it reaches a level or nearly does. In a fixed order: resources by name, then areas. A function of its input.
 */
export function assess(model: WarnModel, policy: WarnPolicy, seen: Seen): Assessment[] {
  const forecasts = forecastLoads(model, seen);
  const byResource = new Map(forecasts.map((hub) => [hub.resource, hub]));
  const ofResources = new Map<number, Assessment>();
  for (const hub of forecasts) {
    const assessment = assessHub(model, policy, seen, hub, byResource);
    if (assessment) ofResources.set(hub.resource, assessment);
  }
  const resources = [...ofResources.values()].toSorted((a, b) =>
    a.subject.id < b.subject.id ? -1 : 1,
  );
  return [...resources, ...assessAreas(model, policy, byResource, ofResources)];
}

function assessHub(
  model: WarnModel,
  policy: WarnPolicy,
  seen: Seen,
  hub: HubForecast,
  byResource: ReadonlyMap<number, HubForecast>,
): Assessment | undefined {
  const measures = measure(model, hub);
  const keeps = levelOf(policy, measures, policy.margin);
  if (keeps === undefined) return undefined;
  const { ids, operator, region } = model.scenario.resources;
  const r = hub.resource;
  return {
    subject: { kind: 'resource', id: ids.get(r) },
    level: levelOf(policy, measures),
    keeps,
    basis: basisOf(model, policy, seen, hub, keeps),
    shape: hoursAbove(model, policy, hub) > policy.sustainedHours ? 'sustained' : 'peak',
    breachAt: hub.chance >= policy.breachChance ? breachAt(model, seen, hub) : undefined,
    chance: hub.chance,
    floorShare: measures.floorShare,
    capacityHours: measures.capacityHours,
    causes: causesOf(model, seen, hub),
    cure: cheapestCure(model, policy, hub, byResource),
    owner: { operator: operator[r], region: region[r] },
  };
}

/** In whole ms; not before now. */
function breachAt({ scenario }: WarnModel, seen: Seen, { breachIn }: HubForecast): number {
  const slotMs = scenario.slotMinutes * 60_000;
  const slotAt = Date.parse(scenario.start) + seen.slot * slotMs;
  return Math.max(seen.at, Math.round(slotAt + breachIn * slotMs));
}

/** The first that suffices: what is there now, with what is in the network, with what is still to enter. */
function basisOf(
  { floor }: WarnModel,
  { levels }: WarnPolicy,
  { stock }: Seen,
  hub: HubForecast,
  level: WarningLevel,
): Basis {
  const enough = Math.min(1, levels[level].floorShare) * floor[hub.resource];
  if (stock[hub.resource] >= enough) return 'stock';
  const without = new Float64Array(hub.stock.length);
  rollStock(hub, -1, 0, without);
  return without[peakOf(without)] >= enough ? 'onTheWay' : 'plan';
}

/** The longest time in one go that expected stock is above `sustainedAbove` of the floor. */
function hoursAbove(
  { floor, slotHours }: WarnModel,
  { sustainedAbove }: WarnPolicy,
  hub: HubForecast,
): number {
  let longest = 0;
  let run = 0;
  for (const stock of hub.stock) {
    run = stock > sustainedAbove * floor[hub.resource] ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest * slotHours;
}

/** What is there, and what comes until stock is greatest: the greatest parts first. */
function causesOf(model: WarnModel, { stock }: Seen, hub: HubForecast): Cause[] {
  const { ids } = model.scenario.resources;
  const until = peakOf(hub.stock) + 1;
  const sum = (values: Float64Array): number =>
    values.subarray(0, until).reduce((all, n) => all + n, 0);
  const causes: Cause[] = [
    { kind: 'stock', resource: ids.get(hub.resource), parcels: stock[hub.resource] },
    { kind: 'released', parcels: sum(hub.later) },
    {
      kind: 'capacity',
      resource: ids.get(hub.resource),
      parcels: sum(hub.declared) - sum(hub.rate),
    },
  ];
  for (const { resource, departed, upstream } of hub.from) {
    causes.push({ kind: 'onTheWay', resource: ids.get(resource), parcels: departed });
    causes.push({ kind: 'stock', resource: ids.get(resource), parcels: upstream });
  }
  return causes
    .map((cause) => ({ ...cause, parcels: Math.round(cause.parcels) }))
    .filter(({ parcels }) => parcels > 0)
    .toSorted((a, b) => b.parcels - a.parcels || (nameOf(a) < nameOf(b) ? -1 : 1))
    .slice(0, CAUSES_MOST);
}

function nameOf({ kind, resource = '' }: Cause): string {
  return `${kind} ${resource}`;
}
