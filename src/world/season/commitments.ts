import type { ColumnBatch } from '../../network/table.js';
import type { ExpectedLoad } from './expected-load.js';
import type { Plant } from './plant.js';
import type { Rating } from './rating.js';
import type { ReadyShape } from './ready.js';

/**
 * What parcels released before the start will still load, as if each had gone when ready; never more
 * than a resource can take, since the plan of the days before would not have sent it.
 */
export function commitmentRows(
  plant: Plant,
  rating: Rating,
  loads: ExpectedLoad,
  shape: ReadyShape,
): ColumnBatch {
  const resource: number[] = [];
  const slot: number[] = [];
  const parcels: number[] = [];
  for (let r = 0; r < plant.resources.length; r++) {
    const load = loads.fromBefore(r, shape);
    for (let t = 0; t < load.length; t++) {
      const committed = Math.min(Math.floor(load[t]), rating.capacity[r]);
      if (committed === 0) continue;
      resource.push(r);
      slot.push(t);
      parcels.push(committed);
    }
  }
  return {
    rows: slot.length,
    columns: {
      resource: { names: plant.ids, index: Int32Array.from(resource) },
      slot: Int32Array.from(slot),
      parcels: Uint32Array.from(parcels),
    },
  };
}
