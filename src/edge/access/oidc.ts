import * as client from 'openid-client';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Problem } from '../http/problem.js';
import type { Database } from '../postgres/database.js';
import { unauthorised } from './authenticate.js';
import { isLoopbackName } from './cookies.js';
import { findIssuer, type Issuer, subjectHash } from './issuers.js';

/** Until when a person may be at the provider, seconds. */
export const SIGN_IN_SECONDS = 600;
/** A provider that does not answer by then is not asked further, seconds. */
const PATIENCE_SECONDS = 5;
/** How long what a provider says of itself is believed, milliseconds: its keys change rarely. */
const KNOWN_MS = 3_600_000;
/** How long one that failed is not asked again, milliseconds: anybody can make us ask. */
const FAILED_MS = 10_000;
const KNOWN_MOST = 1000;

/** A sign-in under way: kept by the browser, in a cookie, so that nobody can fill our tables by beginning them. */
const UnderWay = Type.Object({
  organisation: Type.String(),
  state: Type.String({ minLength: 1 }),
  nonce: Type.String({ minLength: 1 }),
  verifier: Type.String({ minLength: 1 }),
});
type UnderWay = Static<typeof UnderWay>;

interface Known {
  readonly issuer: Issuer;
  readonly configuration: Promise<client.Configuration>;
  until: number;
}

/**
 * Signs people in at their organisation's own OpenID provider: authorization code, with PKCE (RFC 7636), state and
 * nonce; the ID token's signature is checked although it comes over TLS. Who is not known by issuer and
 * subject stays out: nobody is added silently.
 */
export class Oidc {
  readonly #known = new Map<string, Known>();

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {}

  /**
   * Where to send the browser, and what it is to bring back.
   *
   * @param redirect our own address for the way back. @throws Problem 404 without a provider; 503
   */
  async begin(organisation: string, redirect: string): Promise<{ url: string; cookie: string }> {
    const { configuration } = await this.#provider(organisation);
    const underWay = {
      organisation,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirect,
      scope: 'openid',
      response_type: 'code',
      code_challenge: await client.calculatePKCECodeChallenge(underWay.verifier),
      code_challenge_method: 'S256',
      state: underWay.state,
      nonce: underWay.nonce,
    });
    const cookie = Buffer.from(JSON.stringify(underWay)).toString('base64url');
    return { url: url.href, cookie };
  }

  /**
   * Who came back. @param address of this request, with what the provider sent.
   *
   * @throws Problem 401, 503
   */
  async end(
    cookie: string | undefined,
    address: string,
  ): Promise<{ organisation: string; subject: Buffer }> {
    const underWay = parse(cookie);
    if (!underWay) throw unauthorised();
    const { organisation } = underWay;
    const { issuer, configuration } = await this.#provider(organisation);
    const sub = await grant(configuration, new URL(address), underWay);
    return { organisation, subject: subjectHash(issuer.issuer, sub) };
  }

  async #provider(
    organisation: string,
  ): Promise<{ issuer: Issuer; configuration: client.Configuration }> {
    const issuer = await this.database.transact({ as: 'keeper' }, (session) =>
      findIssuer(session, organisation),
    );
    if (!issuer) throw new Problem(404, 'Not found', 'No provider is known to sign in with.');
    let known = this.#known.get(organisation);
    if (!known || !isSame(known.issuer, issuer) || this.now() >= known.until) {
      known = { issuer, configuration: discover(issuer), until: this.now() + KNOWN_MS };
      if (this.#known.size >= KNOWN_MOST) this.#known.clear();
      this.#known.set(organisation, known);
      known.configuration.catch(this.#forgetSoon(known));
    }
    return { issuer, configuration: await known.configuration };
  }

  #forgetSoon(known: Known): () => void {
    return () => {
      known.until = this.now() + FAILED_MS;
    };
  }
}

async function discover({ issuer, clientId, clientSecret }: Issuer): Promise<client.Configuration> {
  const url = new URL(issuer);
  const insecure = url.protocol === 'http:' && isLoopbackName(url.hostname);
  try {
    const configuration = await client.discovery(url, clientId, clientSecret, undefined, {
      timeout: PATIENCE_SECONDS,
      ...(insecure && { execute: [client.allowInsecureRequests] }),
    });
    client.enableNonRepudiationChecks(configuration);
    return configuration;
  } catch {
    throw away();
  }
}

/** The subject that the provider vouches for. */
async function grant(
  configuration: client.Configuration,
  address: URL,
  { state, nonce, verifier }: UnderWay,
): Promise<string> {
  try {
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const sub = tokens.claims()?.sub;
    if (sub !== undefined) return sub;
  } catch (error) {
    if (error instanceof TypeError || isTimeout(error)) throw away();
  }
  throw unauthorised();
}

function isTimeout(error: unknown): boolean {
  return error instanceof client.ClientError && error.code === 'OAUTH_TIMEOUT';
}

function away(): Problem {
  const detail = "The organisation's provider does not answer as it should.";
  return new Problem(503, 'Service unavailable', detail, { 'retry-after': '10' });
}

function parse(cookie: string | undefined): UnderWay | undefined {
  if (cookie === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(Buffer.from(cookie, 'base64url').toString());
    return Value.Check(UnderWay, found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isSame(a: Issuer, b: Issuer): boolean {
  return a.issuer === b.issuer && a.clientId === b.clientId && a.clientSecret === b.clientSecret;
}
