import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { Plans } from '../../plans/plan-desk.js';
import type { PlanRun } from '../../plans/plan-run.js';
import { operation } from '../gate/route.js';
import {
  PublishBody,
  PublishedAnswer,
  RestoreBody,
  RunAnswer,
  RunBody,
  RunParams,
  RunsAnswer,
  VersionParams,
} from './schema.js';

const tags = ['plans'];

/** Plans made, published and brought back. */
export function runRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(makingRoutes(desk));
    await app.register(publishingRoutes(desk));
  };
}

function makingRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/v1/plans/runs',
      {
        schema: operation({
          operationId: 'startPlanRun',
          summary: 'Plan what is left of the season; goes on whether or not anybody looks',
          tags,
          body: RunBody,
          answers: { 202: RunAnswer },
          problems: [404, 409],
        }),
      },
      async (request, reply) => {
        const run = await desk.start(principalOf(request), request.body);
        return reply.code(202).header('location', `/v1/plans/runs/${run.id}`).send(answerRun(run));
      },
    );
    app.get(
      '/v1/plans/runs',
      {
        schema: operation({
          operationId: 'listPlanRuns',
          summary: 'Plans being made, or made lately, the newest first',
          tags,
          answers: { 200: RunsAnswer },
        }),
      },
      async (request) => ({ runs: desk.runs(principalOf(request)).map(answerRun) }),
    );
    app.get(
      '/v1/plans/runs/:id',
      {
        schema: operation({
          operationId: 'getPlanRun',
          summary: 'How far a plan is, and how good',
          tags,
          params: RunParams,
          answers: { 200: RunAnswer },
          problems: [404],
        }),
      },
      async (request) => answerRun(desk.run(principalOf(request), request.params.id)),
    );
    app.delete(
      '/v1/plans/runs/:id',
      {
        schema: operation({
          operationId: 'endPlanRun',
          summary: 'Stop a plan being made; or forget one that was',
          tags,
          params: RunParams,
          answers: { 204: null },
          problems: [404],
        }),
      },
      async (request, reply) => {
        await desk.end(principalOf(request), request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}

function publishingRoutes(desk: Plans): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/v1/plans/runs/:id/publish',
      {
        schema: operation({
          operationId: 'publishPlan',
          summary:
            'Publish a plan that is done as the next version, if none came since it began (P6)',
          tags,
          params: RunParams,
          body: PublishBody,
          answers: { 200: PublishedAnswer },
          problems: [404, 409],
        }),
      },
      async (request) => {
        const { id } = request.params;
        return { version: await desk.publish(principalOf(request), id, request.body.reason) };
      },
    );
    app.post(
      '/v1/plans/:version/restore',
      {
        schema: operation({
          operationId: 'restorePlan',
          summary: 'Bring an earlier version back, as the next one',
          tags,
          params: VersionParams,
          body: RestoreBody,
          answers: { 200: PublishedAnswer },
          problems: [404, 409],
        }),
      },
      async (request) => {
        const { reason, base } = request.body;
        const by = principalOf(request);
        return { version: await desk.restore(by, request.params.version, base, reason) };
      },
    );
  };
}

function answerRun(run: PlanRun): RunAnswer {
  const { id, by, madeAt, asked, base, from, state, progress, seconds, made, version } = run;
  return {
    id,
    by: `${by.organisation.id}/${by.actor}`,
    madeAt,
    asked,
    base,
    from,
    state,
    progress,
    seconds,
    ...(made && { made: madeOf(made.summary) }),
    ...(version !== undefined && { version }),
  };
}

function madeOf({
  gap,
  objective,
  bound,
  ready,
  released,
  carried,
}: NonNullable<PlanRun['made']>['summary']): NonNullable<RunAnswer['made']> {
  return { certificate: { gap, objective, bound }, ready, released, carried };
}
