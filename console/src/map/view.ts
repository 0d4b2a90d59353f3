/** What is looked at: the middle, in units of the plane (projection.ts), and pixels of CSS a unit. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The nation without its outlines: 73° to 135° E, 18° to 54° N. */
export const NATION: Box = { left: -0.425, top: -0.32, right: 0.38, bottom: 0.315 };

/** A pixel is 25 m: hubs at one place stand apart long before. */
const SCALE_MOST = 6_371_000 / 25;
/** How much smaller than whole the nation may be seen. */
const SMALLEST = 0.8;

/** Shows a box whole, with a border of so many pixels. */
export function viewOf(box: Box, { width, height }: Size, border = 24): View {
  const across = Math.max(1, width - 2 * border) / (box.right - box.left);
  const down = Math.max(1, height - 2 * border) / (box.bottom - box.top);
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2,
    scale: Math.min(across, down, SCALE_MOST),
  };
}

/** Keeps the nation in sight. */
export function kept(view: View, nation: Box, size: Size): View {
  const least = viewOf(nation, size).scale * SMALLEST;
  return {
    x: between(nation.left, view.x, nation.right),
    y: between(nation.top, view.y, nation.bottom),
    scale: between(least, view.scale, SCALE_MOST),
  };
}

/** Magnifies by a factor; the point of the plane under the pixel (px, py) stays where it is. */
export function zoomed(view: View, by: number, px: number, py: number, size: Size): View {
  const scale = view.scale * by;
  const away = 1 / view.scale - 1 / scale;
  return {
    x: view.x + (px - size.width / 2) * away,
    y: view.y + (py - size.height / 2) * away,
    scale,
  };
}

/** Moves what is seen by so many pixels. */
export function moved(view: View, px: number, py: number): View {
  return { ...view, x: view.x - px / view.scale, y: view.y - py / view.scale };
}

/**
 * On the way from one view to another, `share` 0 to 1: the scale grows by equal factors, and the middle moves so that one
 * point of the picture stays in place.
 */
export function onTheWay(from: View, to: View, share: number): View {
  const scale = from.scale * (to.scale / from.scale) ** share;
  const zooms = Math.abs(Math.log(to.scale / from.scale)) > 0.01;
  const along = zooms ? (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale) : share;
  return { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, scale };
}

export function sameView(a: View, b: View): boolean {
  return a.x === b.x && a.y === b.y && a.scale === b.scale;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
