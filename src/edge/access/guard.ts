import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { Problem } from '../http/problem.js';
import { type Authenticator, unauthorised } from './authenticate.js';
import { checkCsrf, findToken, isLoopbackName } from './cookies.js';
import { addressOf, isLoopbackAddress } from './failures.js';
import { type Cell, POLICIES, type Policy, policyName } from './policies.js';
import type { Organisation, Principal } from './principal.js';
import { type Concerned, isOver, isRelated } from './relations.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, where the route's policy asks for somebody. */
    principal: Principal | undefined;
  }
}

/** What the guard needs to know of the world; without it, only local and public routes can be served. */
export interface Guarded {
  readonly authenticator: Pick<Authenticator, 'ofKey' | 'ofSession'>;
  readonly findOrganisation: (id: string) => Promise<Organisation | undefined>;
  readonly findDeclaration: (id: string) => Promise<Concerned | undefined>;
}

/**
 * Denies by default (P12): a route that is not in the table of policies stops the server from starting, and each
 * request must satisfy the policy of its route before anything of it is read. 401: nobody known; 403: not
 * this kind, level or role, whatever it is about; 404: not related to what it is about, or it is not there.
 */
export async function guardPolicies(
  app: FastifyInstance,
  guarded?: Guarded,
  policies: Readonly<Record<string, Policy>> = POLICIES,
): Promise<void> {
  await app.register(fastifyCookie);
  app.decorateRequest('principal', undefined);
  app.addHook('onRoute', (route) => {
    for (const name of namesOf(route)) {
      const policy = findPolicy(policies, name);
      if (!policy) throw new Error(`${name} has no policy`);
      if (!guarded && policy !== 'local' && policy !== 'public' && policy !== 'peers') {
        throw new Error(`${name} needs to know who asks`);
      }
    }
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const name = policyName(request.method, request.routeOptions.url ?? '');
    await check(request, findPolicy(policies, name), guarded);
  });
}

/** Who asks; only for handlers of routes whose policy asks for somebody. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error(`${request.routeOptions.url} lets in who is not known`);
  return request.principal;
}

function findPolicy(policies: Readonly<Record<string, Policy>>, name: string): Policy | undefined {
  return Object.hasOwn(policies, name) ? policies[name] : undefined;
}

function namesOf({ method, url }: RouteOptions): string[] {
  return [method].flat().map((each) => policyName(each, url));
}

async function check(
  request: FastifyRequest,
  policy: Policy | undefined,
  guarded: Guarded | undefined,
): Promise<void> {
  if (policy === 'public' || policy === 'peers') return;
  if (policy === 'local') return checkLocal(request);
  if (!policy || !guarded) throw forbidden('Nobody may.');
  const principal = await authenticate(request, guarded.authenticator);
  request.principal = principal;
  if (policy === 'signedIn') return;
  const cells = policy.cells.filter((cell) => admits(cell, principal));
  if (cells.length === 0) {
    throw forbidden(`It is not for a ${principal.role} of this kind of organisation.`);
  }
  if (
    policy.of &&
    !(await isAnyRelated(cells, principal.organisation, policy.of, request, guarded))
  ) {
    throw new Problem(404, 'Not found', `There is no such ${policy.of}.`);
  }
}

/**
 * The name asked for is checked as well as the address, so that a foreign page cannot reach this server
 * through a name that it points at 127.0.0.1; and that no proxy asks for somebody elsewhere.
 */
function checkLocal(request: FastifyRequest): void {
  const addresses = [request.ip, addressOf(request)];
  if (addresses.every(isLoopbackAddress) && isLoopbackName(request.hostname)) return;
  throw forbidden('This is for the machine that the server runs on only.');
}

/** A key goes before a session: programs send it on purpose. */
async function authenticate(
  request: FastifyRequest,
  authenticator: Guarded['authenticator'],
): Promise<Principal> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, secret] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return authenticator.ofKey(secret ?? '', addressOf(request));
  }
  const token = findToken(request);
  if (token === undefined) throw unauthorised();
  checkCsrf(request, token);
  return authenticator.ofSession(token, addressOf(request));
}

function admits({ kinds, levels, roles }: Cell, { organisation, role }: Principal): boolean {
  const { kind, level } = organisation;
  return kinds.includes(kind) && roles.includes(role) && (levels?.includes(level) ?? true);
}

async function isAnyRelated(
  cells: readonly Cell[],
  viewer: Organisation,
  of: 'organisation' | 'declaration',
  request: FastifyRequest,
  { findOrganisation, findDeclaration }: Guarded,
): Promise<boolean> {
  const id = idOf(request);
  // Checked before the route's own schema, and PostgreSQL takes no text with it.
  if (id.includes('\0')) return false;
  if (of === 'organisation') {
    const other = await findOrganisation(id);
    return other !== undefined && cells.some(({ relation }) => isOver(viewer, relation, other));
  }
  const declaration = await findDeclaration(id);
  return (
    declaration !== undefined &&
    cells.some(({ relation }) => isRelated(viewer, relation, declaration))
  );
}

function idOf({ params }: FastifyRequest): string {
  if (typeof params === 'object' && params && 'id' in params) return String(params.id);
  throw new Error('a route that is about something has no parameter id');
}

function forbidden(detail: string): Problem {
  return new Problem(403, 'Forbidden', detail);
}
