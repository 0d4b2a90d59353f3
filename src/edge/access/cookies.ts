import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { csrfOf, isSame, isToken } from './secrets.js';

/** Names of this machine, where connections cannot be listened to and browsers take cookies without TLS. */
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const CSRF_HEADER = 'x-csrf-token';

type Cookie = 'session' | 'oidc';

/** Whether it is asked for by a name of this machine. Anywhere else the way to us is encrypted, if only by a proxy. */
export function isLoopbackName(name: string): boolean {
  return LOOPBACK_NAMES.has(name);
}

/** `https://host` as browsers see it. */
export function originOf({ hostname, host }: FastifyRequest): string {
  return `${isLoopbackName(hostname) ? 'http' : 'https'}://${host}`;
}

/** `__Host-` binds a cookie to this very host; it needs `Secure`. */
function nameOf(request: FastifyRequest, cookie: Cookie): string {
  return isLoopbackName(request.hostname) ? `cuofeng-${cookie}` : `__Host-cuofeng-${cookie}`;
}

export function readCookie(request: FastifyRequest, cookie: Cookie): string | undefined {
  return request.cookies[nameOf(request, cookie)];
}

/** Sent with requests of our own pages only; that of a sign-in under way also when its provider sends back. */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  cookie: Cookie,
  value: string,
  seconds: number,
): void {
  reply.setCookie(nameOf(request, cookie), value, {
    ...attributes(request, cookie),
    maxAge: seconds,
  });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, cookie: Cookie): void {
  reply.clearCookie(nameOf(request, cookie), attributes(request, cookie));
}

function attributes(request: FastifyRequest, cookie: Cookie): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    secure: !isLoopbackName(request.hostname),
    sameSite: cookie === 'session' ? 'strict' : 'lax',
  };
}

/** The token of the session, if the request has one that can be. */
export function findToken(request: FastifyRequest): string | undefined {
  const token = readCookie(request, 'session');
  return token !== undefined && isToken(token) ? token : undefined;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Browsers name the page that a request comes from wherever it may change something, and send cookies by
 * themselves.
 *
 * @throws Problem 403 if another site's page sends it.
 */
export function refuseForeignPages(request: FastifyRequest): void {
  if (READS.has(request.method)) return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  const elsewhere = origin !== undefined && origin !== originOf(request);
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (elsewhere || foreign) {
    throw new Problem(403, 'Forbidden', 'Only the pages of this server may change anything.');
  }
}

/**
 * What changes anything with a session must show that it can read what this server answered to it.
 *
 * @throws Problem 403
 */
export function checkCsrf(request: FastifyRequest, token: string): void {
  refuseForeignPages(request);
  if (READS.has(request.method)) return;
  const sent = request.headers[CSRF_HEADER];
  if (typeof sent === 'string' && isSame(sent, csrfOf(token))) return;
  throw new Problem(403, 'Forbidden', `The header ${CSRF_HEADER} is missing or wrong.`);
}
