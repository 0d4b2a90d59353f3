import { type Bundles, bundleLoad, bundleWidth } from './bundles.ts';
import type { MapColours } from './colours.ts';
import type { MapState } from './contract.ts';
import type { Items } from './layout.ts';
import type { Wanted } from './messages.ts';
import { OVER, type Step, stepOf, UNKNOWN } from './steps.ts';
import type { Size } from './view.ts';

export type Brush = OffscreenCanvasRenderingContext2D;

/** Classes of width: lanes of one step and class are one stroke of the brush, up to so many. */
const WIDTHS = 4;
const STROKE_MOST = 64;
/** How far a lane bends to the left of its way, of its length: both ways are seen. */
const BEND = 0.14;
/** Painted in this order, so that the fullest are on top. */
const ORDER: readonly Step[] = [UNKNOWN, 0, 1, 2, OVER];
/** By step: how much of what is below shines through where few lanes are. */
const OPAQUE = [0.6, 0.75, 0.9, 1, 0.35] as const;
/** … and how much where they crowd. */
const OPAQUE_CROWDED = [0.12, 0.3, 0.6, 0.9, 0.1] as const;

interface Lanes {
  readonly bundles: Bundles;
  readonly items: Items;
  readonly state: MapState;
}

/** Curves coloured by load and wide by flow; those over capacity have an edge, so that they are told by shape, too. */
export function paintLanes(
  brush: Brush,
  { bundles, items, state }: Lanes,
  wanted: Wanted,
  colours: MapColours,
) {
  const classes = sorted(bundles, items, state, wanted);
  const crowd = Math.min(1, Math.max(0.4, Math.sqrt(400 / (classes.seen + 1))));
  const grow =
    crowd * Math.max(1, Math.min(wanted.window.width / 1600, wanted.window.height / 900));
  for (const step of ORDER) {
    brush.globalAlpha = OPAQUE_CROWDED[step] + crowd * (OPAQUE[step] - OPAQUE_CROWDED[step]);
    for (let w = 0; w < WIDTHS; w++) {
      const lanes = classes.lanes[step * WIDTHS + w];
      const width = grow * (0.7 + (3.3 * w) / (WIDTHS - 1));
      if (step === OVER) stroke(brush, lanes, colours.halo, width + 2 * crowd);
      stroke(brush, lanes, colours.lanes[step], width);
    }
  }
  brush.globalAlpha = 1;
}

/** Ends of lanes, four numbers each, in pixels, by step and width. */
function sorted(bundles: Bundles, items: Items, state: MapState, { view, size }: Wanted) {
  const lanes = Array.from({ length: 5 * WIDTHS }, (): number[] => []);
  let seen = 0;
  const across = (item: number) =>
    (items.x[item] - view.x) * view.scale + items.dx[item] + size.width / 2;
  const down = (item: number) =>
    (items.y[item] - view.y) * view.scale + items.dy[item] + size.height / 2;
  for (let b = 0; b < bundles.from.length; b++) {
    const [ax, ay] = [across(bundles.from[b]), down(bundles.from[b])];
    const [bx, by] = [across(bundles.to[b]), down(bundles.to[b])];
    if (!inside(ax, ay, size) && !inside(bx, by, size)) continue;
    const wide = Math.min(WIDTHS - 1, Math.floor(WIDTHS * bundleWidth(bundles, b, state)));
    lanes[stepOf(bundleLoad(bundles, b, state)) * WIDTHS + wide].push(ax, ay, bx, by);
    seen++;
  }
  return { lanes, seen };
}

/** Lanes that only pass through are left out: near by, they would hide what is there. */
function inside(x: number, y: number, { width, height }: Size): boolean {
  return x >= 0 && x <= width && y >= 0 && y <= height;
}

function stroke(brush: Brush, ends: readonly number[], colour: string, width: number): void {
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  for (let from = 0; from < ends.length; from += 4 * STROKE_MOST) {
    brush.beginPath();
    const until = Math.min(ends.length, from + 4 * STROKE_MOST);
    for (let i = from; i < until; i += 4) {
      const [ax, ay, bx, by] = [ends[i], ends[i + 1], ends[i + 2], ends[i + 3]];
      brush.moveTo(ax, ay);
      const bend = 2 * BEND;
      brush.quadraticCurveTo(
        (ax + bx) / 2 + bend * (by - ay),
        (ay + by) / 2 - bend * (bx - ax),
        bx,
        by,
      );
    }
    brush.stroke();
  }
}
