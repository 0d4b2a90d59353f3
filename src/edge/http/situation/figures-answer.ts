import type { Warning } from '../../../warn/warning.js';
import { contains, type Organisation } from '../../access/principal.js';
import {
  fullness,
  type Judged,
  judgeOverflow,
  judgeSafety,
  judgeSmooth,
  judgeSteady,
  judgeStops,
  type SituationNow,
  UNKNOWN,
} from '../../situation/judge-situation.js';
import { NO_PROGRESS, progressOf, type SeenAndPlanned } from '../../situation/progress.js';
import { type SeenPlaces, type SituationContext, situationNow } from './context.js';
import { namedView, rounded } from './place-view.js';
import type { SituationFigures } from './schema.js';
import { gravest, isOfOperator, isOfRegion, openWarnings } from './warned.js';

/** Places told of a figure: as many as one reads. */
const WORST = 5;

type Group = SituationFigures['regions'][number];

export interface AskedPart {
  readonly region?: string;
  readonly operator?: string;
}

/** The figures of what somebody sees, or a part of it; `at` is when it was so, ms since 1970. */
export async function figuresOf(
  context: SituationContext,
  viewer: Organisation,
  asked: AskedPart,
): Promise<{ readonly at: number; readonly figures: Omit<SituationFigures, 'ageMs'> }> {
  const situation = await situationNow(context);
  const warnings = await openWarnings(context, viewer);
  const whole = context.seenPlaces.of(context.sights.of(viewer), viewer.kind);
  const seen = context.seenPlaces.part(whole, asked.region, asked.operator);
  const { at } = situation.picture;
  const judged = judge(context, situation, seen);
  const groups = groupsOf(context, situation, seen, warnings);
  return {
    at,
    figures: {
      at: new Date(at).toISOString(),
      ...judged,
      ...progress(situation, seen),
      regions: groups.byRegion(asked.region ?? regionOf(viewer)),
      operators: groups.byOperator(),
    },
  };
}

function regionOf({ kind, region }: Organisation): string {
  return kind === 'administration' || kind === 'operator' ? region : '000000';
}

function judge({ seenPlaces }: SituationContext, situation: SituationNow, seen: SeenPlaces) {
  const kept = ({ value, of, places }: Judged) => ({
    value: value === null ? null : rounded(value),
    of,
    worst: places
      .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, WORST)
      .map(([r, n]) => ({ resource: namedView(situation.season, r), value: rounded(n) })),
  });
  const { isWhole } = seen.sight;
  const flows = (of: (situation: SituationNow, seen: SeenPlaces) => Judged) =>
    kept(isWhole ? of(situation, seen) : UNKNOWN);
  return {
    stopped: flows(judgeStops),
    overflowing: kept(judgeOverflow(situation, seen, seenPlaces.important)),
    smooth: flows(judgeSmooth),
    safe: kept(judgeSafety(situation, seen)),
    steady: flows(judgeSteady),
  };
}

function part({ seen, planned }: SeenAndPlanned): SeenAndPlanned {
  return { seen, planned: planned === null ? null : Math.round(planned) };
}

function progress(situation: SituationNow, seen: SeenPlaces) {
  const parts = seen.sight.isWhole ? progressOf(situation, seen) : NO_PROGRESS;
  return {
    pickedUp: part(parts.pickedUp),
    inNetwork: part(parts.inNetwork),
    delivered: part(parts.delivered),
  };
}

/** Places in groups, by what a region or an operator is to look after. */
function groupsOf(
  { service }: SituationContext,
  situation: SituationNow,
  seen: SeenPlaces,
  warnings: readonly Warning[],
) {
  const { season } = service;
  const { region, operator } = season.scenario.resources;
  const stops = seen.sight.isWhole
    ? new Set(judgeStops(situation, seen).places.map(([r]) => r))
    : undefined;
  const inGroups = (
    keyOf: (r: number) => string,
    is: (key: string, warning: Warning) => boolean,
  ) => {
    const groups = new Map<string, number[]>();
    for (const r of seen.places) {
      const group = groups.get(keyOf(r));
      if (group) group.push(r);
      else groups.set(keyOf(r), [r]);
    }
    return [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, places]): Group => {
        const about = warnings.filter((warning) => is(key, warning));
        return { key, ...groupOf(situation, places, stops), level: gravest(about) };
      });
  };
  return {
    byRegion: (whole: string) =>
      inGroups(
        (r) => below(whole, region[r]),
        (key, warning) => isOfRegion(season, key, warning),
      ).filter(({ key }) => key !== whole && contains(whole, key)),
    byOperator: () =>
      inGroups(
        (r) => operator[r],
        (key, warning) => isOfOperator(season, key, warning),
      ),
  };
}

function groupOf(
  situation: SituationNow,
  places: readonly number[],
  stops: ReadonlySet<number> | undefined,
): Omit<Group, 'key' | 'level'> {
  const { picture, scale, season } = situation;
  const { floor } = season.scenario.resources;
  let [stock, stale, floors, onFloors] = [0, 0, 0, 0];
  for (const r of places) {
    stock += scale * picture.stock[r];
    stale += picture.stale[r];
    if (!(floor[r] > 0)) continue;
    floors += floor[r];
    onFloors += scale * picture.stock[r];
  }
  return {
    places: places.length,
    stock,
    floorShare: floors > 0 ? rounded(onFloors / floors) : null,
    overflowing: fullness(situation, Int32Array.from(places)).filter(([, n]) => n > 1).length,
    stopped: stops ? places.filter((r) => stops.has(r)).length : null,
    stale,
  };
}

/** The next level below a region: provinces of the nation, cities of a province; itself where there is none. */
function below(whole: string, region: string): string {
  if (whole === '000000') return `${region.slice(0, 2)}0000`;
  return whole.endsWith('0000') ? `${region.slice(0, 4)}00` : whole;
}
