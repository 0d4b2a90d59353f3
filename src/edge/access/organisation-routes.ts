import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { operation } from '../http/gate/route.js';
import { addAccount, changeAccount, listAccounts } from './accounts.js';
import type { AccessContext } from './context.js';
import { principalOf } from './guard.js';
import { addKey, type KeyView, listKeys, revokeKey } from './keys.js';
import {
  addOrganisation,
  getOrganisation,
  listOrganisations,
  suspendOrganisation,
} from './organisations.js';
import { wrong } from './refusals.js';
import {
  AccountAnswer,
  AccountChangeBody,
  AccountParams,
  AccountsAnswer,
  CreatedKey,
  type KeyAnswer,
  KeyParams,
  KeysAnswer,
  NewAccountBody,
  NewKeyBody,
  NewOrganisationBody,
  OrganisationAnswer,
  OrganisationChange,
  OrganisationParams,
  OrganisationsPage,
  OrganisationsQuery,
} from './schema.js';

const PAGE = 100;

/** Organisations: seen as far as one is related to them, made and suspended by whoever is in charge. */
export function organisationRoutes({ database, now }: AccessContext): FastifyPluginAsyncTypebox {
  const tags = ['organisations'];
  return async (app) => {
    app.get(
      '/v1/organisations',
      {
        schema: operation({
          operationId: 'listOrganisations',
          summary: 'Your organisation and those it is in charge of, by id',
          tags,
          querystring: OrganisationsQuery,
          answers: { 200: OrganisationsPage },
        }),
      },
      async (request) => {
        const { after = '', limit = PAGE } = request.query;
        const { organisation } = principalOf(request);
        const items = await listOrganisations(database, organisation, after, limit);
        const last = items.length === limit ? items.at(-1) : undefined;
        return { items, ...(last && { next: last.id }) };
      },
    );
    app.post(
      '/v1/organisations',
      {
        schema: operation({
          operationId: 'addOrganisation',
          summary: 'Add an organisation where yours is in charge',
          tags,
          body: NewOrganisationBody,
          answers: { 201: OrganisationAnswer },
          problems: [409],
        }),
      },
      async (request, reply) => {
        const made = await addOrganisation(database, principalOf(request), request.body, now());
        return reply.code(201).send(made);
      },
    );
    app.get(
      '/v1/organisations/:id',
      {
        schema: operation({
          operationId: 'getOrganisation',
          summary: 'An organisation',
          tags,
          params: OrganisationParams,
          answers: { 200: OrganisationAnswer },
          problems: [404],
        }),
      },
      ({ params }) => getOrganisation(database, params.id),
    );
    app.patch(
      '/v1/organisations/:id',
      {
        schema: operation({
          operationId: 'suspendOrganisation',
          summary: 'Suspend an organisation, or let it in again, from the next request on',
          tags,
          params: OrganisationParams,
          body: OrganisationChange,
          answers: { 200: OrganisationAnswer },
          problems: [404],
        }),
      },
      (request) =>
        suspendOrganisation(database, principalOf(request), request.params.id, request.body, now()),
    );
  };
}

/** Keys: of one's own organisation only, whoever is in charge of it. */
export function keyRoutes({ database, now }: AccessContext): FastifyPluginAsyncTypebox {
  const tags = ['keys'];
  return async (app) => {
    app.get(
      '/v1/organisations/:id/keys',
      {
        schema: operation({
          operationId: 'listKeys',
          summary: 'Keys, revoked ones too, newest first',
          tags,
          params: OrganisationParams,
          answers: { 200: KeysAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const keys = await listKeys(database, principalOf(request), request.params.id);
        return { items: keys.map(answerKey) };
      },
    );
    app.post(
      '/v1/organisations/:id/keys',
      {
        schema: operation({
          operationId: 'addKey',
          summary: 'Make a key; its secret is in this answer and nowhere else',
          tags,
          params: OrganisationParams,
          body: NewKeyBody,
          answers: { 201: CreatedKey },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const { label, role, expiresAt } = request.body;
        const asked = {
          label,
          role,
          ...(expiresAt !== undefined && { expiresAt: date(expiresAt) }),
        };
        const by = principalOf(request);
        const made = await addKey(database, by, request.params.id, asked, now());
        return reply.code(201).send({ ...answerKey(made), secret: made.secret });
      },
    );
    app.delete(
      '/v1/organisations/:id/keys/:key',
      {
        schema: operation({
          operationId: 'revokeKey',
          summary: 'Revoke a key, from the next request on',
          tags,
          params: KeyParams,
          answers: { 204: null },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const { id, key } = request.params;
        await revokeKey(database, principalOf(request), id, key, now());
        return reply.code(204).send();
      },
    );
  };
}

/** People: kept by their organisation; first ones by whoever is in charge of it. */
export function accountRoutes({ database, now }: AccessContext): FastifyPluginAsyncTypebox {
  const tags = ['accounts'];
  return async (app) => {
    app.get(
      '/v1/organisations/:id/accounts',
      {
        schema: operation({
          operationId: 'listAccounts',
          summary: 'People, by login',
          tags,
          params: OrganisationParams,
          answers: { 200: AccountsAnswer },
          problems: [404],
        }),
      },
      async (request) => ({
        items: await listAccounts(database, principalOf(request), request.params.id),
      }),
    );
    app.post(
      '/v1/organisations/:id/accounts',
      {
        schema: operation({
          operationId: 'addAccount',
          summary: 'Add a person, by a login that says nothing of who it is',
          tags,
          params: OrganisationParams,
          body: NewAccountBody,
          answers: { 201: AccountAnswer },
          problems: [404, 409],
        }),
      },
      async (request, reply) => {
        const by = principalOf(request);
        const made = await addAccount(database, by, request.params.id, request.body, now());
        return reply.code(201).send(made);
      },
    );
    app.patch(
      '/v1/organisations/:id/accounts/:login',
      {
        schema: operation({
          operationId: 'changeAccount',
          summary: "Change a person's role, ways in or suspension; sessions end",
          tags,
          params: AccountParams,
          body: AccountChangeBody,
          answers: { 200: AccountAnswer },
          problems: [404, 409],
        }),
      },
      (request) => {
        const { id, login } = request.params;
        return changeAccount(database, principalOf(request), id, login, request.body, now());
      },
    );
  };
}

function answerKey({ id, label, role, madeAt, expiresAt, revokedAt }: KeyView): KeyAnswer {
  return {
    id,
    label,
    role,
    madeAt: madeAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  };
}

function date(text: string): Date {
  const value = new Date(text);
  if (Number.isNaN(value.getTime()))
    throw wrong('expiresAt', 'It is no instant: ISO 8601 with offset.');
  return value;
}
