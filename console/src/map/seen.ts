import type { Circles, Wanted } from './messages.ts';

/** Circles in a picture. */
export interface Seen {
  /** By circle: its middle, in pixels of the picture. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Those of which something is in the picture, in their order. */
  readonly circles: Int32Array;
}

export function seenIn(circles: Circles, { view, size }: Wanted): Seen {
  const n = circles.x.length;
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  const seen = new Int32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    x[i] = (circles.x[i] - view.x) * view.scale + circles.dx[i] + size.width / 2;
    y[i] = (circles.y[i] - view.y) * view.scale + circles.dy[i] + size.height / 2;
    const r = circles.reach[i];
    if (x[i] < -r || x[i] > size.width + r || y[i] < -r || y[i] > size.height + r) continue;
    seen[count++] = i;
  }
  return { x, y, circles: seen.subarray(0, count) };
}
