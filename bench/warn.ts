/**
 * How well overflows are warned of, on the world's seasons (docs/maths/warn.md#measured): the bundled season, lived under several
 * policies with ordinary and hard surprises, from seeds other than those used to tune (1 to 6).
 *
 *     npx tsx bench/warn.ts [--seeds 101-120] [--policies at-once,first-served,throttle] [--curve FILE.csv]
 *
 * Prints a table: at equal rates of false alarms, the share of overflows warned of at least six hours before, with the median
 * lead; and the area under the curve of the one over the other. `--curve` writes the curves, one line a warner and threshold.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readScenario } from '../src/network/read-scenario.js';
import { warnModel } from '../src/warn/warn-model.js';
import { POLICIES } from '../src/world/policy/policy.js';
import { surprisesAt } from '../src/world/simulation/surprise-levels.js';
import { areaUnder, bestAt, type Course, curve, type Verdict } from './warn/judge.js';
import { type LivedSeason, liveSeason } from './warn/lived-season.js';
import { WARNERS } from './warn/warners.js';

/** False alarms per hub and day at which warners are compared. */
const RATES = [0.02, 0.05, 0.1, 0.2];

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '101-120' },
    policies: { type: 'string', default: 'at-once,first-served,throttle' },
    curve: { type: 'string' },
  },
});
const [first, last] = values.seeds.split('-').map(Number);
const policies = POLICIES.filter((name) => values.policies.split(',').includes(name));
const scenario = await readScenario(
  fileURLToPath(new URL('../examples/double-eleven', import.meta.url)),
);
const model = warnModel(scenario);
/** By release policy, or all of them, and warner. */
const courses = new Map<string, Map<string, Course[]>>();

for (const policy of policies) {
  for (const level of ['ordinary', 'hard'] as const) {
    for (let seed = first; seed <= last; seed++) {
      const season = await liveSeason(scenario, policy, surprisesAt(level), seed);
      for (const name of Object.keys(WARNERS)) watch(season, name, [policy, 'all']);
    }
  }
}

const lines = ['seasons,warner,threshold,overflows,warned,falseAlarms,hubDays,medianLeadHours'];
for (const [seasons, byWarner] of courses) {
  for (const [name, watched] of byWarner) {
    const verdicts = curve(watched);
    say(rowOf(seasons, name, verdicts));
    for (const v of verdicts) {
      const numbers = [v.threshold, v.overflows, v.warned, v.falseAlarms, v.hubDays, v.medianLead];
      lines.push([seasons, name, ...numbers].join(','));
    }
  }
}
if (values.curve) writeFileSync(values.curve, `${lines.join('\n')}\n`);

function watch(season: LivedSeason, name: string, groups: readonly string[]): void {
  const scores = Array.from({ length: season.slots }, (_, t) => WARNERS[name](model, season, t));
  for (const [h, r] of model.hubs.entries()) {
    const course = {
      scores: Float64Array.from(scores, (byHub) => byHub[h]),
      overflow: Uint8Array.from(season.rows, ({ overflow }) => overflow[r]),
    };
    for (const group of groups) {
      const byWarner = courses.get(group) ?? new Map<string, Course[]>();
      courses.set(group, byWarner);
      byWarner.set(name, [...(byWarner.get(name) ?? []), course]);
    }
  }
}

function rowOf(seasons: string, name: string, verdicts: readonly Verdict[]): string {
  const [{ overflows, hubDays }] = verdicts;
  const cells = RATES.map((rate) => {
    const best = bestAt(verdicts, rate);
    if (!best) return '—';
    return `${((100 * best.warned) / overflows).toFixed(0)} % (${best.medianLead} h, at ${best.threshold.toFixed(2)})`;
  });
  const area = areaUnder(verdicts, RATES[RATES.length - 1]).toFixed(3);
  return `| ${[seasons, name, overflows, hubDays.toFixed(0), ...cells, area].join(' | ')} |`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
