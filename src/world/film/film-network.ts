import type { Scenario } from '../../network/scenario.js';
import { compileWays, HUB, type Ways } from '../simulation/ways.js';

/** What a film shows of a network: its simulated hubs, and the line-hauls between them. */
export interface FilmNetwork {
  /** Resource of each hub, rising. */
  readonly hubs: Int32Array;
  /** Of each line-haul: the hubs at its ends, by their number, and its resource. Each once, in the order of legs. */
  readonly lanes: {
    readonly from: Int32Array;
    readonly to: Int32Array;
    readonly resource: Int32Array;
  };
}

/** A leg from hub to hub may load several line-hauls; one may lie on several legs. */
export function filmNetwork(scenario: Scenario, ways: Ways = compileWays(scenario)): FilmNetwork {
  const { role, legs } = ways;
  const hubs = Int32Array.from([...role.keys()].filter((r) => role[r] === HUB));
  const hubOf = new Int32Array(role.length).fill(-1);
  for (const [h, r] of hubs.entries()) hubOf[r] = h;
  const known = new Set<string>();
  const found: { from: number; to: number; resource: number }[] = [];
  for (let leg = 0; leg < legs.size; leg++) {
    if (legs.from[leg] < 0 || legs.to[leg] < 0) continue;
    const [from, to] = [hubOf[legs.from[leg]], hubOf[legs.to[leg]]];
    if (from < 0 || to < 0) continue;
    for (let i = legs.laneStart[leg]; i < legs.laneStart[leg + 1]; i++) {
      const name = `${from} ${to} ${legs.lane[i]}`;
      if (known.has(name)) continue;
      known.add(name);
      found.push({ from, to, resource: legs.lane[i] });
    }
  }
  const column = (of: (lane: (typeof found)[number]) => number) => Int32Array.from(found, of);
  return {
    hubs,
    lanes: {
      from: column(({ from }) => from),
      to: column(({ to }) => to),
      resource: column(({ resource }) => resource),
    },
  };
}
