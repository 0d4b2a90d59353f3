import type { ServedSeason } from './served-season.js';

/** A row of a season's demand by its names. */
interface DemandRow {
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  readonly shipper: string;
  readonly parcels: number;
}

/** Demand row by row, the plainest way. */
export function naiveShipperRows({ scenario: { demand, pairs } }: ServedSeason): {
  filter(is: (row: DemandRow) => boolean): { total: number };
} {
  const rows: DemandRow[] = [];
  demand.flowPair.forEach((pair, f) => {
    for (let k = demand.cohortStart[f]; k < demand.cohortStart[f + 1]; k++) {
      for (let i = demand.rowStart[k]; i < demand.rowStart[k + 1]; i++) {
        rows.push({
          operator: pairs.operators.get(pairs.operator[pair]),
          origin: pairs.places.get(pairs.origin[pair]),
          destination: pairs.places.get(pairs.destination[pair]),
          shipper: demand.shippers.get(demand.rowShipper[i]),
          parcels: demand.rowParcels[i],
        });
      }
    }
  });
  return {
    filter: (is) => ({
      total: rows.filter(is).reduce((sum, { parcels }) => sum + parcels, 0),
    }),
  };
}
