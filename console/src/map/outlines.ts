import { projectX, projectY } from './projection.ts';
import type { Box } from './view.ts';

/** The outline of a province: rings on the plane, x and y in turn. */
export interface Outline {
  /** GB/T 2260, six digits; empty where the file does not say. */
  readonly region: string;
  readonly rings: readonly Float64Array[];
  readonly box: Box;
  /** Where its name stands. */
  readonly middle: { readonly x: number; readonly y: number };
}

type Point = readonly [number, number];
/** Points, or packed into text. */
type Ring = string | readonly Point[];

interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly Ring[];
  readonly encodeOffsets?: readonly Point[];
}

interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly Ring[])[];
  readonly encodeOffsets?: readonly (readonly Point[])[];
}

interface Feature {
  readonly id?: string | number;
  readonly properties?: { readonly id?: string; readonly adcode?: string | number } | null;
  readonly geometry: Polygon | MultiPolygon | { readonly type: 'Point' | 'LineString' } | null;
}

export interface OutlineFile {
  readonly features: readonly Feature[];
  readonly UTF8Scale?: number;
}

/** Polygons of a GeoJSON FeatureCollection, plain or with rings packed into text as ECharts has them. */
export function readOutlines({ features, UTF8Scale: grain = 1024 }: OutlineFile): Outline[] {
  return features.flatMap((feature) => {
    const rings = ringsOf(feature, grain).map(projected);
    return rings.length === 0
      ? []
      : [{ region: regionOf(feature), rings, box: boxOf(rings), middle: middleOf(rings) }];
  });
}

function ringsOf({ geometry }: Feature, grain: number): (readonly Point[])[] {
  if (geometry?.type === 'Polygon') {
    const { coordinates, encodeOffsets } = geometry;
    return coordinates.map((ring, r) => readRing(ring, encodeOffsets?.[r], grain));
  }
  if (geometry?.type !== 'MultiPolygon') return [];
  const { coordinates, encodeOffsets } = geometry;
  return coordinates.flatMap((polygon, p) =>
    polygon.map((ring, r) => readRing(ring, encodeOffsets?.[p]?.[r], grain)),
  );
}

function regionOf({ id, properties }: Feature): string {
  return String(properties?.id ?? properties?.adcode ?? id ?? '');
}

/** Packed: from a start, differences as zigzag numbers above 64, two characters a point, in 1/grain degrees. */
function readRing(ring: Ring, start: Point | undefined, grain: number): readonly Point[] {
  if (typeof ring !== 'string') return ring;
  let [x, y] = start ?? [0, 0];
  const points: Point[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    x += unzigzag(ring.charCodeAt(i) - 64);
    y += unzigzag(ring.charCodeAt(i + 1) - 64);
    points.push([x / grain, y / grain]);
  }
  return points;
}

function unzigzag(n: number): number {
  return (n >> 1) ^ -(n & 1);
}

function projected(ring: readonly Point[]): Float64Array {
  const plane = new Float64Array(2 * ring.length);
  ring.forEach(([lng, lat], i) => {
    plane[2 * i] = projectX(lng, lat);
    plane[2 * i + 1] = projectY(lng, lat);
  });
  return plane;
}

/** Points tried across and down for the place of a name. */
const TRIED = 14;

/** Of points of a grid within the largest ring, the one furthest from its edge, sideways counting a third: names are wide. */
function middleOf(rings: readonly Float64Array[]): { x: number; y: number } {
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
  const { left, top, right, bottom } = boxOf([ring]);
  let best = { x: (left + right) / 2, y: (top + bottom) / 2 };
  let most = -1;
  for (let i = 1; i < TRIED; i++) {
    for (let j = 1; j < TRIED; j++) {
      const x = left + ((right - left) * i) / TRIED;
      const y = top + ((bottom - top) * j) / TRIED;
      const room = isInside(ring, x, y) ? roomAround(ring, x, y) : -1;
      if (room <= most) continue;
      most = room;
      best = { x, y };
    }
  }
  return best;
}

function isInside(ring: Float64Array, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside;
  }
  return inside;
}

function roomAround(ring: Float64Array, x: number, y: number): number {
  let least = Infinity;
  for (let i = 0; i < ring.length; i += 2) {
    least = Math.min(least, Math.hypot((ring[i] - x) / 3, ring[i + 1] - y));
  }
  return least;
}

function boxOf(rings: readonly Float64Array[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      left = Math.min(left, ring[i]);
      right = Math.max(right, ring[i]);
      top = Math.min(top, ring[i + 1]);
      bottom = Math.max(bottom, ring[i + 1]);
    }
  }
  return { left, top, right, bottom };
}

export function joined(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}
