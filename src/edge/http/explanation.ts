import { CohortIndex } from '../../plan/cohort-index.js';
import { findCohort } from '../../plan/cohort-key.js';
import type { Explanation, Option } from '../../plan/explain.js';
import { explainCohorts } from '../../plan/explain-plan.js';
import type { CohortQuery, ExplanationAnswer } from './schema.js';
import type { ServedSeason } from './served-season.js';

/** The explanation of a cohort, or undefined when the scenario has no such demand. */
export async function answerExplanation(
  season: ServedSeason,
  query: CohortQuery,
): Promise<ExplanationAnswer | undefined> {
  const found = costlyOne(season, query) ?? (await explain(season, query));
  if (found === undefined) return undefined;
  const named = (option: Option) => nameResources(season, option);
  return {
    ...found,
    chosen: found.chosen.map(({ parcels, option }) => ({ parcels, option: named(option) })),
    slots: found.slots.map(named),
    least: named(found.least),
  };
}

function costlyOne(season: ServedSeason, query: CohortQuery): Explanation | undefined {
  const same = ({ cohort }: Explanation) =>
    cohort.slot === query.slot &&
    cohort.origin === query.origin &&
    cohort.destination === query.destination &&
    cohort.operator === query.operator &&
    cohort.service === query.service;
  return season.view.costlyHolds.find(same) ?? season.view.costlyCarried.find(same);
}

async function explain(
  { scenario, prices, releases }: ServedSeason,
  query: CohortQuery,
): Promise<Explanation | undefined> {
  const cohort = findCohort(scenario, new CohortIndex(scenario), query);
  if (cohort < 0) return undefined;
  const [found] = await explainCohorts(scenario, { prices, releases }, [cohort]);
  return found;
}

function nameResources(season: ServedSeason, option: Option): ExplanationAnswer['least'] {
  const { resources } = season.scenario;
  return {
    ...option,
    tolls: option.tolls.map((toll) => {
      const r = resources.ids.findText(toll.resource);
      const operator = resources.operator[r];
      const region = resources.region[r];
      return { ...toll, resource: { id: toll.resource, kind: toll.kind, operator, region } };
    }),
  };
}
