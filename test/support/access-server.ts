import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { guardPolicies } from '../../src/edge/access/guard.js';
import { guardedBy } from '../../src/edge/access/guarded.js';
import { accessRoutes } from '../../src/edge/access/routes.js';
import { answerProblems } from '../../src/edge/http/problem.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { NOW } from './access-world.js';

/** The routes of organisations, people, keys and sessions over a database, behind the guard. */
export async function accessServer(
  database: PostgresDatabase,
  clock = { now: NOW },
): Promise<FastifyInstance> {
  const app = fastify({ ajv: { customOptions: { removeAdditional: false } } });
  const now = () => clock.now;
  answerProblems(app);
  await guardPolicies(app, guardedBy(database, now));
  await app.register(accessRoutes({ database, now }));
  return app;
}

/** A browser at a host, with its cookies; its pages send what ours do. */
export class Browser {
  readonly cookies = new Map<string, string>();
  csrf: string | undefined;

  constructor(
    readonly app: FastifyInstance,
    readonly host: string,
    readonly address = '192.0.2.7',
  ) {}

  get origin(): string {
    return `${this.host.startsWith('localhost') ? 'http' : 'https'}://${this.host}`;
  }

  async send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const response = await this.app.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        host: this.host,
        ...(method !== 'GET' && { origin: this.origin }),
        ...(this.csrf !== undefined && { 'x-csrf-token': this.csrf }),
        ...(this.cookies.size > 0 && {
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...headers,
      },
      ...(body && { payload: body }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (value === '' || maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Signs in with a password, and keeps what pages are told. */
  async signIn(
    organisation: string,
    login: string,
    password: string,
  ): Promise<LightMyRequestResponse> {
    const response = await this.send('POST', '/v1/session', { organisation, login, password });
    if (response.statusCode === 200) this.csrf = response.json<{ csrf: string }>().csrf;
    return response;
  }
}
