import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  answerCostlyHolds,
  answerHolds,
  answerLoads,
  answerMap,
  answerPlan,
  answerResources,
} from './answers.js';
import { answerExplanation } from './explanation.js';
import { Problem } from './problem.js';
import {
  CohortQuery,
  CostlyHoldsAnswer,
  ExplanationAnswer,
  HoldsAnswer,
  HoldsQuery,
  LoadsAnswer,
  MapAnswer,
  MapQuery,
  PlanAnswer,
  ResourceParams,
  ResourcesAnswer,
  ResourcesQuery,
} from './schema.js';
import type { ServedSeason } from './served-season.js';

/** The API over one season: GET only, nothing it does changes anything. */
export function planRoutes(season: ServedSeason): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/plan', { schema: { response: { 200: PlanAnswer } } }, async () => answerPlan(season));
    app.get(
      '/resources',
      { schema: { querystring: ResourcesQuery, response: { 200: ResourcesAnswer } } },
      async ({ query }) => ({ resources: answerResources(season, query.kind) }),
    );
    app.get(
      '/resources/:id/loads',
      { schema: { params: ResourceParams, response: { 200: LoadsAnswer } } },
      async ({ params }) => {
        const r = season.scenario.resources.ids.findText(params.id);
        if (r < 0) throw new Problem(404, 'Not found', `There is no resource ${params.id}.`);
        return answerLoads(season, r);
      },
    );
    app.get(
      '/map',
      { schema: { querystring: MapQuery, response: { 200: MapAnswer } } },
      async ({ query }) => answerMap(season, query.kind),
    );
    app.get(
      '/holds',
      { schema: { querystring: HoldsQuery, response: { 200: HoldsAnswer } } },
      async ({ query }) => answerHolds(season, query.by),
    );
    app.get('/holds/costly', { schema: { response: { 200: CostlyHoldsAnswer } } }, async () =>
      answerCostlyHolds(season),
    );
    app.get(
      '/explanations',
      { schema: { querystring: CohortQuery, response: { 200: ExplanationAnswer } } },
      async ({ query }) => {
        const explanation = await answerExplanation(season, query);
        if (explanation) return explanation;
        throw new Problem(404, 'Not found', 'No parcels became ready with this key.');
      },
    );
  };
}
