import type { Scenario } from '../../network/scenario.js';
import type { SimulationOptions } from '../simulation/options.js';
import { World } from '../simulation/simulate.js';
import { compileWays } from '../simulation/ways.js';
import type { ScanRows } from './scan-rows.js';
import { type Rates, Spoiler } from './spoil.js';
import { WorldScans } from './world-scans.js';

export interface SeasonScansOptions {
  readonly simulation: SimulationOptions;
  /** Share of the parcels that are followed, in (0, 1]. */
  readonly share: number;
  /** What goes wrong between the scanner and who counts; left out, nothing. */
  readonly spoil?: Rates;
}

/**
 * A season's scans, slot by slot, in the order in which they are sent: slot t of them when the world has lived through it,
 * until all has come to its end. The same options give the same scans.
 */
export async function* scanSeason(
  scenario: Scenario,
  { simulation, share, spoil }: SeasonScansOptions,
): AsyncGenerator<ScanRows> {
  const { seed, world: parameters, signal, onProgress, clock } = simulation;
  const ways = compileWays(scenario);
  const scans = new WorldScans(scenario, ways, parameters, { seed, share });
  const world = new World(scenario, simulation, undefined, ways, scans);
  const spoiler = spoil && new Spoiler(scenario, spoil, seed);
  const isOver = () => !world.goesOn && scans.isOver && (spoiler?.isOver ?? true);
  for (let t = 0; !isOver(); t++) {
    signal?.throwIfAborted();
    if (world.goesOn) {
      await world.live();
      onProgress?.(world.progress);
    }
    await clock.pause();
    const rows = scans.endSlot(t);
    yield spoiler ? spoiler.endSlot(t, rows) : rows;
  }
}
