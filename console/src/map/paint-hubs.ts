import type { MapColours } from './colours.ts';
import type { MapState } from './contract.ts';
import type { Circles } from './messages.ts';
import type { Seen } from './seen.ts';
import { OVER, STALE, type Step, stepShown, UNKNOWN, WARNED } from './steps.ts';

type Brush = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** A circle to draw: its middle and radius in pixels, what it shows, and of how many hubs. */
export interface DrawnHub {
  x: number;
  y: number;
  radius: number;
  fill: number;
  marks: number;
  hubs: number;
}

export function paintHubs(
  brush: Brush,
  circles: Circles,
  seen: Seen,
  state: MapState,
  colours: MapColours,
): void {
  const drawn: DrawnHub = { x: 0, y: 0, radius: 0, fill: 0, marks: 0, hubs: 0 };
  for (const i of seen.circles) {
    drawn.x = seen.x[i];
    drawn.y = seen.y[i];
    drawn.radius = circles.radius[i];
    drawn.fill = state.fill[circles.hub[i]];
    drawn.marks = circles.marks[i];
    drawn.hubs = circles.hubs[i];
    paintHub(brush, drawn, colours);
  }
}

/** Circles smaller than this have no room for a level. */
const LEVEL_LEAST = 4;

/**
 * A hub is a vessel: filled from below as far as its floor is, in the colour of its step. Over its floor it bursts: a star
 * of rays around a full circle. Stale or not known: no filling, a broken rim. Warned of: a ring around. Several hubs: a
 * second rim, and their number where there is room.
 */
export function paintHub(brush: Brush, hub: DrawnHub, colours: MapColours): void {
  const { x, y, radius, marks, hubs } = hub;
  const step = stepShown(hub.fill, marks);
  if (step === OVER) burst(brush, x, y, radius, colours);
  else if (hubs > 1) ring(brush, x, y, radius + 2.2, colours.rim, 1.1);
  if (marks & WARNED) {
    const r = step === OVER ? 1.55 * radius + 5 : radius + (hubs > 1 ? 5.5 : 4);
    ring(brush, x, y, r, colours.halo, 4.5);
    ring(brush, x, y, r, colours.warned, 2.4);
  }
  vessel(brush, hub, step, colours);
  if (hubs > 1 && radius >= 8) count(brush, x, y, radius, hubs, step, colours);
}

function vessel(brush: Brush, hub: DrawnHub, step: Step, colours: MapColours): void {
  const { x, y, radius: r, fill, marks } = hub;
  const colour = colours.steps[step];
  const hollow = (marks & STALE) !== 0 || step === UNKNOWN;
  const levelled = !hollow && step < 2 && r >= LEVEL_LEAST;
  disc(brush, x, y, r, hollow || levelled ? colours.vessel : colour);
  if (levelled) {
    const rise = Math.asin(Math.max(-1, Math.min(1, 1 - 2 * fill)));
    brush.beginPath();
    brush.arc(x, y, r, rise, Math.PI - rise);
    brush.fillStyle = colour;
    brush.fill();
  }
  const rim = step >= 2 && !hollow ? colours.halo : colour;
  if (hollow) brush.setLineDash([3, 2.4]);
  ring(brush, x, y, r, rim, hollow ? 1.8 : r >= LEVEL_LEAST ? 1.3 : 0.8);
  if (hollow) brush.setLineDash([]);
}

const RAYS = 10;

function burst(brush: Brush, x: number, y: number, r: number, colours: MapColours): void {
  brush.beginPath();
  for (let i = 0; i < 2 * RAYS; i++) {
    const reach = i % 2 === 0 ? 1.6 * r + 2 : 1.15 * r + 1;
    const angle = (Math.PI * i) / RAYS - Math.PI / 2;
    brush.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  brush.closePath();
  brush.fillStyle = colours.steps[OVER];
  brush.strokeStyle = colours.halo;
  brush.lineWidth = 2;
  brush.stroke();
  brush.fill();
}

function disc(brush: Brush, x: number, y: number, r: number, colour: string): void {
  brush.beginPath();
  brush.arc(x, y, r, 0, 2 * Math.PI);
  brush.fillStyle = colour;
  brush.fill();
}

function ring(brush: Brush, x: number, y: number, r: number, colour: string, width: number): void {
  brush.beginPath();
  brush.arc(x, y, r, 0, 2 * Math.PI);
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  brush.stroke();
}

function count(
  brush: Brush,
  x: number,
  y: number,
  r: number,
  n: number,
  step: Step,
  colours: MapColours,
): void {
  brush.fillStyle = step === OVER ? colours.halo : colours.text;
  brush.font = `600 ${Math.round(Math.min(14, 1.1 * r))}px ${FONT}`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.fillText(String(n), x, y + 0.5);
}
