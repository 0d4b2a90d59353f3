import { licensedCapacity } from '../../gate/declared-slots.js';
import type { SituationNow } from '../../situation/judge-situation.js';
import type { SeenPlaces } from './context.js';
import { rounded } from './place-view.js';
import type { SituationSlotAnswer } from './schema.js';

/** The network at the end of a slot, as counted before that under way and as planned from it on. */
export function slotAnswer(
  situation: SituationNow,
  seen: SeenPlaces,
  slot: number,
  now: number,
): SituationSlotAnswer {
  return slot < now ? countedAnswer(situation, seen, slot) : plannedAnswer(situation, seen, slot);
}

function countedAnswer(
  { season, counted, scale }: SituationNow,
  { sight, places, legs }: SeenPlaces,
  slot: number,
): SituationSlotAnswer {
  const { from, width, stock, came } = counted;
  const column = slot - from;
  const load = (r: number) =>
    shareOf(scale * came[r * width + column], licensedCapacity(season.scenario, r, slot));
  return {
    slot,
    basis: 'counted',
    stock: Array.from(places, (r) => scale * stock[r * width + column]),
    load: Array.from(places, (r) => (sight.isWhole ? load(r) : null)),
    lanes: Array.from(legs, (leg) => scale * counted.legs[leg * width + column]),
  };
}

function plannedAnswer(
  { season, planned }: SituationNow,
  { sight, places, legs }: SeenPlaces,
  slot: number,
): SituationSlotAnswer {
  const flow = sight.isWhole ? planned?.flow : undefined;
  const column = flow ? slot - flow.from : -1;
  const isKnown = flow !== undefined && column >= 0 && column < flow.slots;
  const at = (table: (f: typeof flow & object) => Float64Array, row: number) =>
    isKnown ? Math.round(table(flow)[row * flow.slots + column]) : null;
  return {
    slot,
    basis: 'planned',
    stock: Array.from(places, (r) => at((f) => f.stock, r)),
    load: Array.from(places, (r) => {
      const arrived = at((f) => f.arrived, r);
      return arrived === null ? null : shareOf(arrived, licensedCapacity(season.scenario, r, slot));
    }),
    lanes: Array.from(legs, (leg) => at((f) => f.legs, leg)),
  };
}

/** Null where nothing can be taken and nothing is asked to be. */
function shareOf(parcels: number, capacity: number): number | null {
  if (capacity > 0) return rounded(parcels / capacity);
  return parcels > 0 ? null : 0;
}
