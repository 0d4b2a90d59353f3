import { contains, type Organisation } from '../access/principal.js';
import { carriedBy } from './carried.js';
import type { TrackSeason } from './track-season.js';

/** What somebody sees of the network: which resources, and how much of each. */
export interface Sight {
  /** Who shares it sees the same. */
  readonly key: string;
  /** Numbers of the resources seen, rising. */
  readonly resources: Int32Array;
  /** Also what is bound for them and what flows through them; not only how full they are. */
  readonly isWhole: boolean;
}

/**
 * - An operator's office: its operator's resources in its region, and stations of others that have its parcels only. An
 *   administration: all in its region.
 * - A last-mile operator: its own stations and lockers.
 * - A platform: how full hubs are, of all operators, for those are why its parcels are held (G9); not what is bound for
 *   them, and no outlets or lanes: these are the operators' business.
 * - Others: nothing.
 */
export function sightOf({ scenario }: TrackSeason, viewer: Organisation): Sight {
  const { resources, pairs } = scenario;
  const { id, kind, region, operator } = viewer;
  const inCharge = (r: number) => contains(region, resources.region[r]);
  const number = operator === undefined ? -1 : pairs.operators.findText(operator);
  const carried = carriedBy(scenario);
  const isIts = (r: number) =>
    operator !== undefined &&
    (resources.operator[r] === operator || (number >= 0 && carried.onlyOf(r) === number));
  const rules: Readonly<Record<string, (r: number) => boolean>> = {
    operator: (r) => isIts(r) && inCharge(r),
    administration: inCharge,
    lastMile: (r) => resources.operator[r] === id,
    platform: (r) => resources.kind[r] === 'hub',
  };
  const isRegional = kind === 'operator' || kind === 'administration';
  return {
    key: JSON.stringify([kind, kind === 'lastMile' ? id : operator, isRegional ? region : '']),
    resources: Int32Array.from(numbersWhere(resources.ids.size, rules[kind] ?? isNothing)),
    isWhole: kind !== 'platform',
  };
}

function* numbersWhere(count: number, is: (n: number) => boolean): Generator<number> {
  for (let n = 0; n < count; n++) if (is(n)) yield n;
}

function isNothing(): boolean {
  return false;
}

/** Sights of those who asked lately. */
export class Sights {
  readonly #kept = new Map<string, Sight>();

  constructor(private readonly season: TrackSeason) {}

  of(viewer: Organisation): Sight {
    const { id, kind, region, operator } = viewer;
    const who = JSON.stringify([id, kind, region, operator]);
    const sight = this.#kept.get(who) ?? sightOf(this.season, viewer);
    this.#kept.delete(who);
    this.#kept.set(who, sight);
    if (this.#kept.size > KEPT_MOST) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    return sight;
  }
}

/** Organisations whose sight is kept: some hundred kilobytes each. */
const KEPT_MOST = 500;

/** Whether a resource is among those seen. */
export function sees({ resources }: Sight, resource: number): boolean {
  let [from, until] = [0, resources.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if (resources[middle] < resource) from = middle + 1;
    else until = middle;
  }
  return resources[from] === resource;
}
