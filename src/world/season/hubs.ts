import type { City, Operator } from './facts.js';

/**
 * The hub network of one operator (docs/maths/season.md#hubs). The largest cities get sites, then
 * those that most shorten the parcels' way to the nearest site; further hubs go where the volume per hub is
 * highest (d'Hondt), as operators put several at one place. A city belongs to its nearest site. A hub
 * at a site serves one part of the other sites, as hubs do that are built by direction.
 */
export interface HubNetwork {
  readonly hubs: readonly Hub[];
  /** Indices of cities with hubs, in the order they were chosen. */
  readonly sites: readonly number[];
  /** Indices of the hubs at each site. */
  readonly hubsAt: readonly (readonly number[])[];
  /** Site of each city. */
  readonly siteOf: Int32Array;
}

interface Hub {
  /** Index of the city it stands in. */
  readonly city: number;
  /** Index into `sites`. */
  readonly site: number;
  /** 1, 2, … at its site. */
  readonly number: number;
  /** Main hubs exchange parcels with every hub and take transit. */
  readonly main: boolean;
}

/** Exponent of hubs over cities, for seasons of fewer cities than the nation: modelled. */
const HUBS_EXPONENT = 0.6;
/** Share of an operator's hubs that open a new site, the rest doubling up: modelled. */
const SITE_SHARE = 0.6;
/** Part of the sites that go to the largest cities, the rest to where they shorten most: modelled. */
const LARGEST_SHARE = 0.5;
/** Share of the sites that are main: modelled (of about 56 sites, 11). */
const MAIN_SHARE = 0.2;
/** Main sites at the least, so that there is a choice of transit. */
const MAIN_LEAST = 2;

/** @param handled parcels a day that start or end in each city, for this operator. */
export function buildHubs(
  operator: Operator,
  cities: readonly City[],
  nationCities: number,
  handled: Float64Array,
  km: Float64Array,
): HubNetwork {
  const n = cities.length;
  const scaled = Math.round(operator.hubs * (n / nationCities) ** HUBS_EXPONENT);
  const count = Math.max(1, scaled);
  const sites = chooseSites(Math.min(n, Math.max(1, Math.round(count * SITE_SHARE))), handled, km);
  const siteOf = nearestSites(sites, n, km);
  const volume = new Float64Array(sites.length);
  for (let c = 0; c < n; c++) volume[siteOf[c]] += handled[c];
  const hubCount = shareHubs(count, volume);
  const ranked = sites.map((_, i) => i).toSorted((a, b) => volume[b] - volume[a] || a - b);
  const mains = new Set(
    ranked.slice(0, Math.max(MAIN_LEAST, Math.round(sites.length * MAIN_SHARE))),
  );
  const hubs: Hub[] = [];
  const hubsAt = sites.map((city, site) =>
    Array.from({ length: hubCount[site] }, (_, i) => {
      hubs.push({ city, site, number: i + 1, main: mains.has(site) });
      return hubs.length - 1;
    }),
  );
  return { hubs, sites, hubsAt, siteOf };
}

/** Each site added to the largest cities saves the most parcel-kilometres; ties go to the larger city. */
function chooseSites(count: number, handled: Float64Array, km: Float64Array): number[] {
  const n = handled.length;
  const nearest = new Float64Array(n).fill(Infinity);
  const sites: number[] = [];
  const open = (site: number): void => {
    sites.push(site);
    for (let c = 0; c < n; c++) nearest[c] = Math.min(nearest[c], km[site * n + c]);
  };
  const largest = [...handled.keys()].toSorted((a, b) => handled[b] - handled[a] || a - b);
  for (const city of largest.slice(0, Math.ceil(count * LARGEST_SHARE))) open(city);
  while (sites.length < count) open(bestSite(nearest, handled, km));
  return sites;
}

function bestSite(nearest: Float64Array, handled: Float64Array, km: Float64Array): number {
  const n = handled.length;
  let best = -1;
  let bestCost = Infinity;
  for (let s = 0; s < n; s++) {
    if (nearest[s] === 0) continue;
    let cost = 0;
    for (let c = 0; c < n; c++) cost += handled[c] * Math.min(nearest[c], km[s * n + c]);
    if (cost >= bestCost) continue;
    best = s;
    bestCost = cost;
  }
  return best;
}

function nearestSites(sites: readonly number[], n: number, km: Float64Array): Int32Array {
  return Int32Array.from({ length: n }, (_, c) => {
    let best = 0;
    for (let i = 1; i < sites.length; i++) {
      if (km[sites[i] * n + c] < km[sites[best] * n + c]) best = i;
    }
    return best;
  });
}

/** One hub a site, then each further one to the site with the most volume per hub it would have. */
function shareHubs(count: number, volume: Float64Array): Int32Array {
  const hubs = new Int32Array(volume.length).fill(1);
  for (let given = volume.length; given < count; given++) {
    let best = 0;
    for (let i = 1; i < volume.length; i++) {
      if (volume[i] / (hubs[i] + 1) > volume[best] / (hubs[best] + 1)) best = i;
    }
    hubs[best] += 1;
  }
  return hubs;
}
