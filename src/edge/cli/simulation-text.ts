import type { FigureOfPolicy, RunComparison } from '../../world/simulation/compare-runs.js';
import type { MeanInterval } from '../../world/simulation/interval.js';
import { SURPRISES, type Surprises } from '../../world/simulation/options.js';
import type { Figures } from '../../world/simulation/run.js';
import { SURPRISE_LEVELS, surprisesAt } from '../../world/simulation/surprise-levels.js';
import { count, decimal, textTable } from './text-table.js';

type Shown = readonly [title: string, text: (x: number) => string];

const hours = (x: number) => decimal(x, 1);
const ratio = (x: number) => decimal(x, 3);
const share = (x: number) => `${decimal(100 * x, 2)} %`;
const parcels = (x: number) => (Math.abs(x) < MILLION ? count(x) : `${decimal(x / MILLION, 2)} M`);

const MILLION = 1e6;

/** Each figure with its unit, the two no's and three guarantees by the names of the mechanism, too. */
const SHOWN: Readonly<Record<keyof Figures, Shown>> = {
  gridlockHours: ['gridlock (不瘫痪), h', hours],
  importantOverflowHours: ['overflow of important hubs (不爆仓), hub-h', hours],
  smooth: ['smooth (保畅通): time on the way / timetable', ratio],
  safe: ['safe (保安全): hub-hours at most 9/10 full', share],
  steady: ['steady (保平稳): busiest day / average day', ratio],
  overflowHours: ['overflow of all hubs, hub-h', hours],
  meanHours: ['ready to delivered, mean h', hours],
  p95Hours: ['ready to delivered, 95 % within h', hours],
  within72: ['delivered within 72 h of ready', share],
  holdMeanHours: ['hold, mean h', hours],
  holdInequality: ['inequality of holds between regions, Gini', ratio],
  recoveryHours: ['recovery after the season, h', hours],
  outsideMost: ['longest line outside hubs, parcels', parcels],
  ready: ['ready, parcels', parcels],
  delivered: ['delivered, parcels', parcels],
};

/** Policies side by side: values of one seed, or means over seeds with their intervals. */
export function figureLines({ policies, figures }: RunComparison): string[] {
  const seeds = new Map(policies.map((policy) => [policy.label, policy.seeds]));
  return textTable(
    ['', ...policies.map(({ label }) => label)],
    figures.map(({ name, of }) => {
      const [title, text] = SHOWN[name];
      return [
        title,
        ...of.map((figure) => estimateText(figure, text, seeds.get(figure.label) ?? 0)),
      ];
    }),
  );
}

/** In how many seeds there is nothing of what should not be. */
export function zeroLines({ policies, figures }: RunComparison): string[] {
  return textTable(
    ['Seeds without', ...policies.map(({ label }) => label)],
    figures.flatMap(({ name, of }) =>
      of.some(({ zero }) => zero) ? [[SHOWN[name][0], ...of.map(zeroText)]] : [],
    ),
  );
}

/** The least and the most of all seeds. */
export function rangeLines({ policies, figures }: RunComparison): string[] {
  return textTable(
    ['Least and most', ...policies.map(({ label }) => label)],
    figures.map(({ name, of }) => {
      const [title, text] = SHOWN[name];
      return [title, ...of.map((figure) => rangeText(figure, text))];
    }),
  );
}

/** Each policy less the base, seed by seed. */
export function differenceLines({ base, policies, figures }: RunComparison): string[] {
  const others = policies.filter(({ label }) => label !== base);
  return textTable(
    [`Minus ${base}, seed by seed`, ...others.map(({ label }) => label)],
    figures.map(({ name, of }) => {
      const [title, text] = SHOWN[name];
      const differences = of.filter(({ label }) => label !== base);
      return [title, ...differences.map(({ n, difference }) => estimateText(difference, text, n))];
    }),
  );
}

/** `12.5 ± 0.8`; `(n 3)` where fewer seeds have a value than were run; a dash where none has. */
function estimateText(
  { n, mean, high }: MeanInterval,
  text: (x: number) => string,
  seeds: number,
): string {
  if (n === 0) return '–';
  const isOpen = high > mean;
  return `${text(mean)}${isOpen ? ` ± ${text(high - mean)}` : ''}${n < seeds ? ` (n ${n})` : ''}`;
}

function rangeText({ n, least, most }: FigureOfPolicy, text: (x: number) => string): string {
  if (n === 0) return '–';
  return least === most ? text(least) : `${text(least)} … ${text(most)}`;
}

function zeroText({ n, zero }: FigureOfPolicy): string {
  if (!zero) return '–';
  return `${zero.seeds} of ${n} (${percent(zero.low)}–${percent(zero.high)} %)`;
}

function percent(x: number): string {
  return decimal(100 * x, 0);
}

/** The mark that goes with every simulated figure. */
export function modelledText(generated: boolean): string {
  const modelled = generated
    ? 'The season is generated, the world modelled'
    : 'The world is modelled';
  return `${modelled}: figures are not measurements.`;
}

/** What was simulated, in one line. */
export function settingsText(of: {
  readonly seeds: readonly number[];
  readonly surprises: Surprises;
  readonly reserve: number;
  readonly replanHours: number;
}): string {
  const [least, most] = [Math.min(...of.seeds), Math.max(...of.seeds)];
  const seeds = least === most ? `seed ${least}` : `seeds ${least} to ${most}`;
  const plans = `plans every ${decimal(of.replanHours)} h with ${decimal(100 * of.reserve)} % in reserve`;
  return `${seeds}, ${surpriseText(of.surprises)}; ${plans}`;
}

/** The nearest level by its name, and what is not as in it. */
function surpriseText(surprises: Surprises): string {
  const levels = SURPRISE_LEVELS.map((level) => {
    const at = surprisesAt(level);
    return { level, others: SURPRISES.filter((stream) => surprises[stream] !== at[stream]) };
  });
  const [{ level, others }] = levels.toSorted((a, b) => a.others.length - b.others.length);
  const name = `${level === 'none' ? 'no' : level} surprises`;
  if (others.length === 0) return name;
  return `${name} but ${others.map((stream) => `${stream} ${surprises[stream]}`).join(', ')}`;
}
