import type { Holds } from './holds.js';
import { spreadOf } from './holds.js';
import type { Recorder } from './recorder.js';
import type { Curves, Figures } from './run.js';

/** Share of the floor above which a hub is no longer safe to work in: modelled. */
const SAFE_FILL = 0.9;

export interface Judged {
  readonly slotHours: number;
  /** T. */
  readonly seasonSlots: number;
  /** Floor of each hub; Infinity where none is known. */
  readonly floor: Float64Array;
  readonly recorder: Recorder;
  readonly curves: Curves;
  readonly times: Float64Array;
  readonly holds: Holds;
  /** Σ parcels · slots that their routes and a round take when nothing is late, over those released. */
  readonly timetableSlots: number;
  /** Parcels that came to no end: they count as delivered when the run ended. */
  readonly left: number;
}

/** The figures of a run (docs/maths/world.md#figures). */
export function judge(run: Judged): Figures {
  const { slotHours, recorder, curves, times, holds } = run;
  const { important, overflow, stock, outside } = recorder;
  const slots = curves.ready.length;
  let overflowSlots = 0;
  let importantSlots = 0;
  let crowded = 0;
  let outsideMost = 0;
  for (let t = 0; t < slots; t++) {
    let waiting = 0;
    for (let h = 0; h < important.length; h++) {
      overflowSlots += overflow[t][h];
      importantSlots += overflow[t][h] * important[h];
      crowded += Number(stock[t][h] > SAFE_FILL * run.floor[h]);
      waiting += outside[t][h];
    }
    outsideMost = Math.max(outsideMost, waiting);
  }
  const ready = sum(curves.ready);
  const { parcels, mean, p95 } = spreadOf(times);
  const onTheWay = recorder.deliveredSlots + run.left * slots - holds.releaseSlots;
  return {
    gridlockHours: recorder.gridlocked.filter((hubs) => hubs > 0).length * slotHours,
    importantOverflowHours: importantSlots * slotHours,
    overflowHours: overflowSlots * slotHours,
    smooth: run.timetableSlots === 0 ? 1 : onTheWay / run.timetableSlots,
    safe: important.length === 0 ? 1 : 1 - crowded / (slots * important.length),
    steady: busiestDay(curves.pickedUp, slotHours, run.seasonSlots),
    meanHours: mean * slotHours,
    p95Hours: p95 * slotHours,
    within72: ready === 0 ? 1 : sum(times.subarray(0, Math.floor(72 / slotHours) + 1)) / ready,
    holdMeanHours: holds.meanHours,
    holdInequality: holds.inequality,
    recoveryHours: recovery(curves, run.seasonSlots, slotHours, ready),
    outsideMost,
    ready,
    delivered: parcels,
  };
}

/** Pick-ups of the busiest 24 hours over those of 24 average hours of the season. */
function busiestDay(pickedUp: Float64Array, slotHours: number, seasonSlots: number): number {
  const window = Math.min(pickedUp.length, Math.max(1, Math.round(24 / slotHours)));
  let running = 0;
  let most = 0;
  for (let t = 0; t < pickedUp.length; t++) {
    running += pickedUp[t] - (t >= window ? pickedUp[t - window] : 0);
    most = Math.max(most, running);
  }
  const all = sum(pickedUp);
  return all === 0 ? 1 : most / ((all * window) / Math.max(window, seasonSlots));
}

function recovery(
  { delivered }: Curves,
  seasonSlots: number,
  slotHours: number,
  ready: number,
): number {
  let sofar = 0;
  for (let t = 0; t < delivered.length; t++) {
    sofar += delivered[t];
    if (sofar >= 0.99 * ready) return Math.max(0, t + 1 - seasonSlots) * slotHours;
  }
  return Number.NaN;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
