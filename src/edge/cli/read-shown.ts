import { readScenario } from '../../network/read-scenario.js';
import type { Scenario } from '../../network/scenario.js';
import { ReadingProgress } from './reading-progress.js';

/** Reads a scenario and shows on a terminal how far the read has come. */
export async function readShown(path: string): Promise<Scenario> {
  const progress = new ReadingProgress();
  return await readScenario(path, progress).finally(() => progress.end());
}
