import type { Scenario } from '../../network/scenario.js';
import type { SimulationOptions } from '../simulation/options.js';
import { World } from '../simulation/simulate.js';
import { compileWays } from '../simulation/ways.js';
import { filmNetwork } from './film-network.js';
import { type Reel, reelOf } from './reel.js';

/** Slots between two reels of a run that goes on: what a viewer sees in some seconds. */
const REEL_EVERY = 6;

/**
 * Lives through a season (simulate.ts has the order of a run) and gives what a film shows of it: as far as it has come, again and
 * again, and in the end all of it with its figures. Every reel begins with the one before it.
 */
export async function* shoot(scenario: Scenario, options: SimulationOptions): AsyncGenerator<Reel> {
  const { policy, clock, signal } = options;
  const ways = compileWays(scenario);
  const network = filmNetwork(scenario, ways);
  const world = new World(scenario, options, undefined, ways);
  const loads: Float32Array[] = [];
  const reel = (slots: number) => reelOf(scenario, network, policy, world.result(), loads, slots);
  while (world.goesOn) {
    signal?.throwIfAborted();
    await world.live();
    loads.push(Float32Array.from(network.lanes.resource, (r) => world.served[r]));
    if (world.slot % REEL_EVERY > 0) continue;
    await clock.pause();
    // In its last slot a run that goes on counts what couriers will deliver later, too.
    yield reel(world.slot - 1);
  }
  const run = world.result();
  yield { ...reel(run.slots), figures: run.figures };
}
