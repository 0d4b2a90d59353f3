import { Random } from '../random.js';
import type { City, Facts, Operator } from './facts.js';
import { roadDistances } from './geography.js';
import { type PairVolumes, pairVolumes } from './gravity.js';
import { buildHubs, type HubNetwork } from './hubs.js';
import type { SeasonOptions } from './options.js';
import { buildTrunks, type Trunk, type Trunks } from './trunks.js';

/** Cities, operators, their hubs and trunks, and what flows between the cities on an average day. */
export interface ExpressNetwork {
  readonly cities: readonly City[];
  readonly operators: readonly Operator[];
  /** Road distances between cities, n × n. */
  readonly km: Float64Array;
  readonly pairs: PairVolumes;
  /** One entry an operator. */
  readonly hubs: readonly HubNetwork[];
  readonly trunks: readonly Trunks[];
}

export function buildNetwork(options: SeasonOptions, facts: Facts): ExpressNetwork {
  const cities = facts.cities.slice(0, options.cities);
  const operators = facts.operators.slice(0, options.operators);
  const km = roadDistances(cities);
  const random = new Random(options.seed, 'pairs');
  const pairs = pairVolumes(cities, operators, km, options.parcelsPerDay, random);
  const handled = operators.map(() => new Float64Array(cities.length));
  for (let p = 0; p < pairs.size; p++) {
    handled[pairs.operator[p]][pairs.origin[p]] += pairs.perDay[p];
    handled[pairs.operator[p]][pairs.destination[p]] += pairs.perDay[p];
  }
  const hubs = operators.map((operator, k) =>
    buildHubs(operator, cities, facts.cities.length, handled[k], km),
  );
  const trunks = hubs.map((network) => buildTrunks(network, cities.length, km));
  return { cities, operators, km, pairs, hubs, trunks };
}

/** The ways of pair p, the normal one first. */
export function trunksOf(network: ExpressNetwork, p: number): readonly Trunk[] {
  const k = network.pairs.operator[p];
  const { siteOf, sites } = network.hubs[k];
  const a = siteOf[network.pairs.origin[p]];
  const b = siteOf[network.pairs.destination[p]];
  return network.trunks[k][a * sites.length + b];
}
