/** How a warner did over many seasons at one threshold. */
export interface Verdict {
  readonly threshold: number;
  /** Overflows: hubs that pass their floor after `CALM` slots below it. */
  readonly overflows: number;
  /** Of them, warned of at least `AHEAD` hours before, and in force until then. */
  readonly warned: number;
  readonly falseAlarms: number;
  readonly hubDays: number;
  /** Hours ahead, median over those that were warned of at all, at most a horizon each; NaN if none was. */
  readonly medianLead: number;
}

/** A score by slot for one hub of one season, and the slots in which it overflowed. */
export interface Course {
  readonly scores: Float64Array;
  readonly overflow: Uint8Array;
}

const AHEAD = 6;
const HORIZON = 24;
const MARGIN = 6;
/** Slots below the floor that part two overflows. */
const CALM = 6;
/** Hysteresis, alike for all: an alarm ends when its score was below this share of the threshold for so many slots. */
const KEEPS = 0.85;
const LOWER_AFTER = 3;

/**
 * Slots are hours. An alarm says: an overflow within HORIZON. One that is in force longer says it again every HORIZON, and each
 * saying is false if no slot of HORIZON + MARGIN from then on overflows, nor of the CALM before: who is always alarmed is wrong
 * every quiet day.
 */
function judge(courses: readonly Course[], threshold: number): Verdict {
  let overflows = 0;
  let warned = 0;
  let falseAlarms = 0;
  let slots = 0;
  const leads: number[] = [];
  for (const { scores, overflow } of courses) {
    const since = alarms(scores, threshold);
    slots += scores.length;
    for (const [t, begins] of onsets(overflow).entries()) {
      if (!begins) continue;
      overflows += 1;
      if (since[t] < 0) continue;
      const lead = Math.min(HORIZON, t - since[t]);
      leads.push(lead);
      if (lead >= AHEAD) warned += 1;
    }
    for (let t = 0; t < scores.length; t++) {
      const isSaid = since[t] >= 0 && (t - since[t]) % HORIZON === 0;
      const until = Math.min(scores.length, t + HORIZON + MARGIN);
      if (isSaid && !overflow.subarray(Math.max(0, t - CALM), until).includes(1)) falseAlarms += 1;
    }
  }
  const hubDays = slots / 24;
  return { threshold, overflows, warned, falseAlarms, hubDays, medianLead: median(leads) };
}

/** Slot since which the alarm of each slot is in force; −1 where there is none. */
function alarms(scores: Float64Array, threshold: number): Int32Array {
  const since = new Int32Array(scores.length);
  let from = -1;
  let low = 0;
  for (let t = 0; t < scores.length; t++) {
    if (from < 0 && scores[t] >= threshold) from = t;
    low = scores[t] < KEEPS * threshold ? low + 1 : 0;
    if (low >= LOWER_AFTER) from = -1;
    since[t] = from;
  }
  return since;
}

function onsets(overflow: Uint8Array): boolean[] {
  let last = -Infinity;
  return Array.from(overflow, (is, t) => {
    const begins = is === 1 && t - last > CALM;
    if (is === 1) last = t;
    return begins;
  });
}

/** Verdicts at every score that occurs, some hundred of them evenly, from the most alarms to the fewest. */
export function curve(courses: readonly Course[]): Verdict[] {
  const scores = Float64Array.from(
    courses.flatMap((course) => [...course.scores].filter((x) => x > 0)),
  );
  scores.sort();
  const thresholds = new Set(
    Array.from({ length: 400 }, (_, i) => scores[Math.floor((i / 400) * scores.length)]),
  );
  return [...thresholds].map((threshold) => judge(courses, threshold));
}

/** The share warned at most for a rate of false alarms per hub-day: the best threshold that keeps it. */
export function bestAt(verdicts: readonly Verdict[], rate: number): Verdict | undefined {
  let best: Verdict | undefined;
  for (const verdict of verdicts) {
    if (verdict.falseAlarms / verdict.hubDays > rate) continue;
    if (
      !best ||
      verdict.warned > best.warned ||
      (verdict.warned === best.warned && verdict.falseAlarms < best.falseAlarms)
    )
      best = verdict;
  }
  return best;
}

/** Mean share warned over rates of false alarms from 0 to `most` a hub-day: 1 is best. */
export function areaUnder(verdicts: readonly Verdict[], most: number): number {
  const steps = 200;
  let area = 0;
  for (let i = 0; i < steps; i++) {
    const best = bestAt(verdicts, ((i + 0.5) / steps) * most);
    if (best) area += best.warned / Math.max(1, best.overflows) / steps;
  }
  return area;
}

function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
