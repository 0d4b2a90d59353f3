import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a person's sign-in at the issuer was asked with. */
interface Asked {
  readonly subject: string;
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirect: string | null;
}

/** Claims of an ID token, or the key it is signed with, that are not as they should be. */
export interface Lies {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

const CLIENT = { id: 'cuofeng', secret: 'a secret between us' };

/** A small OpenID provider on this machine: authorization code with PKCE, ID tokens signed with ES256. */
export class OidcIssuer {
  readonly client = CLIENT;
  lies: Lies = {};
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #codes = new Map<string, Asked>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) =>
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<OidcIssuer> {
    const issuer = new OidcIssuer();
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== 'object') throw new Error('it listens to no port');
    return `http://127.0.0.1:${address?.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What a person does who is sent here and signs in: gives where the browser is sent back to. */
  signIn(address: string, subject: string): string {
    const { searchParams } = new URL(address);
    const code = randomBytes(8).toString('hex');
    const redirect = searchParams.get('redirect_uri');
    this.#codes.set(code, {
      subject,
      redirect,
      nonce: searchParams.get('nonce'),
      challenge: searchParams.get('code_challenge'),
    });
    const back = new URL(redirect ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', searchParams.get('state') ?? '');
    return back.href;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    if (request.url === '/.well-known/openid-configuration')
      return { status: 200, body: this.#metadata() };
    if (request.url === '/keys') {
      const jwk = this.#keys.publicKey.export({ format: 'jwk' });
      return { status: 200, body: { keys: [{ ...jwk, alg: 'ES256', use: 'sig' }] } };
    }
    const asked = this.#redeem(new URLSearchParams(await text(request)));
    if (!asked) return { status: 400, body: { error: 'invalid_grant' } };
    const body = { access_token: 'none', token_type: 'Bearer', id_token: this.#token(asked) };
    return { status: 200, body };
  }

  #metadata(): object {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** A code counts once, for who has the verifier and the client's secret. */
  #redeem(form: URLSearchParams): Asked | undefined {
    const code = form.get('code') ?? '';
    const asked = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      asked?.challenge === challenge &&
      asked.redirect === form.get('redirect_uri') &&
      form.get('client_id') === CLIENT.id &&
      form.get('client_secret') === CLIENT.secret;
    return isRight ? asked : undefined;
  }

  #token({ subject, nonce }: Asked): string {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: this.url, aud: CLIENT.id, sub: subject, nonce, iat: now, exp: now + 60 };
    const parts = [{ alg: 'ES256' }, { ...right, ...this.lies.claims }];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const key = this.lies.key ?? this.#keys.privateKey;
    const signature = sign('sha256', Buffer.from(signed.join('.')), {
      key,
      dsaEncoding: 'ieee-p1363',
    });
    return [...signed, signature.toString('base64url')].join('.');
  }
}
