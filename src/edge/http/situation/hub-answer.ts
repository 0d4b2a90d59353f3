import type { Organisation } from '../../access/principal.js';
import { licensedCapacity } from '../../gate/declared-slots.js';
import { Busy, Unsure } from '../../gate/gate-service.js';
import type { ResourceLoads } from '../../gate/resource-loads.js';
import type { SituationNow } from '../../situation/judge-situation.js';
import { begunAt } from '../../situation/seen-places.js';
import type { Sight } from '../../track/sight.js';
import { type KnownSlots, knownSlots, type SituationContext, situationNow } from './context.js';
import { placeView } from './place-view.js';
import type { HubAnswer } from './schema.js';
import { hubWarnings } from './warned.js';

type BySlot = (number | null)[];
/** Views of warnings are made by name, not by type. */
type Told = Omit<HubAnswer, 'ageMs' | 'warnings'> & { readonly warnings: readonly object[] };

/** A place's page, as far as its sight goes. */
export async function hubOf(
  context: SituationContext,
  viewer: Organisation,
  r: number,
): Promise<{ readonly at: number; readonly hub: Told }> {
  const { sights, seenPlaces, service, declared } = context;
  const situation = await situationNow(context);
  const sight = sights.of(viewer);
  const { season, picture, counted, scale } = situation;
  const id = season.scenario.resources.ids.get(r);
  const only = { ...seenPlaces.of(sight, viewer.kind), places: Int32Array.of(r) };
  const slots = knownSlots(situation, begunAt(only, counted));
  const [inForce, loads, warned] = await Promise.all([
    sight.isWhole ? declared?.(id) : undefined,
    sight.isWhole ? loadsOf(context, r) : undefined,
    hubWarnings(context, viewer, id),
  ]);
  const newest = picture.newestAt[r];
  return {
    at: picture.at,
    hub: {
      place: placeView(service.season, seenPlaces.important, r),
      at: new Date(picture.at).toISOString(),
      stock: scale * picture.stock[r],
      bound: sight.isWhole ? scale * picture.bound[r] : null,
      ...(!Number.isNaN(newest) && { newestAt: new Date(newest).toISOString() }),
      stale: picture.stale[r] === 1,
      slots,
      ...columnsOf({ situation, sight, slots, r, inForce, loads }),
      ...warned,
    },
  };
}

/** Undefined, too, while the process that has the shard does not answer. */
async function loadsOf({ loads }: SituationContext, r: number): Promise<ResourceLoads | undefined> {
  try {
    return await loads?.loads(r);
  } catch (error) {
    if (error instanceof Busy || error instanceof Unsure) return undefined;
    throw error;
  }
}

interface Column {
  readonly situation: SituationNow;
  readonly sight: Sight;
  readonly slots: KnownSlots;
  readonly r: number;
  readonly inForce: ReadonlyMap<number, number> | undefined;
  readonly loads: ResourceLoads | undefined;
}

function columnsOf({ situation, sight, slots, r, inForce, loads }: Column) {
  const { season, counted, planned, scale } = situation;
  const { isWhole } = sight;
  const bySlot = (of: (slot: number) => number | null): BySlot =>
    Array.from({ length: slots.until - slots.from }, (_, i) => of(slots.from + i));
  const seen = (values: Int32Array, isShown: boolean) =>
    bySlot((slot) => {
      if (!isShown || slot > counted.now || slot < counted.from) return null;
      return scale * values[r * counted.width + slot - counted.from];
    });
  const flow = isWhole ? planned?.flow : undefined;
  const due = (values: Float64Array | undefined) =>
    bySlot((slot) => {
      const i = flow ? slot - flow.from : -1;
      if (!flow || !values || i < 0 || i >= flow.slots) return null;
      return Math.round(values[r * flow.slots + i]);
    });
  const promised = (values: readonly number[] | undefined) =>
    bySlot((slot) => (loads && values ? (values[slot - loads.from] ?? null) : null));
  const prices = isWhole && planned ? pricesOf(planned.prices, r) : undefined;
  return {
    counted: {
      stock: seen(counted.stock, true),
      arrived: seen(counted.came, isWhole),
      departed: seen(counted.left, isWhole),
    },
    planned: { stock: due(flow?.stock), arrivals: due(flow?.arrived) },
    capacity: bySlot((slot) =>
      isWhole ? (inForce?.get(slot) ?? licensedCapacity(season.scenario, r, slot)) : null,
    ),
    ticketed: promised(loads?.ticketed),
    atShippers: promised(loads?.open),
    price: bySlot((slot) =>
      prices && planned && slot >= planned.flow.from ? (prices.get(slot) ?? 0) : null,
    ),
  };
}

function pricesOf(
  { resource, slot, price }: NonNullable<SituationNow['planned']>['prices'],
  r: number,
): ReadonlyMap<number, number> {
  const of = new Map<number, number>();
  for (let i = 0; i < resource.length; i++) if (resource[i] === r) of.set(slot[i], price[i]);
  return of;
}
