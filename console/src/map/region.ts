import type { DrawnNetwork } from './messages.ts';
import type { Box } from './view.ts';

/** The least that is shown of a city: 120 km across, in units of the plane. */
const CITY = 120 / 6371;

/** Around the outermost hubs, of what they are apart: a circle at the edge is seen whole. */
const MARGIN = 0.08;

/** Stands for a region that is where the hubs are, all of them. */
export const HUBS = 'hubs';

/** Whether a place's code lies in a region: 000000 the nation, ??0000 a province, else a city. */
function isWithin(code: string, region: string): boolean {
  if (region === '000000' || region === HUBS) return true;
  return region.endsWith('0000')
    ? code.startsWith(region.slice(0, 2))
    : code.startsWith(region.slice(0, 4));
}

/** The box of a region's hubs; undefined where it has none. */
export function boxOfHubs({ x, y, regions }: DrawnNetwork, region: string): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  regions.forEach((code, hub) => {
    if (!isWithin(code, region)) return;
    left = Math.min(left, x[hub]);
    right = Math.max(right, x[hub]);
    top = Math.min(top, y[hub]);
    bottom = Math.max(bottom, y[hub]);
  });
  if (left === Infinity) return undefined;
  const across = MARGIN * (right - left) + Math.max(0, CITY - (right - left)) / 2;
  const down = MARGIN * (bottom - top) + Math.max(0, CITY - (bottom - top)) / 2;
  return { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
}
