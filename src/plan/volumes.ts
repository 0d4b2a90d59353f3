import type { Scenario } from '../network/scenario.js';
import { regionOf } from './region.js';

interface Volume {
  readonly id: string;
  readonly parcels: number;
}

/** Parcels ready, in all and by group, the largest group first. */
export interface DemandVolumes {
  readonly parcels: number;
  readonly byOperator: readonly Volume[];
  readonly byService: readonly Volume[];
  /** Provinces, as `regionOf` sees them. */
  readonly byOrigin: readonly Volume[];
}

export function measureDemand({ demand, pairs, services }: Scenario): DemandVolumes {
  const operators = new Float64Array(pairs.operators.size);
  const places = new Float64Array(pairs.places.size);
  const byService = new Float64Array(services.length);
  let total = 0;
  for (let f = 0; f < demand.flowPair.length; f++) {
    const first = demand.rowStart[demand.cohortStart[f]];
    const end = demand.rowStart[demand.cohortStart[f + 1]];
    let parcels = 0;
    for (let i = first; i < end; i++) parcels += demand.rowParcels[i];
    operators[pairs.operator[demand.flowPair[f]]] += parcels;
    places[pairs.origin[demand.flowPair[f]]] += parcels;
    byService[demand.flowService[f]] += parcels;
    total += parcels;
  }
  const regions = new Map<string, number>();
  places.forEach((parcels, place) => {
    const region = regionOf(pairs.places.get(place));
    regions.set(region, (regions.get(region) ?? 0) + parcels);
  });
  return {
    parcels: total,
    byOperator: largestFirst([...operators].map((n, i) => [pairs.operators.get(i), n])),
    byService: largestFirst([...byService].map((n, i) => [services[i].id, n])),
    byOrigin: largestFirst([...regions]),
  };
}

function largestFirst(volumes: readonly (readonly [string, number])[]): Volume[] {
  return volumes
    .map(([id, parcels]) => ({ id, parcels }))
    .filter((v) => v.parcels > 0)
    .toSorted((a, b) => b.parcels - a.parcels || (a.id < b.id ? -1 : 1));
}
