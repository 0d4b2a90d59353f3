import { Names } from '../../network/names.js';
import type { City } from './facts.js';
import { type ExpressNetwork, trunksOf } from './network.js';
import type { SeasonOptions } from './options.js';

export type ResourceKind = 'pickup' | 'hub' | 'lane' | 'delivery';

/** The resources of a season and where each is found (docs/maths/season.md#resources). */
export interface Plant {
  readonly ids: Names;
  readonly resources: readonly PlantResource[];
  /** Resource of [operator · cities + city], −1 where nothing starts or ends. */
  readonly pickup: Int32Array;
  readonly delivery: Int32Array;
  /** Resource of each hub of each operator. */
  readonly hub: readonly Int32Array[];
  /** Resource of the line-haul from hub g to hub h at [g · hubs + h]; −1 where room is never short. */
  readonly lane: readonly Int32Array[];
}

export interface PlantResource {
  readonly kind: ResourceKind;
  readonly operator: string;
  readonly city: City;
  /** A hub that takes transit, or a line-haul. */
  readonly main: boolean;
}

/** The operator that a shared resource belongs to. */
export const SHARED = 'SHARED';
/** Of the cities where several operators have hubs, one in so many has a shared site: modelled. */
const SHARED_SITE_EVERY = 3;
/** The part of the cities, smallest first, with joint last-mile delivery: modelled. */
const SHARED_DELIVERY_PART = 1 / 3;
/** The busiest line-hauls that carry this part of an operator's parcels are resources: modelled. */
const LANE_PART = 0.5;

export function buildPlant(options: SeasonOptions, network: ExpressNetwork): Plant {
  const list = new ResourceList();
  const n = network.cities.length;
  const { starts, ends } = endsOf(network);
  const firstShared = options.shared ? Math.ceil(n * (1 - SHARED_DELIVERY_PART)) : n;
  const pickup = new Int32Array(starts.length).fill(-1);
  const hub = placeHubs(list, network, options.shared);
  const lane = network.operators.map((_, k) => placeLanes(list, network, k));
  const delivery = new Int32Array(ends.length).fill(-1);
  for (let i = 0; i < starts.length; i++) {
    const city = network.cities[i % n];
    const operator = network.operators[Math.floor(i / n)].id;
    if (starts[i] > 0) pickup[i] = list.add('pickup', operator, city, city.code);
    const deliverer = i % n >= firstShared ? SHARED : operator;
    if (ends[i] > 0) delivery[i] = list.add('delivery', deliverer, city, city.code);
  }
  return { ids: list.ids, resources: list.resources, pickup, delivery, hub, lane };
}

class ResourceList {
  readonly ids = new Names();
  readonly resources: PlantResource[] = [];

  /** The resource of this name, which is made if it is new. */
  add(kind: ResourceKind, operator: string, city: City, place: string, main = false): number {
    const i = this.ids.internText(`${operator}/${kind}/${place}`);
    if (i === this.resources.length) this.resources.push({ kind, operator, city, main });
    return i;
  }
}

/** Which [operator · cities + city] anything starts or ends at. */
function endsOf({ pairs, operators, cities }: ExpressNetwork) {
  const starts = new Uint8Array(operators.length * cities.length);
  const ends = new Uint8Array(starts.length);
  for (let p = 0; p < pairs.size; p++) {
    starts[pairs.operator[p] * cities.length + pairs.origin[p]] = 1;
    ends[pairs.operator[p] * cities.length + pairs.destination[p]] = 1;
  }
  return { starts, ends };
}

function placeHubs(list: ResourceList, network: ExpressNetwork, shared: boolean): Int32Array[] {
  const joint = shared ? jointSites(network) : new Set<number>();
  return network.hubs.map(({ hubs }, k) =>
    Int32Array.from(hubs, ({ city, number, main }) => {
      const { code } = network.cities[city];
      const operator = number === 1 && joint.has(city) ? SHARED : network.operators[k].id;
      return list.add('hub', operator, network.cities[city], `${code}-${number}`, main);
    }),
  );
}

function jointSites(network: ExpressNetwork): Set<number> {
  const operators = new Map<number, number>();
  for (const { sites } of network.hubs) {
    for (const city of sites) operators.set(city, (operators.get(city) ?? 0) + 1);
  }
  const several = [...operators].flatMap(([city, count]) => (count > 1 ? [city] : []));
  return new Set(several.toSorted((a, b) => a - b).filter((_, i) => i % SHARED_SITE_EVERY === 0));
}

function placeLanes(list: ResourceList, network: ExpressNetwork, k: number): Int32Array {
  const { hubs } = network.hubs[k];
  const name = (h: number): string => `${network.cities[hubs[h].city].code}-${hubs[h].number}`;
  const volume = laneVolumes(network, k);
  const busiest = [...volume.keys()].filter((i) => volume[i] > 0);
  busiest.sort((a, b) => volume[b] - volume[a] || a - b);
  let open = LANE_PART * volume.reduce((sum, v) => sum + v, 0);
  const lane = new Int32Array(volume.length).fill(-1);
  for (const i of busiest) {
    if (open <= 0) break;
    open -= volume[i];
    const from = Math.floor(i / hubs.length);
    const place = `${name(from)}-${name(i % hubs.length)}`;
    lane[i] = list.add(
      'lane',
      network.operators[k].id,
      network.cities[hubs[from].city],
      place,
      true,
    );
  }
  return lane;
}

/** Parcels a day from hub g to hub h of operator k on the normal routes. */
function laneVolumes(network: ExpressNetwork, k: number): Float64Array {
  const size = network.hubs[k].hubs.length;
  const volume = new Float64Array(size * size);
  for (let p = 0; p < network.pairs.size; p++) {
    if (network.pairs.operator[p] !== k) continue;
    const { hubs } = trunksOf(network, p)[0];
    for (let i = 1; i < hubs.length; i++) {
      volume[hubs[i - 1] * size + hubs[i]] += network.pairs.perDay[p];
    }
  }
  return volume;
}
