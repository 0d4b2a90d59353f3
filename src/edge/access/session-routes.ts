import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { operation } from '../http/gate/route.js';
import type { AccessContext } from './context.js';
import {
  clearCookie,
  findToken,
  originOf,
  readCookie,
  refuseForeignPages,
  setCookie,
} from './cookies.js';
import { addressOf } from './failures.js';
import { principalOf } from './guard.js';
import { Oidc, SIGN_IN_SECONDS } from './oidc.js';
import type { Principal } from './principal.js';
import { CallbackQuery, Credentials, OidcQuery, SessionView } from './schema.js';
import { csrfOf } from './secrets.js';
import { endSession } from './sessions.js';
import { type SignedIn, SignIn } from './sign-in.js';

const tags = ['session'];
const CALLBACK = '/v1/session/oidc/callback';

/** Signing in and out, and who one is. */
export function sessionRoutes({ database, now }: AccessContext): FastifyPluginAsyncTypebox {
  const signIn = new SignIn(database, now);
  return async (app) => {
    app.post(
      '/v1/session',
      {
        schema: operation({
          operationId: 'signIn',
          summary: 'Sign in with a password; the session is a cookie',
          tags,
          open: true,
          body: Credentials,
          answers: { 200: SessionView },
        }),
      },
      async (request, reply) => {
        refuseForeignPages(request);
        const session = await signIn.withPassword(request.body, addressOf(request));
        giveCookie(request, reply, session, now());
        return viewOf(session.principal, session.token);
      },
    );
    app.get(
      '/v1/session',
      {
        schema: operation({
          operationId: 'getSession',
          summary: 'Who asks',
          tags,
          answers: { 200: SessionView },
        }),
      },
      async (request) => viewOf(principalOf(request), tokenOf(request)),
    );
    app.delete(
      '/v1/session',
      {
        schema: operation({
          operationId: 'signOut',
          summary: 'Sign out: the session counts for no further request',
          tags,
          answers: { 204: null },
        }),
      },
      async (request, reply) => {
        const token = tokenOf(request);
        if (token !== undefined) {
          await database.transact({ as: 'keeper' }, (client) => endSession(client, token));
        }
        clearCookie(request, reply, 'session');
        return reply.code(204).send();
      },
    );
    await app.register(oidcRoutes(new Oidc(database, now), signIn, now));
  };
}

/** Pages to be visited: to the organisation's own provider, and back from there. */
function oidcRoutes(oidc: Oidc, signIn: SignIn, now: () => number): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/session/oidc',
      {
        schema: operation({
          operationId: 'beginOidc',
          summary: "Go to the organisation's OpenID provider to sign in",
          tags,
          open: true,
          querystring: OidcQuery,
          answers: { 302: null },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const redirect = `${originOf(request)}${CALLBACK}`;
        const { url, cookie } = await oidc.begin(request.query.organisation, redirect);
        setCookie(request, reply, 'oidc', cookie, SIGN_IN_SECONDS);
        return reply.header('cache-control', 'no-store').redirect(url, 302);
      },
    );
    app.get(
      CALLBACK,
      {
        schema: operation({
          operationId: 'endOidc',
          summary: 'Come back from the provider; the session is a cookie',
          tags,
          open: true,
          querystring: CallbackQuery,
          answers: { 303: null },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const address = `${originOf(request)}${request.url}`;
        const cookie = readCookie(request, 'oidc');
        clearCookie(request, reply, 'oidc');
        const { organisation, subject } = await oidc.end(cookie, address);
        const session = await signIn.withSubject(organisation, subject, addressOf(request));
        giveCookie(request, reply, session, now());
        return reply.header('cache-control', 'no-store').redirect('/', 303);
      },
    );
  };
}

function giveCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, until }: SignedIn,
  now: number,
): void {
  setCookie(request, reply, 'session', token, Math.floor((until - now) / 1000));
}

/** The session's token where it is what let the request in. */
function tokenOf(request: FastifyRequest): string | undefined {
  return request.headers.authorization === undefined ? findToken(request) : undefined;
}

function viewOf({ organisation, actor, role }: Principal, token: string | undefined): SessionView {
  return { organisation, actor, role, ...(token !== undefined && { csrf: csrfOf(token) }) };
}
