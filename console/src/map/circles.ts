import type { MapState } from './contract.ts';
import type { Items } from './layout.ts';
import type { Circles } from './messages.ts';
import { OVER, stepShown, urgency, WARNED } from './steps.ts';
import type { View } from './view.ts';

/**
 * Circles of a state, the most urgent last, so that they are on top; an item shows its most urgent hub. Radius: from 0.55
 * to 1.15 of r, area with `size`, sizes of hubs that share a circle added up, at most 1.4 r.
 * One warned of is seen whichever is shown. Ties go to the first hub.
 */
export function circlesOf(items: Items, state: MapState, r: number): Circles {
  const n = items.size;
  const worst = new Int32Array(n).fill(-1);
  const worstUrgency = new Float64Array(n);
  const sizes = new Float64Array(n);
  const warned = new Uint8Array(n);
  for (let hub = 0; hub < items.itemOf.length; hub++) {
    const item = items.itemOf[hub];
    const own = urgency(state.fill[hub], state.marks[hub]);
    sizes[item] += state.size[hub];
    warned[item] |= state.marks[hub] & WARNED;
    if (worst[item] >= 0 && own <= worstUrgency[item]) continue;
    worst[item] = hub;
    worstUrgency[item] = own;
  }
  const order = Int32Array.from({ length: n }, (_, i) => i).toSorted(
    (a, b) => worstUrgency[a] - worstUrgency[b] || sizes[b] - sizes[a] || a - b,
  );
  const radius = Float32Array.from(
    order,
    (i) => r * Math.min(1.4, 0.55 + 0.6 * Math.sqrt(sizes[i])),
  );
  const marks = Uint8Array.from(order, (i) => state.marks[worst[i]] | warned[i]);
  const rank = new Int32Array(n);
  order.forEach((item, i) => (rank[item] = i));
  return {
    x: Float64Array.from(order, (i) => items.x[i]),
    y: Float64Array.from(order, (i) => items.y[i]),
    dx: Float32Array.from(order, (i) => items.dx[i]),
    dy: Float32Array.from(order, (i) => items.dy[i]),
    radius,
    reach: radius.map((own, i) => reachOf(own, state.fill[worst[order[i]]], marks[i])),
    marks,
    hub: Int32Array.from(order, (i) => worst[i]),
    hubs: Uint16Array.from(order, (i) => items.hubs[i]),
    circleOf: items.itemOf.map((item) => rank[item]),
  };
}

/** With the rays of a hub over its floor, and the ring of one warned of. */
function reachOf(radius: number, fill: number, marks: number): number {
  const rays = stepShown(fill, marks) === OVER ? 1.6 * radius + 2 : radius;
  return marks & WARNED ? rays + 5 : rays;
}

/** Beside a circle's edge, pixels: fingers and trembling hands. */
const NEAR = 4;

/**
 * The circle at (px, py), pixels from the middle of what is seen: the topmost that has the point within it, else the one
 * whose edge is nearest, up to 4 pixels; −1: none.
 */
export function circleAt(circles: Circles, view: View, px: number, py: number): number {
  let nearest = -1;
  let least = NEAR;
  for (let i = circles.x.length - 1; i >= 0; i--) {
    const x = (circles.x[i] - view.x) * view.scale + circles.dx[i] - px;
    const y = (circles.y[i] - view.y) * view.scale + circles.dy[i] - py;
    const outside = Math.sqrt(x * x + y * y) - circles.radius[i];
    if (outside <= 0) return i;
    if (outside >= least) continue;
    least = outside;
    nearest = i;
  }
  return nearest;
}
