import type { TrackSeason } from '../track/track-season.js';
import type { Picture } from '../track/track-service.js';
import type { Counted } from './counted-board.js';
import type { Planned } from './planned-board.js';
import type { SeenPlaces } from './seen-places.js';
import { timetableHours } from './timetable-hours.js';

const HOUR_MS = 3_600_000;
/** Nothing that goes for so long is a stop: vehicles of a hub leave many times an hour. */
const STOP_HOURS = 1;
/** Share of the floor above which a place is no longer safe to work in, as in docs/maths/world.md#figures. */
const SAFE_FILL = 0.9;
/** Flows are judged over so many hours: a day has its rhythm. */
const DAY_HOURS = 24;

/** What figures are made of. */
export interface SituationNow {
  readonly season: TrackSeason;
  readonly picture: Picture;
  readonly counted: Counted;
  readonly planned: Planned | undefined;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
}

/** A figure, and places with theirs. */
export interface Judged {
  readonly value: number | null;
  readonly of: number | null;
  readonly places: readonly (readonly [resource: number, value: number])[];
}

export const UNKNOWN: Judged = { value: null, of: null, places: [] };

/**
 * Hours since a place let anything go, while it held parcels: at least so many, for flows are known by slots.
 * 0 where it is empty, or was within those hours.
 */
function stoppedHours({ season, picture, counted }: SituationNow, r: number): number {
  const { from, now, width, left, stock } = counted;
  if (picture.stock[r] <= 0) return 0;
  const row = r * width - from;
  let slot = now;
  while (slot > from && left[row + slot] === 0 && stock[row + slot - 1] > 0) slot--;
  // Of what came in slot `from` it is not known when: since its end, at least.
  const since = Date.parse(season.scenario.start) + (slot + 1) * season.network.slotMs;
  return Math.max(0, picture.at - since) / HOUR_MS;
}

/** 不瘫痪: places heard from that hold parcels, and for an hour or more let none go. */
export function judgeStops(situation: SituationNow, { places }: SeenPlaces): Judged {
  const { stale, newestAt } = situation.picture;
  const heard = places.filter((r) => stale[r] === 0 && !Number.isNaN(newestAt[r]));
  const hours = Array.from(heard, (r) => [r, stoppedHours(situation, r)] as const);
  const stopped = hours.filter(([, n]) => n >= STOP_HOURS);
  return { value: stopped.length, of: heard.length, places: stopped };
}

/** 不爆仓: important hubs with more than their floor takes. */
export function judgeOverflow(
  situation: SituationNow,
  { places }: SeenPlaces,
  important: Uint8Array,
): Judged {
  const full = fullness(
    situation,
    places.filter((r) => important[r] === 1),
  );
  return { value: full.filter(([, n]) => n > 1).length, of: full.length, places: full };
}

/** 保安全: share of places at most nine tenths full. */
export function judgeSafety(situation: SituationNow, { places }: SeenPlaces): Judged {
  const full = fullness(situation, places);
  const safe = full.filter(([, n]) => n <= SAFE_FILL).length;
  return {
    value: full.length === 0 ? null : safe / full.length,
    of: full.length,
    places: full.filter(([, n]) => n > SAFE_FILL),
  };
}

/** Stock over floor, of those with one. */
export function fullness(
  { season, picture, scale }: SituationNow,
  places: Int32Array,
): (readonly [number, number])[] {
  const { floor } = season.scenario.resources;
  return Array.from(places.filter((r) => floor[r] > 0)).map((r) => [
    r,
    (scale * picture.stock[r]) / floor[r],
  ]);
}

/**
 * 保畅通: time on the way to places and at them over what routes give for it, in the last W = 24 hours or since tracking began. What was
 * there at the ends of slots, summed, is the time that parcels were there (Little); those who set out for place r in slot s would
 * have been timetable(r) there, as far as that has passed, and those who were there before, of whom it is not known since when,
 * are taken as evenly on their way:
 *
 *     Σ slotHours · (stock + bound)  /  Σ headed(r, s) · min(timetable(r), now − s) + Σ before(r) · mean of min(u, W) over 0 ≤ u ≤ timetable(r)
 *
 * `of` are the parcels that set out.
 */
export function judgeSmooth(situation: SituationNow, { places }: SeenPlaces): Judged {
  const { counted, planned } = situation;
  if (!planned) return UNKNOWN;
  const timetable = timetableHours(planned.model);
  const first = dayBefore(situation);
  let [spent, due, headed] = [0, 0, 0];
  const ratios: (readonly [number, number])[] = [];
  for (const r of places) {
    if (!(timetable[r] > 0) || first >= counted.now) continue;
    const way = onTheWay(situation, r, timetable[r], first);
    if (!(way.due > 0)) continue;
    spent += way.spent;
    due += way.due;
    headed += way.headed;
    ratios.push([r, way.spent / way.due]);
  }
  const value = due === 0 ? null : spent / due;
  return { value, of: situation.scale * headed, places: ratios };
}

/** Parcel-hours on the way to a place and at it since a slot: as it was, and as the timetable has it; and who set out. */
function onTheWay({ season, counted }: SituationNow, r: number, hours: number, first: number) {
  const { from, now, width, stock, bound, came } = counted;
  const slotHours = season.network.slotMs / HOUR_MS;
  const row = r * width - from;
  let onWay = first > from ? bound[row + first - 1] : 0;
  const before = onWay + (first > from ? stock[row + first - 1] : 0);
  const window = (now - first) * slotHours;
  let spent = 0;
  let due = before * (window < hours ? window - window ** 2 / (2 * hours) : hours / 2);
  let headed = 0;
  for (let slot = first; slot < now; slot++) {
    const out = came[row + slot] + bound[row + slot] - onWay;
    onWay = bound[row + slot];
    spent += slotHours * (stock[row + slot] + onWay);
    due += Math.max(0, out) * Math.min(hours, (now - slot - 0.5) * slotHours);
    headed += Math.max(0, out);
  }
  return { spent, due, headed };
}

/** The first slot of the last 24 hours, of those that ended; no earlier than counting began. */
function dayBefore({ season, counted }: SituationNow): number {
  return Math.max(
    counted.from,
    counted.now - Math.round((DAY_HOURS * HOUR_MS) / season.network.slotMs),
  );
}

/** 保平稳: pick-ups of the busiest hour of the last 24 over those of their average hour. */
export function judgeSteady(situation: SituationNow, { resources }: SeenPlaces): Judged {
  const { season, counted, scale } = situation;
  const { from, now, width, accepted } = counted;
  const slotHours = season.network.slotMs / HOUR_MS;
  const first = dayBefore(situation);
  const bySlot = new Float64Array(Math.max(0, now - first));
  for (const r of resources) {
    const row = r * width - from + first;
    for (let i = 0; i < bySlot.length; i++) bySlot[i] += accepted[row + i];
  }
  // Hours before the first pick-up are not slack, tracking had not begun.
  const begun = bySlot.findIndex((n) => n > 0);
  const known = begun < 0 ? bySlot.subarray(0, 0) : bySlot.subarray(begun);
  const all = known.reduce((sum, n) => sum + n, 0);
  if (all === 0) return UNKNOWN;
  const window = Math.min(known.length, Math.max(1, Math.round(1 / slotHours)));
  let [running, most] = [0, 0];
  for (let i = 0; i < known.length; i++) {
    running += known[i] - (i >= window ? known[i - window] : 0);
    most = Math.max(most, running);
  }
  return { value: most / ((all * window) / known.length), of: scale * all, places: [] };
}
