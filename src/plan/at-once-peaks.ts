import type { Scenario } from '../network/scenario.js';
import { loadAtOnce } from './at-once.js';
import { capacityLeft, loadedSlots } from './slot-table.js';

/** How full a resource would be at its worst if nothing were staggered. */
export interface AtOncePeak {
  readonly resource: number;
  /** Slot of the highest load over capacity left, the first among equals. */
  readonly slot: number;
  /** Parcels in that slot. */
  readonly load: number;
  /** Parcels that it can take in that slot. */
  readonly capacity: number;
  /** load / capacity; Infinity where there is load and no capacity. */
  readonly ratio: number;
}

/** Every loaded resource at its worst slot, the fullest first. Memory: two tables of resources · slots. */
export function atOncePeaks(scenario: Scenario): AtOncePeak[] {
  const slots = loadedSlots(scenario);
  const load = loadAtOnce(scenario, slots).values;
  const capacity = capacityLeft(scenario, slots).values;
  const peaks: AtOncePeak[] = [];
  for (let resource = 0; resource < scenario.resources.ids.size; resource++) {
    let worst = -1;
    let ratio = 0;
    for (let at = resource * slots; at < (resource + 1) * slots; at++) {
      if (load[at] / capacity[at] > ratio) {
        worst = at;
        ratio = load[at] / capacity[at];
      }
    }
    if (worst < 0) continue;
    const slot = worst - resource * slots;
    peaks.push({ resource, slot, load: load[worst], capacity: capacity[worst], ratio });
  }
  return peaks.toSorted((a, b) => b.ratio - a.ratio || a.resource - b.resource);
}
