import { compareRuns, FIGURES, type FigureOfPolicy } from '../../world/simulation/compare-runs.js';
import type { MeanInterval } from '../../world/simulation/interval.js';
import type { Figures, SimulationRun } from '../../world/simulation/run.js';
import type { SimulationJob } from './simulation-job.js';
import type {
  CurvesAnswer,
  SimulatedHoldsAnswer,
  SimulatedHoldsQuery,
  SimulationAnswer,
  SimulationSummary,
} from './simulation-schema.js';

/* Answers of the API about simulations: how far they are, their figures, curves and holds. */

export function answerSummary(job: SimulationJob): SimulationSummary {
  const { id, by, madeAt, seconds, asked, state, progress } = job;
  const { organisation, actor } = by;
  return { id, organisation, actor, madeAt, seconds, asked, state, progress };
}

export function answerSimulation(job: SimulationJob): SimulationAnswer {
  const { policies } = job.asked;
  const base = policies.find((policy) => policy === 'plan') ?? policies[0];
  const labelled = job.runs.map((run) => ({ label: run.policy, ...run }));
  return {
    ...answerSummary(job),
    base,
    runs: job.runs.map(answerRun),
    figures: compareRuns(labelled, base).figures.map(({ name, of }) => ({
      name,
      of: policies.flatMap((policy) =>
        of.filter(({ label }) => label === policy).map((figure) => answerFigure(policy, figure)),
      ),
    })),
  };
}

type Answered = SimulationAnswer['figures'][number]['of'][number];

function answerFigure(policy: SimulationRun['policy'], figure: FigureOfPolicy): Answered {
  const { zero } = figure;
  return {
    policy,
    ...answerInterval(figure),
    least: finiteOrNull(figure.least),
    most: finiteOrNull(figure.most),
    difference: answerInterval(figure.difference),
    ...(zero && {
      zero: { seeds: zero.seeds, low: finiteOrNull(zero.low), high: finiteOrNull(zero.high) },
    }),
  };
}

function answerInterval({ n, mean, low, high }: MeanInterval): Answered['difference'] {
  return { n, mean: finiteOrNull(mean), low: finiteOrNull(low), high: finiteOrNull(high) };
}

function answerRun(run: SimulationRun): SimulationAnswer['runs'][number] {
  const { policy, seed, slots, planSeconds, worldSeconds, figures } = run;
  return { policy, seed, slots, planSeconds, worldSeconds, figures: answerFigures(figures) };
}

export function answerFigures(figures: Figures): SimulationAnswer['runs'][number]['figures'] {
  const shown: SimulationAnswer['runs'][number]['figures'] = { ...figures };
  for (const name of FIGURES) shown[name] = finiteOrNull(figures[name]);
  return shown;
}

export function answerCurves(runs: readonly SimulationRun[]): CurvesAnswer {
  return {
    policies: runs.map(({ policy, curves, gridlocked }) => ({
      policy,
      ready: whole(curves.ready),
      released: whole(curves.released),
      pickedUp: whole(curves.pickedUp),
      delivered: whole(curves.delivered),
      gridlocked: Array.from(gridlocked),
    })),
  };
}

/** Groups in the order of the first run, what each policy let them wait side by side. */
export function answerSimulatedHolds(
  runs: readonly SimulationRun[],
  by: SimulatedHoldsQuery['by'],
): SimulatedHoldsAnswer {
  const groups = new Map<string, SimulatedHoldsAnswer['groups'][number]['policies']>();
  for (const { policy, holds } of runs) {
    for (const { key, parcels, meanHours, p95Hours, ...hold } of holds) {
      if (hold.by !== by) continue;
      const waits = { meanHours: finiteOrNull(meanHours), p95Hours: finiteOrNull(p95Hours) };
      groups.set(key, [...(groups.get(key) ?? []), { policy, parcels, ...waits }]);
    }
  }
  return { groups: [...groups].map(([key, policies]) => ({ key, policies })) };
}

/** A cohort may be split into fractions of parcels; a reader wants whole ones. */
export function whole(values: Float32Array | Float64Array): number[] {
  return Array.from(values, Math.round);
}

export function finiteOrNull(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}
