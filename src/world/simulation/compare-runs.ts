import { type Interval, type MeanInterval, meanInterval, wilsonInterval } from './interval.js';
import type { Figures } from './run.js';

/** The figures in the order of tables: the two no's, the three guarantees, the rest. */
export const FIGURES = [
  'gridlockHours',
  'importantOverflowHours',
  'smooth',
  'safe',
  'steady',
  'overflowHours',
  'meanHours',
  'p95Hours',
  'within72',
  'holdMeanHours',
  'holdInequality',
  'recoveryHours',
  'outsideMost',
  'ready',
  'delivered',
] as const satisfies readonly (keyof Figures)[];

/** Figures that should not be at all: what matters is in how many seeds they are 0. */
const WANTED_ZERO: readonly (keyof Figures)[] = [
  'gridlockHours',
  'importantOverflowHours',
  'overflowHours',
];

/** What is compared: the figures of one seed, under a policy or a variant of one. */
export interface LabelledRun {
  /** The policy, and where there are several of one, which. */
  readonly label: string;
  readonly seed: number;
  readonly figures: Figures;
}

/** Several policies over the same chance. */
export interface RunComparison {
  /** What differences are taken from. */
  readonly base: string;
  readonly policies: readonly { readonly label: string; readonly seeds: number }[];
  readonly figures: readonly FigureComparison[];
}

export interface FigureComparison {
  readonly name: keyof Figures;
  /** One a policy, in the order of `policies`. */
  readonly of: readonly FigureOfPolicy[];
}

/** A figure over the seeds in which it has a value: n of them; recovery, for one, may never come. */
export interface FigureOfPolicy extends MeanInterval {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  /** Value under this policy less that under the base in the same seed, over the seeds that have both. */
  readonly difference: MeanInterval;
  /** Of a figure that should be 0: in how many of the n seeds it is, and the chance that it is. */
  readonly zero?: Interval & { readonly seeds: number };
}

/**
 * Sets policies side by side over seeds. Differences are paired: a seed is the same chance under each
 * policy, so what chance does to both falls out. Policies in the order in which they first occur.
 *
 * @param runs at most one of each label and seed.
 * @param base a label that occurs.
 */
export function compareRuns(runs: readonly LabelledRun[], base: string): RunComparison {
  const byLabel = new Map<string, LabelledRun[]>();
  for (const run of runs) byLabel.set(run.label, [...(byLabel.get(run.label) ?? []), run]);
  const ofBase = byLabel.get(base) ?? [];
  return {
    base,
    policies: [...byLabel].map(([label, list]) => ({ label, seeds: list.length })),
    figures: FIGURES.map((name) => ({
      name,
      of: [...byLabel].map(([label, list]) => ({ label, ...compareFigure(name, list, ofBase) })),
    })),
  };
}

function compareFigure(
  name: keyof Figures,
  runs: readonly LabelledRun[],
  base: readonly LabelledRun[],
): Omit<FigureOfPolicy, 'label'> {
  const values = runs.map((run) => run.figures[name]).filter(Number.isFinite);
  const known = new Map(base.map((run) => [run.seed, run.figures[name]]));
  const differences = runs
    .map((run) => run.figures[name] - (known.get(run.seed) ?? Number.NaN))
    .filter(Number.isFinite);
  return {
    ...meanInterval(values),
    least: values.length === 0 ? Number.NaN : values.reduce((a, b) => Math.min(a, b)),
    most: values.length === 0 ? Number.NaN : values.reduce((a, b) => Math.max(a, b)),
    difference: meanInterval(differences),
    ...(WANTED_ZERO.includes(name) && values.length > 0 ? { zero: zeros(values) } : {}),
  };
}

function zeros(values: readonly number[]): Interval & { seeds: number } {
  const seeds = values.filter((value) => value === 0).length;
  return { seeds, ...wilsonInterval(seeds, values.length) };
}
