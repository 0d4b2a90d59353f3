import type { Situation } from '../../../src/client/api.ts';
import type { MapLane, MapNode } from '../map/network-map.tsx';
import { isWithin } from '../words/regions.ts';

export type Place = Situation['places'][number];

/** What of the situation is on show: one operator's, or all. Places and lanes by their numbers in the answer. */
export interface Shown {
  readonly places: readonly Place[];
  /** Places of the operator, in the region. */
  readonly listed: Int32Array;
  /** By node of the map: the place; by place: its node, −1 where it has no position or is another operator's. */
  readonly placeOf: Int32Array;
  readonly nodeOf: Int32Array;
  readonly nodes: readonly MapNode[];
  /** By lane of the map: the lane. */
  readonly laneOf: Int32Array;
  readonly lanes: readonly MapLane[];
}

/** The map has all of the operator's places, so that what is around the region is seen; lists have the region's. */
export function shownOf(
  { places, lanes }: Situation,
  region: string,
  operator: string | undefined,
  name: (place: Place) => string,
): Shown {
  const isOf = (each: { readonly operator: string }) =>
    operator === undefined || each.operator === operator;
  const nodeOf = new Int32Array(places.length).fill(-1);
  const nodes: MapNode[] = [];
  const placeOf: number[] = [];
  for (const [n, place] of places.entries()) {
    const { id, lng, lat } = place;
    if (!isOf(place) || lng === null || lat === null) continue;
    nodeOf[n] = nodes.length;
    placeOf.push(n);
    nodes.push({ id, lng, lat, region: place.region, name: name(place) });
  }
  const laneOf = numbersWhere(
    lanes,
    (lane) => isOf(lane) && nodeOf[lane.from] >= 0 && nodeOf[lane.to] >= 0,
  );
  return {
    places,
    listed: numbersWhere(places, (place) => isOf(place) && isWithin(region, place.region)),
    placeOf: Int32Array.from(placeOf),
    nodeOf,
    nodes,
    laneOf,
    lanes: Array.from(laneOf, (n) => ({ from: nodeOf[lanes[n].from], to: nodeOf[lanes[n].to] })),
  };
}

function numbersWhere<T>(items: readonly T[], is: (item: T) => boolean): Int32Array {
  return Int32Array.from(items.flatMap((item, n) => (is(item) ? [n] : [])));
}
