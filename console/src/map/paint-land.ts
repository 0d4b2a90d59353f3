import fixNanhai from 'echarts/lib/coord/geo/fix/nanhai.js';
import type { MapColours } from './colours.ts';
import type { Wanted } from './messages.ts';
import type { Outline } from './outlines.ts';
import type { Brush } from './paint-lanes.ts';
import type { Box, View } from './view.ts';

/** Land as a path on the plane, made once. */
export function landPath(outlines: readonly Outline[]): Path2D {
  const path = new Path2D();
  for (const { rings } of outlines) for (const ring of rings) addRing(path, ring);
  return path;
}

function addRing(path: Path2D, ring: Float64Array): void {
  path.moveTo(ring[0], ring[1]);
  for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i], ring[i + 1]);
  path.closePath();
}

/** A frame in the place of outlines that are not there. */
export function framePath({ left, top, right, bottom }: Box): Path2D {
  const path = new Path2D();
  path.rect(left, top, right - left, bottom - top);
  return path;
}

/** Where the inset of the South China Sea stands, on the plane: in the free corner to the south-east. */
const INSET = { left: 0.3, bottom: 0.315, height: 0.135 };

/** The islands of the South China Sea, schematic, as the chart library draws them: in a box of their own. */
export function insetPath(): Path2D {
  const regions: { geometries: { exterior: number[][] }[] }[] = [];
  fixNanhai('china', regions);
  const rings = regions.flatMap(({ geometries }) => geometries.map(({ exterior }) => exterior));
  const xs = rings.flatMap((ring) => ring.map(([x]) => x));
  const ys = rings.flatMap((ring) => ring.map(([, y]) => y));
  const [left, top, bottom] = [Math.min(...xs), Math.max(...ys), Math.min(...ys)];
  const by = INSET.height / (top - bottom);
  const path = new Path2D();
  for (const ring of rings) {
    const plane = ring.flatMap(([x, y]) => [
      INSET.left + (x - left) * by * 0.75,
      INSET.bottom + (bottom - y) * by,
    ]);
    addRing(path, Float64Array.from(plane));
  }
  return path;
}

export interface Land {
  readonly land: Path2D;
  readonly inset: Path2D | undefined;
}

/** Land and sea; of a province that is shown, its own land lighter and its border stronger. */
export function paintLand(
  brush: Brush,
  land: Land | undefined,
  shown: Outline | undefined,
  wanted: Wanted,
  colours: MapColours,
): void {
  const { size, view } = wanted;
  brush.fillStyle = colours.sea;
  brush.fillRect(0, 0, size.width, size.height);
  if (!land) return;
  brush.save();
  onPlane(brush, view, size.width, size.height);
  brush.lineJoin = 'round';
  brush.lineWidth = 1 / view.scale;
  brush.strokeStyle = colours.border;
  brush.fillStyle = colours.land;
  brush.fill(land.land);
  brush.stroke(land.land);
  if (land.inset) {
    brush.fillStyle = colours.border;
    brush.fill(land.inset);
  }
  if (shown) {
    const path = landPath([shown]);
    brush.fillStyle = colours.shown;
    brush.fill(path);
    brush.strokeStyle = colours.region;
    brush.lineWidth = 1.8 / view.scale;
    brush.stroke(path);
  }
  brush.restore();
}

function onPlane(brush: Brush, view: View, width: number, height: number): void {
  brush.translate(width / 2 - view.x * view.scale, height / 2 - view.y * view.scale);
  brush.scale(view.scale, view.scale);
}
