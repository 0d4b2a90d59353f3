import type { Random } from '../random.js';
import type { City, Operator } from './facts.js';

/**
 * Who sends how much where, in parcels a day (docs/maths/season.md#gravity).
 *
 *     v(k, o, d) = volume(k) · origin(k, o) · share(o, d)
 *     share(o, d) ∝ destination(d) · (km(o, d) + 100)^−0.3   for d ≠ o
 *     share(o, o) ∝ κ · destination(o), κ such that the same-city share of all parcels is 13.5 %
 *
 * Pairs of two cities that expect less than `PAIR_LEAST` of all parcels are left out, and their volume
 * goes to the operator's other pairs of two cities from the same origin, in proportion.
 */
export interface PairVolumes {
  readonly size: number;
  /** Index of the operator; pairs are sorted by (operator, origin, destination). */
  readonly operator: Int32Array;
  /** Indices of cities. */
  readonly origin: Int32Array;
  readonly destination: Int32Array;
  /** Parcels a day; they sum to what was asked for. */
  readonly perDay: Float64Array;
}

/** 13.2 of 13.2 + 84.8: same-city among domestic parcels, January to September 2021 (gov.cn, sourced). */
const SAME_CITY_SHARE = 13.2 / (13.2 + 84.8);
/** Online trade pays little for distance: modelled. */
const DISTANCE_EXPONENT = -0.3;
const DISTANCE_OFFSET_KM = 100;
/** Part of all parcels below which a pair is not planned: modelled, so that the nation has 257,000 pairs. */
const PAIR_LEAST = 3.02e-7;
/** Spread of an operator's strength from city to city: modelled. */
const OPERATOR_SPREAD = 0.2;

export function pairVolumes(
  cities: readonly City[],
  operators: readonly Operator[],
  km: Float64Array,
  parcelsPerDay: number,
  random: Random,
): PairVolumes {
  const n = cities.length;
  const share = destinationShares(cities, km);
  const total = sum(operators.map((operator) => operator.volume));
  const pairs = { operator: [] as number[], origin: [] as number[], destination: [] as number[] };
  const perDay: number[] = [];
  for (let k = 0; k < operators.length; k++) {
    const strength = cities.map((city) => city.origin * random.factor(OPERATOR_SPREAD));
    const scale = (parcelsPerDay * operators[k].volume) / total / sum(strength);
    for (let o = 0; o < n; o++) {
      const volume = strength[o] * scale;
      const kept = listKept(share, o, n, volume / parcelsPerDay);
      const own = kept.length === 1 ? 1 : share[o * n + o];
      const others = kept.reduce((all, d) => (d === o ? all : all + share[o * n + d]), 0);
      for (const d of kept) {
        pairs.operator.push(k);
        pairs.origin.push(o);
        pairs.destination.push(d);
        perDay.push(volume * (d === o ? own : (share[o * n + d] * (1 - own)) / others));
      }
    }
  }
  return {
    size: perDay.length,
    operator: Int32Array.from(pairs.operator),
    origin: Int32Array.from(pairs.origin),
    destination: Int32Array.from(pairs.destination),
    perDay: Float64Array.from(perDay),
  };
}

/** Destinations of o that are worth planning; o's own city always is. */
function listKept(share: Float64Array, o: number, n: number, part: number): number[] {
  const kept: number[] = [];
  for (let d = 0; d < n; d++) {
    if (d === o || part * share[o * n + d] >= PAIR_LEAST) kept.push(d);
  }
  return kept;
}

/** share(o, d), n × n, each row summing to 1; κ by bisection. */
function destinationShares(cities: readonly City[], km: Float64Array): Float64Array {
  const n = cities.length;
  const away = new Float64Array(n);
  const pull = new Float64Array(n * n);
  for (let o = 0; o < n; o++) {
    for (let d = 0; d < n; d++) {
      if (d === o) continue;
      const distance = (km[o * n + d] + DISTANCE_OFFSET_KM) / DISTANCE_OFFSET_KM;
      pull[o * n + d] = cities[d].destination * distance ** DISTANCE_EXPONENT;
      away[o] += pull[o * n + d];
    }
  }
  const kappa = n === 1 ? 1 : sameCityFactor(cities, away);
  for (let o = 0; o < n; o++) {
    pull[o * n + o] = kappa * cities[o].destination;
    const row = away[o] + pull[o * n + o];
    for (let d = 0; d < n; d++) pull[o * n + d] /= row;
  }
  return pull;
}

function sameCityFactor(cities: readonly City[], away: Float64Array): number {
  const total = sum(cities.map((city) => city.origin));
  let low = 0;
  let high = 1e6;
  for (let i = 0; i < 100; i++) {
    const kappa = (low + high) / 2;
    const same = cities.map(
      (c, o) => (c.origin * kappa * c.destination) / (kappa * c.destination + away[o]),
    );
    if (sum(same) / total < SAME_CITY_SHARE) low = kappa;
    else high = kappa;
  }
  return (low + high) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
