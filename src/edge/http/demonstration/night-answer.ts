import { importantHubs } from '../../../network/important.js';
import type { Scenario } from '../../../network/scenario.js';
import type { FilmNetwork } from '../../../world/film/film-network.js';
import type { Reel } from '../../../world/film/reel.js';
import { NIGHT_SEED, NIGHT_SURPRISES, type Night, SIDES } from '../../night/night.js';
import { answerFigures, finiteOrNull } from '../simulation-answers.js';
import type { NightAnswer } from './night-schema.js';

/** A night as far as it has been made. */
export function answerNight(night: Night): NightAnswer {
  const { scenario, network, state, until, made } = night;
  const reels = night.sides.flatMap((reel) => reel ?? []);
  return {
    state,
    start: scenario.start,
    slotMinutes: scenario.slotMinutes,
    seasonSlots: scenario.slots,
    until,
    made,
    seed: NIGHT_SEED,
    surprises: NIGHT_SURPRISES,
    hubs: answerHubs(scenario, network),
    lanes: Array.from(network.lanes.from, (from, l) => ({ from, to: network.lanes.to[l] })),
    sides: reels.length < SIDES.length ? [] : reels.map((reel, i) => answerSide(reel, i, made)),
  };
}

function answerHubs(scenario: Scenario, { hubs }: FilmNetwork): NightAnswer['hubs'] {
  const { ids, kind, operator, region, lat, lng, floor } = scenario.resources;
  const important = importantHubs(scenario, hubs);
  return Array.from(hubs, (r, h) => ({
    resource: { id: ids.get(r), kind: kind[r], operator: operator[r], region: region[r] },
    lat: finiteOrNull(lat[r]),
    lng: finiteOrNull(lng[r]),
    floor: finiteOrNull(floor[r]),
    important: important[h] === 1,
  }));
}

/** A run that ended before stands as it stood then, empty or locked for good, and nothing flows in it any more. */
function answerSide(reel: Reel, i: number, slots: number): NightAnswer['sides'][number] {
  const flow = (column: Float64Array) =>
    Array.from({ length: slots }, (_, t) => Math.round(column[t] ?? 0));
  const state = (column: Float64Array | Uint16Array) =>
    Array.from({ length: slots }, (_, t) => Math.round(column[Math.min(t, reel.slots - 1)]));
  return {
    policy: SIDES[i],
    full: base64(reel.full, reel.slots, slots, true),
    outside: base64(reel.outside, reel.slots, slots, true),
    load: base64(reel.load, reel.slots, slots, false),
    ready: flow(reel.ready),
    released: flow(reel.released),
    pickedUp: flow(reel.pickedUp),
    delivered: flow(reel.delivered),
    waiting: state(reel.waiting),
    overflowing: state(reel.overflowing),
    important: state(reel.important),
    gridlocked: state(reel.gridlocked),
    figures: reel.figures ? answerFigures(reel.figures) : null,
  };
}

/** A table of `had` rows as one of `rows`; those that it lacks are as its last (`stays`), or zeros. */
function base64(
  table: Uint8Array | Uint16Array,
  had: number,
  rows: number,
  stays: boolean,
): string {
  const bytes = Buffer.from(table.buffer, table.byteOffset, table.byteLength);
  const row = bytes.length / had;
  const fitted = Buffer.alloc(rows * row);
  bytes.copy(fitted);
  const last = bytes.subarray((had - 1) * row);
  if (stays && rows > had && row > 0) fitted.fill(last, had * row);
  return fitted.toString('base64');
}
