import { parentPort, workerData } from 'node:worker_threads';
import { readScenario } from '../../network/read-scenario.js';
import { shoot } from '../../world/film/shoot.js';
import { PLANNER, WORLD } from '../../world/simulation/options.js';
import { surprisesAt } from '../../world/simulation/surprise-levels.js';
import { clock } from '../clock.js';
import { NIGHT_SEED, NIGHT_SURPRISES, SIDES } from './night.js';

/*
 * Makes the two sides of a night in a thread of its own, and sends each reel (reel.ts) as it comes. The folder is read again here:
 * a scenario is more than data.
 */
const folder: string = workerData;
const scenario = await readScenario(folder);
for (const policy of SIDES) {
  const options = {
    policy,
    seed: NIGHT_SEED,
    surprises: surprisesAt(NIGHT_SURPRISES),
    world: WORLD,
    // The other cores are the server's.
    planner: { ...PLANNER, threads: 1 },
    clock,
  };
  for await (const reel of shoot(scenario, options)) {
    const tables = Object.values(reel).flatMap(bufferOf);
    parentPort?.postMessage(reel, tables);
  }
}

function bufferOf(value: unknown): ArrayBuffer[] {
  return ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
}
