import type { Scenario } from '../../network/scenario.js';
import { contains } from '../access/principal.js';

/** Pairs that somebody asks about, by names. Plain data: it goes between processes. */
export interface PairsAsked {
  /** Origins lie in it: GB/T 2260. What is asked is cut to it. */
  readonly region: string;
  readonly operator?: string;
  /** A region, or a place by its name. */
  readonly origin?: string;
  readonly destination?: string;
  /** Left out: cities, or provinces where those would be too many. */
  readonly by?: Level;
}

export type Level = 'city' | 'province';

/** Pairs of one operator between two cities or provinces. */
export interface PairGroup {
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
}

export interface PairGroups {
  readonly by: Level;
  /** By pair: the number of its group, or −1 where it is not asked about. */
  readonly of: Int32Array;
  readonly groups: readonly PairGroup[];
}

/** Groups that are told at a time: an operator's cities between some provinces, or the provinces of eight operators. */
const GROUPS_MOST = 8192;

/** Every process of a season makes the same groups of the same question. Cost: a look at every pair. */
export function pairGroups(scenario: Scenario, asked: PairsAsked): PairGroups {
  const groups = groupBy(scenario, asked, asked.by ?? 'city');
  const isTooFine = asked.by === undefined && groups.groups.length > GROUPS_MOST;
  return isTooFine ? groupBy(scenario, asked, 'province') : groups;
}

function groupBy({ pairs }: Scenario, asked: PairsAsked, by: Level): PairGroups {
  const places = pairs.places.list();
  const areas = places.map((place) => (by === 'city' ? place : provinceOf(place)));
  const names = [...new Set(areas)];
  const areaOf = Int32Array.from(areas, (area) => names.indexOf(area));
  const isOrigin = places.map((p) => contains(asked.region, p) && isIn(asked.origin, p));
  const isDestination = places.map((p) => isIn(asked.destination, p));
  const operators = pairs.operators.list();
  const numbers = new Map<number, number>();
  const groups: PairGroup[] = [];
  const of = new Int32Array(pairs.size).fill(-1);
  for (let p = 0; p < pairs.size; p++) {
    const [k, from, to] = [pairs.operator[p], pairs.origin[p], pairs.destination[p]];
    if (asked.operator !== undefined && operators[k] !== asked.operator) continue;
    if (!isOrigin[from] || !isDestination[to]) continue;
    const key = (k * names.length + areaOf[from]) * names.length + areaOf[to];
    let group = numbers.get(key);
    if (group === undefined) {
      group = groups.length;
      numbers.set(key, group);
      const [origin, destination] = [names[areaOf[from]], names[areaOf[to]]];
      groups.push({ operator: operators[k], origin, destination });
    }
    of[p] = group;
  }
  return { by, of, groups };
}

/** The province of a city by its code; a place that has none stands for itself. */
export function provinceOf(place: string): string {
  return /^\d{6}$/.test(place) ? `${place.slice(0, 2)}0000` : place;
}

/** Whether a place is, or lies in, what is named. */
function isIn(asked: string | undefined, place: string): boolean {
  if (asked === undefined || asked === place) return true;
  return /^\d{6}$/.test(asked) && /^\d{6}$/.test(place) && contains(asked, place);
}
