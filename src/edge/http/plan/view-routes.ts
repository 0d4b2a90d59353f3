import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { Plans } from '../../plans/plan-desk.js';
import { operation } from '../gate/route.js';
import { answerComparison } from './comparison.js';
import { answerExplanation } from './explanation.js';
import {
  CohortQuery,
  CompareQuery,
  ComparisonAnswer,
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
  VersionParams,
  VersionsAnswer,
} from './schema.js';
import { answerVersion, certificateOf } from './version-answers.js';
import {
  answerCostlyHolds,
  answerHolds,
  answerLoadsOf,
  answerMap,
  answerOverload,
  answerResources,
  countKinds,
} from './view-answers.js';

const tags = ['plans'];
const problems = [404];

/** Versions of the plan, each as far as whoever asks sees. */
export function viewRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(versionRoutes(desk));
    await app.register(loadRoutes(desk));
    await app.register(holdRoutes(desk));
  };
}

function versionRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/plans',
      {
        schema: operation({
          operationId: 'listPlans',
          summary: 'Versions of the plan, the newest first',
          tags,
          answers: { 200: VersionsAnswer },
        }),
      },
      async (request) => {
        const { organisation } = principalOf(request);
        const sight = desk.sightOf(organisation);
        const versions = sight.part === 'nothing' ? [] : await desk.versions();
        const inForce = versions[0]?.version ?? 0;
        return {
          versions: versions.map((each) => answerVersion(each, organisation, sight, inForce)),
        };
      },
    );
    app.get(
      '/v1/plans/:version',
      {
        schema: operation({
          operationId: 'getPlan',
          summary: 'A version of the plan: certificate and figures',
          tags,
          params: VersionParams,
          answers: { 200: PlanAnswer },
          problems,
        }),
      },
      async (request) => {
        const { organisation } = principalOf(request);
        const { noted, view, sight } = await desk.view(organisation, request.params.version);
        const { holds } = await view.holds(sight);
        const [newest] = await desk.versions();
        return {
          version: answerVersion(noted, organisation, sight, newest.version),
          part: sight.part === 'nothing' ? 'own' : sight.part,
          seconds: view.summary.seconds,
          certificate: certificateOf(view.summary, sight),
          holds: holds.all,
          inequality: holds.inequality,
          ...(sight.part !== 'own' && { overload: answerOverload(view, sight) }),
          kinds: countKinds(view, sight),
        };
      },
    );
    app.get(
      '/v1/plans/:version/compare',
      {
        schema: operation({
          operationId: 'comparePlans',
          summary: 'Two versions side by side: figures, loads that differ, who waits',
          tags,
          params: VersionParams,
          querystring: CompareQuery,
          answers: { 200: ComparisonAnswer },
          problems,
        }),
      },
      async (request) => {
        const { organisation } = principalOf(request);
        const { with: other, kind = 'hub' } = request.query;
        const a = await desk.view(organisation, request.params.version);
        const b = await desk.view(organisation, other);
        const [{ version }] = await desk.versions();
        return answerComparison(a, b, organisation, a.sight, kind, version);
      },
    );
  };
}

function loadRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/plans/:version/resources',
      {
        schema: operation({
          operationId: 'listPlannedResources',
          summary: 'Resources with their highest loads, at once and as planned',
          tags,
          params: VersionParams,
          querystring: ResourcesQuery,
          answers: { 200: ResourcesAnswer },
          problems,
        }),
      },
      async (request) => {
        const { view, sight } = await desk.view(
          principalOf(request).organisation,
          request.params.version,
        );
        return { resources: answerResources(view, sight, request.query.kind) };
      },
    );
    app.get(
      '/v1/plans/:version/resources/:id/loads',
      {
        schema: operation({
          operationId: 'getPlannedLoads',
          summary: 'Loads of a resource slot by slot, with capacity and price',
          tags,
          params: ResourceParams,
          answers: { 200: LoadsAnswer },
          problems,
        }),
      },
      async (request) => {
        const { version, id } = request.params;
        const { view, sight } = await desk.view(principalOf(request).organisation, version);
        return answerLoadsOf(view, sight, id);
      },
    );
    app.get(
      '/v1/plans/:version/map',
      {
        schema: operation({
          operationId: 'getPlanMap',
          summary: 'Loads of all resources of a kind, slot by slot',
          tags,
          params: VersionParams,
          querystring: MapQuery,
          answers: { 200: MapAnswer },
          problems,
        }),
      },
      async (request) => {
        const { view, sight } = await desk.view(
          principalOf(request).organisation,
          request.params.version,
        );
        return answerMap(view, sight, request.query.kind);
      },
    );
  };
}

function holdRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/plans/:version/holds',
      {
        schema: operation({
          operationId: 'listPlanHolds',
          summary: 'Who waits how long, by group',
          tags,
          params: VersionParams,
          querystring: HoldsQuery,
          answers: { 200: HoldsAnswer },
          problems,
        }),
      },
      async (request) => {
        const { view, sight } = await desk.view(
          principalOf(request).organisation,
          request.params.version,
        );
        return answerHolds(await view.holds(sight), request.query.by);
      },
    );
    app.get(
      '/v1/plans/:version/holds/costly',
      {
        schema: operation({
          operationId: 'listCostlyHolds',
          summary: 'The holds that cost most',
          tags,
          params: VersionParams,
          answers: { 200: CostlyHoldsAnswer },
          problems,
        }),
      },
      async (request) => {
        const { view, sight } = await desk.view(
          principalOf(request).organisation,
          request.params.version,
        );
        return answerCostlyHolds(view, await view.holds(sight));
      },
    );
    app.get(
      '/v1/plans/:version/explanations',
      {
        schema: operation({
          operationId: 'explainHold',
          summary: 'Why a cohort is held: what binds, and what each slot would cost',
          tags,
          params: VersionParams,
          querystring: CohortQuery,
          answers: { 200: ExplanationAnswer },
          problems,
        }),
      },
      async (request) => {
        const { view, sight } = await desk.view(
          principalOf(request).organisation,
          request.params.version,
        );
        return answerExplanation(view, sight, request.query);
      },
    );
  };
}
