import type { Flow } from './flow.js';

/** What of a hub's own work must stand outside another for that one to block it, hours. */
const BLOCKED_HOURS = 1;

/**
 * How many hubs block each other in a ring at this moment. Hub h blocks hub g when both are over their
 * floor and vehicles of g with an hour of g's capacity or more wait outside h. Hubs that block each
 * other, directly or through others, are the strongly connected components of two or more (Tarjan 1972).
 * Cost: the pairs of full hubs.
 */
export function countGridlocked(flow: Flow): number {
  const { hubs, blocked, scenario } = flow;
  const hours = 60 / scenario.slotMinutes;
  const full = [...hubs.keys()].filter((h) => flow.stock[hubs[h]] > flow.floor[hubs[h]]);
  if (full.length < 2) return 0;
  const blockers = full.map((g) => {
    const least = BLOCKED_HOURS * hours * scenario.resources.capacity[hubs[g]];
    return [...full.keys()].filter(
      (i) => full[i] !== g && blocked[g * hubs.length + full[i]] >= Math.max(1, least),
    );
  });
  return countInRings(blockers);
}

/** Vertices in strongly connected components of two or more; edges[v] lists the ends of v's edges. */
export function countInRings(edges: readonly (readonly number[])[]): number {
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const open = new Uint8Array(edges.length);
  const path: number[] = [];
  let visited = 0;
  let inRings = 0;
  for (let root = 0; root < edges.length; root++) {
    if (order[root] >= 0) continue;
    const calls: { v: number; edge: number }[] = [{ v: root, edge: 0 }];
    while (calls.length > 0) {
      const call = calls[calls.length - 1];
      const { v } = call;
      if (call.edge === 0) {
        order[v] = visited;
        low[v] = visited++;
        open[v] = 1;
        path.push(v);
      }
      if (call.edge < edges[v].length) {
        const w = edges[v][call.edge++];
        if (order[w] < 0) calls.push({ v: w, edge: 0 });
        else if (open[w]) low[v] = Math.min(low[v], order[w]);
        continue;
      }
      calls.pop();
      const above = calls.at(-1);
      if (above) low[above.v] = Math.min(low[above.v], low[v]);
      if (low[v] !== order[v]) continue;
      const ring = path.splice(path.lastIndexOf(v));
      for (const w of ring) open[w] = 0;
      if (ring.length > 1) inRings += ring.length;
    }
  }
  return inRings;
}
