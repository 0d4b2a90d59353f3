import type { Figures, SimulationRun } from '../../src/world/simulation/run.js';

/** The figures of a season in which nothing happened. */
export const FIGURES_OF_NOTHING: Figures = {
  gridlockHours: 0,
  importantOverflowHours: 0,
  overflowHours: 0,
  smooth: 1,
  safe: 1,
  steady: 1,
  meanHours: 0,
  p95Hours: 0,
  within72: 1,
  holdMeanHours: 0,
  holdInequality: 0,
  recoveryHours: 0,
  outsideMost: 0,
  ready: 0,
  delivered: 0,
};

/**
 * A run as the engine would hand it over, three slots of one hub: 5 parcels ready, released and picked up
 * at 0, delivered at 1 (4) and 2; the floor is passed in slot 1, with a vehicle outside.
 */
export function handMadeRun(run: Partial<SimulationRun> = {}): SimulationRun {
  const released = Float64Array.of(5, 0, 0);
  return {
    policy: 'at-once',
    seed: 1,
    slotMinutes: 60,
    slots: 3,
    curves: {
      ready: released,
      released,
      pickedUp: released,
      delivered: Float64Array.of(0, 4, 1),
    },
    hubs: Int32Array.of(0),
    important: Uint8Array.of(1),
    stock: Float32Array.of(2, 4.5, 0),
    outside: Float32Array.of(0, 1, 0),
    overflow: Uint8Array.of(0, 1, 0),
    gridlocked: Uint16Array.of(0, 0, 0),
    readyToDelivered: Float64Array.of(0, 4, 1, 0),
    holds: [{ by: 'service', key: 's', parcels: 5, meanHours: 0, p95Hours: 0 }],
    figures: {
      ...FIGURES_OF_NOTHING,
      overflowHours: 1,
      importantOverflowHours: 1,
      ready: 5,
      delivered: 5,
    },
    planSeconds: 0.25,
    worldSeconds: 0.5,
    ...run,
  };
}
