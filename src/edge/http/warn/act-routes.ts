import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Warning } from '../../../warn/warning.js';
import { principalOf } from '../../access/guard.js';
import { parseInstant } from '../../gate/instant.js';
import { operation } from '../gate/route.js';
import type { WarnContext } from './context.js';
import { AdjustBody, NewWarningBody, ReasonBody, WarningParams, WarningView } from './schema.js';
import { viewOf } from './view.js';

const tags = ['warnings'];
const described = {
  tags,
  params: WarningParams,
  answers: { 200: WarningView },
  problems: [404, 409],
};

/** What people do to warnings, each with a reason. */
export function actRoutes(context: WarnContext): FastifyPluginAsyncTypebox {
  const { desk } = context;
  const told = (request: FastifyRequest, warning: Warning) =>
    viewOf(context, principalOf(request).organisation, warning);
  return async (app) => {
    app.post(
      '/v1/warnings',
      {
        schema: operation({
          operationId: 'issueWarning',
          summary: 'Issue a warning by hand: only a person ends it',
          tags,
          body: NewWarningBody,
          answers: { 201: WarningView },
          problems: [404, 409],
        }),
      },
      async (request, reply) => {
        const { breachAt, ...given } = request.body;
        const at = breachAt === undefined ? undefined : parseInstant(breachAt);
        const warning = await desk.issue(principalOf(request), { ...given, breachAt: at });
        return reply.code(201).send(told(request, warning));
      },
    );
    app.post(
      '/v1/warnings/:id/acknowledge',
      {
        schema: operation({
          ...described,
          operationId: 'acknowledgeWarning',
          summary: 'Say that a warning is seen and acted upon',
          body: ReasonBody,
        }),
      },
      async (request) => {
        const { params, body } = request;
        const by = principalOf(request);
        return told(request, await desk.acknowledge(by, params.id, body.reason));
      },
    );
    app.post(
      '/v1/warnings/:id/adjust',
      {
        schema: operation({
          ...described,
          operationId: 'adjustWarning',
          summary: 'Set the level of a warning',
          body: AdjustBody,
        }),
      },
      async (request) => {
        const { params, body } = request;
        const by = principalOf(request);
        return told(request, await desk.adjust(by, params.id, body.level, body.reason));
      },
    );
    app.post(
      '/v1/warnings/:id/lift',
      {
        schema: operation({
          ...described,
          operationId: 'liftWarning',
          summary: 'End a warning',
          body: ReasonBody,
        }),
      },
      async (request) => {
        const { params, body } = request;
        return told(request, await desk.lift(principalOf(request), params.id, body.reason));
      },
    );
  };
}
