import type { Language } from '../frame/language.ts';
import { placeName } from '../words/places.ts';
import type { MapColours } from './colours.ts';
import { CITY_SCALE } from './layout.ts';
import type { Circles, DrawnNetwork, Wanted } from './messages.ts';
import type { Outline } from './outlines.ts';
import { FONT } from './paint-hubs.ts';
import type { Brush } from './paint-lanes.ts';

/** Names on a picture: more are not read. */
const NAMES_MOST = 90;

interface Named {
  readonly circles: Circles;
  readonly network: DrawnNetwork;
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
  const { circles, network } = named;
  const { view, size } = wanted;
  const taken = new Taken(size.width, size.height);
  const close = view.scale >= CITY_SCALE;
  const said = new Set<string>();
  const fontSize = wanted.window.width > 1800 ? 18 : 12.5;
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
    const left = x + circles.radius[i] + 5;
    if (!taken.take(left - 1, y - fontSize * 0.6, width + 2, fontSize * 1.2)) continue;
    said.add(text);
    write(brush, text, left, y, colours.text, colours.halo);
  }
  brush.textAlign = 'center';
  brush.font = `${fontSize + 1}px ${FONT}`;
  if (close) return;
  for (const { region, box } of named.outlines) {
    const x = ((box.left + box.right) / 2 - view.x) * view.scale + size.width / 2;
    const y = ((box.top + box.bottom) / 2 - view.y) * view.scale + size.height / 2;
    const text = placeName(region, language);
    const width = brush.measureText(text).width;
    if (width > (box.right - box.left) * view.scale) continue;
    if (said.has(text) || !taken.take(x - width / 2, y - 8, width, 16)) continue;
    write(brush, text, x, y, colours.region, colours.land);
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
