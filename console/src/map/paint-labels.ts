import type { Language } from '../frame/language.ts';
import { placeName } from '../words/places.ts';
import type { MapColours } from './colours.ts';
import type { MapState } from './contract.ts';
import { CITY_SCALE } from './layout.ts';
import type { Circles, DrawnNetwork, Wanted } from './messages.ts';
import type { Outline } from './outlines.ts';
import { FONT } from './paint-hubs.ts';
import type { Brush } from './paint-lanes.ts';
import type { Seen } from './seen.ts';
import { stepOf } from './steps.ts';
import { Taken } from './taken.ts';

/** Names of places on a picture: more are not read. */
const NAMES_MOST = 90;
/** Names keep off circles: off all in sight up to so many, else off the full ones. */
const CIRCLES_FEW = 200;

export interface Named {
  readonly circles: Circles;
  readonly seen: Seen;
  readonly network: DrawnNetwork;
  readonly state: MapState;
  readonly outlines: readonly Outline[];
  readonly language: Language;
}

/**
 * Names where there is room, of the most urgent first: of cities, once each, or from the scale of a city on of hubs;
 * then of provinces, faint.
 */
export function paintLabels(brush: Brush, named: Named, wanted: Wanted, colours: MapColours): void {
  const { size } = wanted;
  const taken = new Taken(size.width, size.height);
  keepOffCircles(taken, named);
  brush.lineJoin = 'round';
  brush.textBaseline = 'middle';
  const said = nameHubs(brush, named, taken, wanted, colours);
  if (wanted.view.scale < CITY_SCALE) nameProvinces(brush, named, taken, said, wanted, colours);
}

/** Pixels; larger on a wall. */
function letterSize({ window: { width, height } }: Wanted): number {
  return 12.5 * Math.min(2, Math.max(1, Math.min(width / 1600, height / 900)));
}

function keepOffCircles(taken: Taken, { circles, seen, state }: Named): void {
  const few = seen.circles.length <= CIRCLES_FEW;
  for (const i of seen.circles) {
    if (!few && stepOf(state.fill[circles.hub[i]]) < 2) continue;
    const r = circles.radius[i];
    taken.take(seen.x[i] - r, seen.y[i] - r, 2 * r, 2 * r);
  }
}

/** To the right of its circle, or to the left where there is no room. */
function nameHubs(
  brush: Brush,
  { circles, seen, network, language }: Named,
  taken: Taken,
  wanted: Wanted,
  colours: MapColours,
): ReadonlySet<string> {
  const said = new Set<string>();
  const letters = letterSize(wanted);
  const close = wanted.view.scale >= CITY_SCALE;
  // The picture goes on beyond the window; a name does not.
  const edge = (wanted.size.width + wanted.window.width) / 2;
  brush.textAlign = 'left';
  brush.font = `${letters}px ${FONT}`;
  for (let s = seen.circles.length - 1; s >= 0 && said.size < NAMES_MOST; s--) {
    const i = seen.circles[s];
    const hub = circles.hub[i];
    const text = close ? network.names[hub] : placeName(network.regions[hub], language);
    if (said.has(text)) continue;
    const width = brush.measureText(text).width;
    const away = circles.reach[i] + 5;
    const top = seen.y[i] - 0.6 * letters;
    let left = seen.x[i] + away;
    if (left + width > edge || !taken.take(left - 1, top, width + 2, 1.2 * letters)) {
      left = seen.x[i] - away - width;
      if (!taken.take(left - 1, top, width + 2, 1.2 * letters)) continue;
    }
    said.add(text);
    write(brush, text, left, seen.y[i], colours.text, colours.halo);
  }
  return said;
}

function nameProvinces(
  brush: Brush,
  { outlines, language }: Named,
  taken: Taken,
  said: ReadonlySet<string>,
  wanted: Wanted,
  colours: MapColours,
): void {
  const { view, size } = wanted;
  const letters = letterSize(wanted) + 1;
  brush.textAlign = 'center';
  brush.font = `${letters}px ${FONT}`;
  for (const { region, box, middle } of outlines) {
    const x = (middle.x - view.x) * view.scale + size.width / 2;
    const y = (middle.y - view.y) * view.scale + size.height / 2;
    const text = placeName(region, language);
    const width = brush.measureText(text).width;
    if (said.has(text) || width > (box.right - box.left) * view.scale) continue;
    if (!taken.take(x - width / 2, y - 0.6 * letters, width, 1.2 * letters)) continue;
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
