import type { Language } from '../frame/language.ts';
import { placeName } from '../words/places.ts';
import type { MapColours } from './colours.ts';
import { CITY_SCALE } from './layout.ts';
import type { Circles, DrawnNetwork, Wanted } from './messages.ts';
import type { MapState } from './network-map.tsx';
import type { Outline } from './outlines.ts';
import { FONT } from './paint-hubs.ts';
import type { Brush } from './paint-lanes.ts';
import { OVERFLOWING, stepOf, WARNED } from './steps.ts';

/** Names on a picture: more are not read. */
const NAMES_MOST = 90;

interface Named {
  readonly circles: Circles;
  readonly network: DrawnNetwork;
  readonly state: MapState;
  readonly outlines: readonly Outline[];
}

/**
 * Names where there is room, of the most urgent first: of cities, once each, or from the scale of a city on of hubs;
 * then of provinces, faint.
 */
export function paintLabels(
  brush: Brush,
  named: Named,
  wanted: Wanted,
  colours: MapColours,
  language: Language,
) {
  const { circles, network, state } = named;
  const { view, size } = wanted;
  const taken = new Taken(size.width, size.height);
  keepOffCircles(taken, named, wanted);
  const close = view.scale >= CITY_SCALE;
  const said = new Set<string>();
  const fontSize = letterSize(wanted);
  brush.lineJoin = 'round';
  brush.textBaseline = 'middle';
  brush.textAlign = 'left';
  brush.font = `${fontSize}px ${FONT}`;
  for (let i = circles.x.length - 1; i >= 0 && said.size < NAMES_MOST; i--) {
    const x = (circles.x[i] - view.x) * view.scale + circles.dx[i] + size.width / 2;
    const y = (circles.y[i] - view.y) * view.scale + circles.dy[i] + size.height / 2;
    if (x < 0 || x > size.width || y < 0 || y > size.height) continue;
    const hub = circles.hub[i];
    const text = close ? network.names[hub] : placeName(network.regions[hub], language);
    if (said.has(text)) continue;
    const width = brush.measureText(text).width;
    const left = x + beside(circles.radius[i], state.marks[hub]);
    if (!taken.take(left - 1, y - fontSize * 0.6, width + 2, fontSize * 1.2)) continue;
    said.add(text);
    write(brush, text, left, y, colours.text, colours.halo);
  }
  brush.textAlign = 'center';
  brush.font = `${fontSize + 1}px ${FONT}`;
  if (close) return;
  for (const { region, box, middle } of named.outlines) {
    const x = (middle.x - view.x) * view.scale + size.width / 2;
    const y = (middle.y - view.y) * view.scale + size.height / 2;
    const text = placeName(region, language);
    const width = brush.measureText(text).width;
    if (width > (box.right - box.left) * view.scale) continue;
    if (said.has(text) || !taken.take(x - width / 2, y - 8, width, 16)) continue;
    write(brush, text, x, y, colours.region, colours.land);
  }
}

/** Pixels; larger on a wall. */
function letterSize({ window: { width, height } }: Wanted): number {
  return 12.5 * Math.min(2, Math.max(1, Math.min(width / 1600, height / 900)));
}

/** Pixels from a circle's middle to its name. */
function beside(radius: number, marks: number): number {
  return (marks & OVERFLOWING ? 1.6 * radius : radius) + (marks & WARNED ? 9 : 5);
}

/** Names keep off circles: off all where they are few, else off the full ones. */
const FEW = 200;

function keepOffCircles(taken: Taken, { circles, state }: Named, { view, size }: Wanted): void {
  const few = circles.x.length <= FEW;
  for (let i = 0; i < circles.x.length; i++) {
    if (!few && stepOf(state.fill[circles.hub[i]]) < 2) continue;
    const x = (circles.x[i] - view.x) * view.scale + circles.dx[i] + size.width / 2;
    const y = (circles.y[i] - view.y) * view.scale + circles.dy[i] + size.height / 2;
    const r = circles.radius[i];
    taken.take(x - r, y - r, 2 * r, 2 * r);
  }
}

function write(
  brush: Brush,
  text: string,
  x: number,
  y: number,
  colour: string,
  halo: string,
): void {
  brush.strokeStyle = halo;
  brush.lineWidth = 3;
  brush.strokeText(text, x, y);
  brush.fillStyle = colour;
  brush.fillText(text, x, y);
}

/** What of a picture is written on, by squares of 6 pixels. */
class Taken {
  readonly #columns: number;
  readonly #rows: number;
  readonly #squares: Uint8Array;

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / 6) + 1;
    this.#rows = Math.ceil(height / 6) + 1;
    this.#squares = new Uint8Array(this.#columns * this.#rows);
  }

  /** Takes a rectangle, if it is within the picture and all free. */
  take(left: number, top: number, width: number, height: number): boolean {
    const [from, until] = [Math.floor(left / 6), Math.floor((left + width) / 6)];
    const [first, last] = [Math.floor(top / 6), Math.floor((top + height) / 6)];
    if (from < 0 || first < 0 || until >= this.#columns || last >= this.#rows) return false;
    for (let row = first; row <= last; row++) {
      const line = this.#squares.subarray(
        row * this.#columns + from,
        row * this.#columns + until + 1,
      );
      if (line.includes(1)) return false;
    }
    for (let row = first; row <= last; row++) {
      this.#squares.fill(1, row * this.#columns + from, row * this.#columns + until + 1);
    }
    return true;
  }
}
