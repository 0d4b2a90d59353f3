import type { MapLane, MapNode } from './contract.ts';
import type { DrawnNetwork } from './messages.ts';
import { projectX, projectY } from './projection.ts';

export function drawnNetwork(nodes: readonly MapNode[], lanes: readonly MapLane[]): DrawnNetwork {
  return {
    x: Float64Array.from(nodes, ({ lng, lat }) => projectX(lng, lat)),
    y: Float64Array.from(nodes, ({ lng, lat }) => projectY(lng, lat)),
    names: nodes.map(({ name }) => name),
    regions: nodes.map(({ region }) => region),
    from: Int32Array.from(lanes, ({ from }) => from),
    to: Int32Array.from(lanes, ({ to }) => to),
  };
}
