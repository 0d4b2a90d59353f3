import type { Kernel } from './kernel-memory.js';
import type { Merged } from './merge.js';
import type { Problem } from './problem.js';

/** What a unit of load above or below capacity adds to a price, in slots, falls with the capacity from here on. */
const largeCapacity = 5000;
const stiffnessFirst = 0.03;
const stiffnessLast = 0.3;
/** Overload is driven out at the end: each unit above capacity then costs this much more, in slots. */
const overloadPenalty = 5;
/** Share of a price's error that one sweep corrects. */
const correction = 0.2;

/**
 * Makes the kernel's records whole and moves units until loads fit capacities, at the least cost: an
 * augmented Lagrangian whose prices follow the loads, minimised unit by unit (docs/maths/plan.md).
 * First both sides count, so that capacity with a price is used up; then overload is driven out.
 */
export async function settle(
  problem: Problem,
  kernel: Kernel,
  merged: Merged,
  resources: Int32Array,
  startPrice: Float64Array,
  options: {
    /** Share of the usual sweeps, in (0, 1]. */
    readonly effort: number;
    readonly stop: () => boolean;
    readonly pause: () => Promise<void>;
  },
): Promise<void> {
  const { at, capacity } = problem.resources;
  const price = startPrice.slice();
  const load = new Float64Array(capacity.length);
  const stiffness = new Float64Array(capacity.length);
  const sweeps = sweepsFor(merged, options.effort);
  kernel.roundRecords();
  const fit = (penalty: number, unit: number, reach: number, backward: boolean): number => {
    for (let i = 0; i < capacity.length; i++) {
      stiffness[i] = unit / (1 + capacity[i] / largeCapacity);
    }
    const moved = kernel.settle(price, stiffness, penalty, reach, backward);
    kernel.settledLoad(load);
    for (const r of resources) {
      for (let i = at[r]; i < at[r + 1]; i++) {
        const excess = load[i] - capacity[i];
        if (penalty > 0 && excess <= 0) continue;
        const rate = penalty > 0 ? correction : correction * stiffness[i];
        price[i] = Math.max(0, price[i] + rate * excess);
      }
    }
    return moved;
  };
  for (let k = 0; k < sweeps.even && !options.stop(); k++) {
    const unit = stiffnessFirst * (stiffnessLast / stiffnessFirst) ** (k / (sweeps.even - 1));
    fit(0, unit, 5, k % 2 === 1);
    await options.pause();
  }
  for (let k = 0; k < sweeps.out; k++) {
    if (fit(overloadPenalty, stiffnessLast, problem.slots, k % 2 === 1) === 0) break;
    await options.pause();
    if (k >= 8 && options.stop()) break;
  }
}

/** Sweeps by size: small seasons can afford many, and need them, for a unit weighs more there. */
function sweepsFor(merged: Merged, effort: number): { even: number; out: number } {
  const scale = (15e6 / merged.cohortSlot.length) ** 0.45;
  const even = Math.round(Math.max(30, effort * Math.min(400, 30 * scale)));
  return { even, out: Math.max(20, Math.round(even / 5)) };
}
