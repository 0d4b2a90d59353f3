/**
 * Where hubs are drawn at a scale, and which share a circle.
 *
 * Places: hubs at the same coordinates, to a thousandth of a degree. A place of m hubs drawn with circles of radius r has
 * room if no other place is within 2 R(m, r) pixels, R being how far its hubs reach when spread; or if the scale is that
 * of a city. Its hubs are then spread, in their order. All other places join the first, most crowded place within 2 r
 * pixels, and share one circle: an item. Nothing depends on the state, so that circles stay while hubs fill.
 *
 * Scales go by steps of √2 (`level`): between two steps only sizes of gaps change. Cost: O(n) by a grid, for each level
 * and radius.
 */
export interface Items {
  /** Items, and by item: middle on the plane, distance from it in pixels, and how many hubs it stands for. */
  readonly size: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly hubs: Uint16Array;
  /** By hub: its item. */
  readonly itemOf: Int32Array;
}

export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Hubs of place p: hubs[start[p]] … hubs[start[p + 1] − 1], in their order. */
  readonly start: Int32Array;
  readonly hubs: Int32Array;
}

/** From here on circles are not shared: 100 km are 240 pixels. */
export const CITY_SCALE = 15_000;

export function placesOf(x: Float64Array, y: Float64Array): Places {
  const grain = 1000 * (180 / Math.PI);
  const numbers = new Map<string, number>();
  const placeOf = Int32Array.from(x, (_, hub) => {
    const key = `${Math.round(x[hub] * grain)} ${Math.round(y[hub] * grain)}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  const start = new Int32Array(numbers.size + 1);
  for (const place of placeOf) start[place + 1]++;
  for (let p = 0; p < numbers.size; p++) start[p + 1] += start[p];
  const next = start.slice();
  const hubs = new Int32Array(x.length);
  placeOf.forEach((place, hub) => (hubs[next[place]++] = hub));
  const first = hubs.filter((hub, i) => start[placeOf[hub]] === i);
  return {
    x: Float64Array.from(first, (h) => x[h]),
    y: Float64Array.from(first, (h) => y[h]),
    start,
    hubs,
  };
}

export function levelOf(scale: number): number {
  return Math.floor(2 * Math.log2(scale));
}

/** Pixels from the middle of a place to the middle of its i-th of m hubs; circles of radius r do not touch. */
export function spreadX(i: number, m: number, r: number): number {
  return reach(i, m, r) * Math.cos(angle(i, m));
}

export function spreadY(i: number, m: number, r: number): number {
  return reach(i, m, r) * Math.sin(angle(i, m));
}

/** Hubs that stand on one ring; more stand on a spiral. */
const RING = 7;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** In radii: a place that reaches further shares one circle until the scale is a city's; keeps squares of the grid small. */
const WIDEST = 6;
/** Middles of neighbours, in radii: rays of a hub over its floor do not reach the next. */
const APART = 3;

function reach(i: number, m: number, r: number): number {
  if (m === 1) return 0;
  return m <= RING
    ? (APART * r) / (2 * Math.sin(Math.PI / m))
    : APART * r * 0.62 * Math.sqrt(i + 1);
}

function angle(i: number, m: number): number {
  return m <= RING ? Math.PI + (2 * Math.PI * i) / m : GOLDEN * i;
}

export function layOut(places: Places, level: number, r: number): Items {
  const scale = 2 ** (level / 2);
  const open = openPlaces(places, scale, r);
  const seed = seedOfEach(places, open, (2 * r) / scale);
  const hubsAll = places.hubs.length;
  const items = {
    x: new Float64Array(hubsAll),
    y: new Float64Array(hubsAll),
    dx: new Float32Array(hubsAll),
    dy: new Float32Array(hubsAll),
    hubs: new Uint16Array(hubsAll),
    itemOf: new Int32Array(hubsAll),
  };
  const itemOfPlace = new Int32Array(places.x.length).fill(-1);
  let size = 0;
  for (let p = 0; p < places.x.length; p++) {
    const from = places.start[p];
    const m = places.start[p + 1] - from;
    if (!open[p] && itemOfPlace[seed[p]] < 0) itemOfPlace[seed[p]] = size++;
    for (let i = 0; i < m; i++) {
      const item = open[p] ? size++ : itemOfPlace[seed[p]];
      const at = open[p] ? p : seed[p];
      items.itemOf[places.hubs[from + i]] = item;
      items.x[item] = places.x[at];
      items.y[item] = places.y[at];
      items.dx[item] = open[p] ? spreadX(i, m, r) : 0;
      items.dy[item] = open[p] ? spreadY(i, m, r) : 0;
      items.hubs[item]++;
    }
  }
  return { size, ...items };
}

/** 1 where a place has room to spread its hubs. */
function openPlaces(places: Places, scale: number, r: number): Uint8Array {
  const count = places.x.length;
  if (scale >= CITY_SCALE) return new Uint8Array(count).fill(1);
  const open = new Uint8Array(count);
  const hubsOf = (p: number) => places.start[p + 1] - places.start[p];
  const most = (WIDEST * r) / scale;
  const reachOf = Float64Array.from({ length: count }, (_, p) => {
    const m = hubsOf(p);
    return Math.min(most, (reach(m - 1, m, r) + r) / scale);
  });
  const grid = new Grid(places, 2 * most);
  for (let p = 0; p < count; p++) {
    if (reachOf[p] === most) continue;
    open[p] = 1;
    grid.near(p, (other, distance) => {
      if (other !== p && distance < reachOf[p] + reachOf[other]) open[p] = 0;
    });
  }
  return open;
}

/** By place: the place whose circle it shares; itself, if none is near. */
function seedOfEach(places: Places, open: Uint8Array, near: number): Int32Array {
  const count = places.x.length;
  const hubsOf = (p: number) => places.start[p + 1] - places.start[p];
  const order = Array.from({ length: count }, (_, p) => p).toSorted(
    (a, b) => hubsOf(b) - hubsOf(a) || a - b,
  );
  const seed = new Int32Array(count).fill(-1);
  const grid = new Grid(places, near);
  for (const p of order) {
    if (seed[p] >= 0) continue;
    seed[p] = p;
    if (open[p]) continue;
    grid.near(p, (other, distance) => {
      if (seed[other] < 0 && !open[other] && distance < near) seed[other] = p;
    });
  }
  return seed;
}

/** Places by squares of a side. */
class Grid {
  readonly #squares = new Map<number, number[]>();
  readonly #places: Places;
  readonly #side: number;

  constructor(places: Places, side: number) {
    this.#places = places;
    this.#side = side;
    for (let p = 0; p < places.x.length; p++) {
      const key = this.#key(this.#across(places.x[p]), this.#across(places.y[p]));
      const square = this.#squares.get(key);
      if (square === undefined) this.#squares.set(key, [p]);
      else square.push(p);
    }
  }

  /** Visits all places within a side of p, and some beyond; with their distance. */
  near(p: number, visit: (other: number, distance: number) => void): void {
    const { x, y } = this.#places;
    const [column, row] = [this.#across(x[p]), this.#across(y[p])];
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const other of this.#squares.get(this.#key(c, r)) ?? []) {
          visit(other, Math.hypot(x[other] - x[p], y[other] - y[p]));
        }
      }
    }
  }

  #across(value: number): number {
    return Math.floor(value / this.#side);
  }

  #key(column: number, row: number): number {
    return column * 2 ** 26 + row;
  }
}
