import { CohortIndex } from '../../../plan/cohort-index.js';
import { findCohort } from '../../../plan/cohort-key.js';
import type { Explanation, Option } from '../../../plan/explain.js';
import { explainCohorts } from '../../../plan/explain-plan.js';
import { notThere } from '../../access/refusals.js';
import { countsFor, type PlanSight } from '../../plans/plan-sight.js';
import type { PlanView } from '../../plans/plan-views.js';
import type { CohortQuery, ExplanationAnswer } from './schema.js';
import { namedResource } from './view-answers.js';

/**
 * Why a cohort is held, of its parcels that are seen. What binds is named wherever it is, for it is the reason (G9); how full
 * it is, only to those who see it.
 *
 * @throws Problem 404 where nothing of it is seen, or it is not there
 */
export async function answerExplanation(
  view: PlanView,
  sight: PlanSight,
  query: CohortQuery,
): Promise<ExplanationAnswer> {
  const found = (await costlyOne(view, sight, query)) ?? (await explain(view, sight, query));
  if (!found || found.ready === 0) throw notThere('cohort');
  const named = (option: Option) => nameResources(view, sight, option);
  return {
    ...found,
    chosen: found.chosen.map(({ parcels, option }) => ({ parcels, option: named(option) })),
    slots: found.slots.map(named),
    least: named(found.least),
  };
}

async function costlyOne(
  view: PlanView,
  sight: PlanSight,
  query: CohortQuery,
): Promise<Explanation | undefined> {
  const same = ({ cohort }: Explanation) =>
    cohort.slot === query.slot &&
    cohort.origin === query.origin &&
    cohort.destination === query.destination &&
    cohort.operator === query.operator &&
    cohort.service === query.service;
  const { costlyHolds, costlyCarried } = await view.holds(sight);
  return costlyHolds.find(same) ?? costlyCarried.find(same);
}

async function explain(
  { scenario, prices, releases }: PlanView,
  sight: PlanSight,
  query: CohortQuery,
): Promise<Explanation | undefined> {
  const cohort = findCohort(scenario, new CohortIndex(scenario), query);
  if (cohort < 0) return undefined;
  const plan = { prices, releases };
  const [found] = await explainCohorts(scenario, plan, [cohort], countsFor(sight));
  return found;
}

function nameResources(
  view: PlanView,
  sight: PlanSight,
  option: Option,
): ExplanationAnswer['least'] {
  const { slot: at, route, waiting, lateness, growth, detour, penalty, total } = option;
  const parts = { waiting, lateness, growth, detour, penalty, total };
  return {
    slot: at,
    route,
    ...parts,
    tolls: option.tolls.map(({ resource, slot, price, times, load, capacity }) => {
      const r = view.scenario.resources.ids.findText(resource);
      const how = sight.resources[r] === 1 ? { load, capacity } : {};
      return { resource: namedResource(view, r), slot, price, times, ...how };
    }),
  };
}
