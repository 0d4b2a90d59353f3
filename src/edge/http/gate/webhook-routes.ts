import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { Webhook } from '../../webhooks/webhook-rows.js';
import type { GateContext } from './context.js';
import { operation } from './route.js';
import {
  CreatedWebhook,
  IdParams,
  NewWebhook,
  WebhookPatch,
  WebhooksAnswer,
  WebhookView,
} from './schema.js';

const tags = ['changes'];

/** Where changes are sent to without being asked for; see webhook-delivery.ts. */
export function webhookRoutes({ webhooks }: GateContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/v1/webhooks',
      {
        schema: operation({
          operationId: 'createWebhook',
          summary: 'Have changes sent to an https address, signed, in order, at least once',
          tags,
          body: NewWebhook,
          answers: { 201: CreatedWebhook },
          problems: [409],
        }),
      },
      (request, reply) =>
        webhooks.create(principalOf(request), request.body).then((made) => {
          reply.code(201).header('location', `/v1/webhooks/${made.id}`);
          return { ...viewOf(made), secret: made.secret };
        }),
    );
    app.get(
      '/v1/webhooks',
      {
        schema: operation({
          operationId: 'listWebhooks',
          summary: "The organisation's webhooks",
          tags,
          answers: { 200: WebhooksAnswer },
        }),
      },
      (request) =>
        webhooks.list(principalOf(request)).then((list) => ({ items: list.map(viewOf) })),
    );
    app.get(
      '/v1/webhooks/:id',
      {
        schema: operation({
          operationId: 'getWebhook',
          summary: 'A webhook, and how its deliveries go',
          tags,
          params: IdParams,
          answers: { 200: WebhookView },
          problems: [404],
        }),
      },
      (request) => webhooks.get(principalOf(request), request.params.id).then(viewOf),
    );
    app.patch(
      '/v1/webhooks/:id',
      {
        schema: operation({
          operationId: 'changeWebhook',
          summary: 'Give a webhook another address, or have it go on after it was paused',
          tags,
          params: IdParams,
          body: WebhookPatch,
          answers: { 200: WebhookView },
          problems: [404],
        }),
      },
      (request) => {
        const { params, body } = request;
        return webhooks.change(principalOf(request), params.id, body).then(viewOf);
      },
    );
    app.delete(
      '/v1/webhooks/:id',
      {
        schema: operation({
          operationId: 'removeWebhook',
          summary: 'Have no more sent to it',
          tags,
          params: IdParams,
          answers: { 204: null },
          problems: [404],
        }),
      },
      (request, reply) =>
        webhooks.remove(principalOf(request), request.params.id).then(() => reply.code(204).send()),
    );
  };
}

function viewOf({ id, url, state, trouble, failures, retryAt, madeAt }: Webhook): object {
  return {
    id,
    url,
    state,
    failures,
    madeAt,
    ...(trouble !== null && { trouble }),
    ...(retryAt !== null && { retryAt }),
  };
}
