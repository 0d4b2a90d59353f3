import { Random } from '../random.js';
import { readyVolumes } from './calendar.js';
import type { ExpectedLoad } from './expected-load.js';
import type { SeasonOptions } from './options.js';
import type { Plant, PlantResource } from './plant.js';
import type { ReadyShape } from './ready.js';

/**
 * Rated capacities (docs/maths/season.md#rating): what a resource is built for, not the most it ever
 * took. With W the mean load of its busiest 24 hours if the season were released at once,
 *
 *     capacity = ⌈ headroom · (ordinary day / peak day) · W + 2·√W ⌉ parcels a slot
 *
 * (ordinary day / peak day) · W is the same 24 hours of an ordinary season; headroom is drawn for each
 * resource from the range of its kind; the root is the usual allowance for chance, which matters
 * where parcels are few.
 */
export interface Rating {
  /** Parcels a slot, integers ≥ 1. */
  readonly capacity: Float64Array;
  /** Parcels it can store: hours of its own capacity; NaN where nothing is stored. */
  readonly floor: Float64Array;
}

type Range = readonly [low: number, high: number];

/** Headroom over the ordinary busiest day: modelled, on 4.9 / 2.65 = 1.85 for 2020. */
const HEADROOM: Readonly<Record<string, Range>> = {
  pickup: [1.75, 2.25],
  mainHub: [1.7, 2],
  hub: [1.85, 2.6],
  lane: [1.7, 2.4],
  delivery: [2.4, 3.4],
  tightDelivery: [1.65, 1.9],
};
/** Hours of its own capacity that a hub's floor stores: modelled. */
const FLOOR_HOURS: Range = [4, 8];

export function ratePlant(
  options: SeasonOptions,
  plant: Plant,
  loads: ExpectedLoad,
  shape: ReadyShape,
): Rating {
  const random = new Random(options.seed, 'rating');
  const usual = options.calendar.ordinaryDay / options.calendar.peakDay;
  const day = Math.max(1, Math.round(1440 / options.slotMinutes));
  const { start, slotMinutes, slots } = options;
  const volumes = readyVolumes(options.calendar, start, slotMinutes, 0, slots);
  const tight = options.calendar.ordinaryDay / (busiestMean(volumes, day) * day);
  const capacity = new Float64Array(plant.resources.length);
  const floor = new Float64Array(plant.resources.length).fill(Number.NaN);
  for (const [r, resource] of plant.resources.entries()) {
    const load = loads.fromDemand(r, shape);
    if (options.committed) addInto(load, loads.fromBefore(r, shape));
    const busiest = busiestMean(load, day);
    const headroom = random.between(...HEADROOM[rangeOf(resource, options)]);
    const ordinary = options.tightHubs && resource.kind === 'hub' ? tight : usual;
    capacity[r] = Math.max(1, Math.ceil(headroom * ordinary * busiest + 2 * Math.sqrt(busiest)));
    const floorSlots = (random.between(...FLOOR_HOURS) * 60) / options.slotMinutes;
    if (resource.kind === 'hub') floor[r] = Math.round(capacity[r] * floorSlots);
  }
  return { capacity, floor };
}

function rangeOf({ kind, main }: PlantResource, options: SeasonOptions): string {
  if (kind === 'hub' && main) return 'mainHub';
  return kind === 'delivery' && options.tightDelivery ? 'tightDelivery' : kind;
}

function addInto(load: Float64Array, more: Float64Array): void {
  for (let t = 0; t < Math.min(load.length, more.length); t++) load[t] += more[t];
}

/** The largest mean over `window` slots in a row, or over all if there are fewer. */
function busiestMean(load: Float64Array, window: number): number {
  let sum = 0;
  let most = 0;
  for (let t = 0; t < load.length; t++) {
    sum += load[t] - (t >= window ? load[t - window] : 0);
    most = Math.max(most, sum);
  }
  return most / Math.min(window, load.length);
}
