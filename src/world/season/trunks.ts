import type { HubNetwork } from './hubs.js';
import { feederHours, lineHaulHours, STAGE } from './stages.js';

/**
 * One way between two sites of an operator, hub to hub. Hours count from the arrival at the gate of
 * the usual origin hub; the parcel leaves hub i at arrive[i] + sort and reaches hub i + 1 at
 * arrive[i + 1].
 */
export interface Trunk {
  /** Origin hub, perhaps a transit hub, destination hub; a single one within a site. */
  readonly hubs: readonly number[];
  readonly arrive: readonly number[];
  /** Road hours more than usual from the last hub to the outlets. */
  readonly detour: number;
  /** What it costs more than the normal way, in hours of holding. */
  readonly cost: number;
}

/** Trunks of site a to site b at [a · sites + b], the normal one first, with cost 0. */
export type Trunks = readonly (readonly Trunk[])[];

/** Up to this distance hubs exchange directly even where neither is main: modelled. */
const DIRECT_KM = 500;
/** Beyond the first other way, none is offered that costs more than this, in hours of holding: modelled. */
const COST_MOST = 16;
/** One handling more, in hours of holding: modelled. */
const HANDLING_COST = 2;
/** A truck sent directly before it is full, in hours of holding: modelled. */
const PART_LOAD_COST = 4;
/** Another hub than the usual one, in hours of holding: modelled. */
const OTHER_HUB_COST = 1;

/** @param km road distances between all cities, n × n. */
export function buildTrunks(network: HubNetwork, n: number, km: Float64Array): Trunks {
  const map = new SiteMap(network, n, km);
  const sites = network.sites.length;
  return Array.from({ length: sites * sites }, (_, i) => {
    const a = Math.floor(i / sites);
    const b = i % sites;
    const ways = a === b ? waysWithin(map, a) : waysBetween(map, a, b);
    return chooseTrunks(map, ways);
  });
}

/** A way before it is priced: hubs, what the detours to other sites take, and its surcharge. */
interface Way {
  readonly hubs: readonly number[];
  readonly before: number;
  readonly after: number;
  readonly surcharge: number;
}

/** A hub to use at one end and the road hours that it takes more. */
interface End {
  readonly hub: number;
  readonly detour: number;
}

class SiteMap {
  readonly mains: readonly number[];

  constructor(
    readonly network: HubNetwork,
    private readonly n: number,
    private readonly km: Float64Array,
  ) {
    const { hubs, hubsAt } = network;
    this.mains = hubsAt.flatMap((at, site) => (hubs[at[0]].main ? [site] : []));
  }

  siteKm(a: number, b: number): number {
    return this.km[this.network.sites[a] * this.n + this.network.sites[b]];
  }

  hubHours(g: number, h: number): number {
    const { hubs } = this.network;
    return STAGE.sort + lineHaulHours(this.km[hubs[g].city * this.n + hubs[h].city]);
  }

  isMain(site: number): boolean {
    return this.mains.includes(site);
  }

  /** The hub of `site` that serves `other`; `after` 1 gives the one beside it. */
  hubFor(site: number, other: number, after = 0): number {
    const at = this.network.hubsAt[site];
    return at[(other + after) % at.length];
  }

  /** Main sites that lie best between a and b, best first. */
  transits(a: number, b: number): number[] {
    const length = (m: number): number => this.siteKm(a, m) + this.siteKm(m, b);
    return this.mains
      .filter((m) => m !== a && m !== b)
      .toSorted((m, o) => length(m) - length(o) || m - o)
      .slice(0, 2);
  }

  /** Where to go when the hub of `site` for `other` is full: the one beside it, or the next site. */
  otherEnd(site: number, other: number): End | undefined {
    if (this.network.hubsAt[site].length > 1) {
      return { hub: this.hubFor(site, other, 1), detour: 0 };
    }
    let best = -1;
    for (let s = 0; s < this.network.sites.length; s++) {
      if (s === site || s === other) continue;
      if (best < 0 || this.siteKm(site, s) < this.siteKm(site, best)) best = s;
    }
    if (best < 0) return undefined;
    return { hub: this.hubFor(best, other), detour: feederHours(this.siteKm(site, best)) };
  }
}

function waysWithin(map: SiteMap, a: number): Way[] {
  const usual = { hubs: [map.hubFor(a, a)], before: 0, after: 0, surcharge: 0 };
  const other = map.otherEnd(a, a);
  if (other === undefined) return [usual];
  const { hub, detour } = other;
  return [usual, { hubs: [hub], before: detour, after: detour, surcharge: OTHER_HUB_COST }];
}

function waysBetween(map: SiteMap, a: number, b: number): Way[] {
  const from = { hub: map.hubFor(a, b), detour: 0 };
  const to = { hub: map.hubFor(b, a), detour: 0 };
  const [first, second] = map.transits(a, b).map((m) => [map.hubFor(m, a)]);
  const directly = map.isMain(a) || map.isMain(b) || map.siteKm(a, b) < DIRECT_KM || !first;
  const usual = directly ? [] : first;
  const ways = [way(from, usual, to, 0)];
  if (directly && first) ways.push(way(from, first, to, HANDLING_COST));
  if (!directly) ways.push(way(from, [], to, PART_LOAD_COST));
  const otherFrom = map.otherEnd(a, b);
  if (otherFrom) ways.push(way(otherFrom, usual, to, OTHER_HUB_COST));
  const otherTo = map.otherEnd(b, a);
  if (otherTo) ways.push(way(from, usual, otherTo, OTHER_HUB_COST));
  if (second) ways.push(way(from, second, to, directly ? HANDLING_COST : 0));
  return ways.filter(({ hubs }) => new Set(hubs).size === hubs.length);
}

function way(from: End, transit: readonly number[], to: End, surcharge: number): Way {
  const hubs = [from.hub, ...transit, to.hub];
  return { hubs, before: from.detour, after: to.detour, surcharge };
}

/** Prices ways against the first, which is the normal one, and drops the dear; ties keep their order. */
function chooseTrunks(map: SiteMap, ways: readonly Way[]): Trunk[] {
  const arrivals = ways.map(({ hubs, before }) => {
    const arrive = [before];
    for (let i = 1; i < hubs.length; i++) {
      arrive.push(arrive[i - 1] + map.hubHours(hubs[i - 1], hubs[i]));
    }
    return arrive;
  });
  const hours = ways.map((each, i) => (arrivals[i].at(-1) ?? 0) + each.after);
  const trunks = ways.map((each, i) => ({
    hubs: each.hubs,
    arrive: arrivals[i],
    detour: each.after,
    cost: each.surcharge + Math.max(0, hours[i] - hours[0]),
  }));
  const [normal, ...others] = trunks;
  others.sort((a, b) => a.cost - b.cost);
  return [normal, ...others.filter(({ cost }, i) => i === 0 || cost <= COST_MOST)];
}
