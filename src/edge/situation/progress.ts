import type { SituationNow } from './judge-situation.js';
import type { SeenPlaces } from './seen-places.js';

export interface SeenAndPlanned {
  readonly seen: number | null;
  readonly planned: number | null;
}

/** Parcels picked up, in the network and delivered where somebody sees, since the season began, beside what the plan has until now. */
export interface Progress {
  readonly pickedUp: SeenAndPlanned;
  readonly inNetwork: SeenAndPlanned;
  readonly delivered: SeenAndPlanned;
}

export const NO_PROGRESS: Progress = {
  pickedUp: { seen: null, planned: null },
  inNetwork: { seen: null, planned: null },
  delivered: { seen: null, planned: null },
};

/** Slots of the plan are taken as even: of that under way, its part until now. */
export function progressOf(situation: SituationNow, { resources }: SeenPlaces): Progress {
  const { counted, picture, scale } = situation;
  const since = (values: Int32Array) => {
    let parcels = 0;
    for (const r of resources) {
      const row = r * counted.width - counted.from;
      for (let s = Math.max(0, counted.from); s <= counted.now; s++) parcels += values[row + s];
    }
    return scale * parcels;
  };
  let there = 0;
  for (const r of resources) there += picture.stock[r] + picture.bound[r];
  const planned = plannedUntilNow(situation, resources);
  return {
    pickedUp: { seen: since(counted.accepted), planned: planned?.entered ?? null },
    inNetwork: { seen: scale * there, planned: planned?.inNetwork ?? null },
    delivered: { seen: since(counted.ended), planned: planned?.ended ?? null },
  };
}

function plannedUntilNow(
  { season, picture, planned }: SituationNow,
  resources: Int32Array,
): { entered: number; ended: number; inNetwork: number } | undefined {
  if (!planned) return undefined;
  const { from, slots, entered, ended, stock, bound } = planned.flow;
  const exact = (picture.at - Date.parse(season.scenario.start)) / season.network.slotMs - from;
  const whole = Math.min(slots, Math.max(0, Math.floor(exact)));
  const part = whole === slots || exact < 0 ? 0 : exact - whole;
  const sums = { entered: 0, ended: 0, inNetwork: 0 };
  for (const r of resources) {
    const row = r * slots;
    for (let i = 0; i < whole; i++) {
      sums.entered += entered[row + i];
      sums.ended += ended[row + i];
    }
    const before = whole > 0 ? stock[row + whole - 1] + bound[row + whole - 1] : 0;
    sums.inNetwork += before;
    if (part === 0) continue;
    sums.entered += part * entered[row + whole];
    sums.ended += part * ended[row + whole];
    sums.inNetwork += part * (stock[row + whole] + bound[row + whole] - before);
  }
  return sums;
}
