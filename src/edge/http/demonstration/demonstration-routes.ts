import { gzipSync } from 'node:zlib';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Demonstration } from '../../access/demonstration.js';
import type { Night } from '../../night/night.js';
import { operation } from '../gate/route.js';
import { Problem } from '../problem.js';
import { answerNight } from './night-answer.js';
import { NightAnswer } from './night-schema.js';
import { DemonstrationAnswer } from './schema.js';

/** What a server shows whoever has not signed in. */
export interface ShownDemonstration extends Demonstration {
  /** Undefined where the season is not simulated for it. */
  readonly night?: Night | undefined;
}

const tags = ['demonstration'];

/**
 * What the first page and the sign-in page say of a demonstration. Where there is none, the one that all pages ask says so in an
 * answer and not in an error: they ask before they know.
 */
export function demonstrationRoutes(
  demonstration: ShownDemonstration | undefined,
): FastifyPluginAsyncTypebox {
  const shown = answerDemonstration(demonstration);
  const night = demonstration?.night && new NightText(demonstration.night);
  return async (app) => {
    app.get(
      '/v1/demonstration',
      {
        schema: operation({
          operationId: 'getDemonstration',
          summary: 'As whom one can sign in to the demonstration, on the machine that it runs on',
          tags,
          open: true,
          answers: { 200: DemonstrationAnswer },
        }),
      },
      async (_request, reply) => reply.header('cache-control', 'no-store').send(shown),
    );
    app.get(
      '/v1/demonstration/night',
      {
        schema: operation({
          operationId: 'getNight',
          summary: 'The season of the demonstration simulated twice: released at once, and by plan',
          tags,
          open: true,
          answers: { 200: NightAnswer },
          problems: [404],
        }),
      },
      async (request, reply) => {
        if (!night) throw new Problem(404, 'Not found', 'No night is shown here.');
        const { etag, text, gzipped } = night.get();
        reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
        if (request.headers['if-none-match'] === etag) return reply.code(304).send();
        reply.type('application/json; charset=utf-8');
        const isSmall = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
        return isSmall
          ? reply.header('content-encoding', 'gzip').send(gzipped)
          : reply.serializer(String).send(text);
      },
    );
  };
}

/** The answer, made once for what has been made of the night. */
class NightText {
  readonly #run = Date.now().toString(36);
  #version = -1;
  #made = { etag: '', text: '', gzipped: Buffer.alloc(0) };

  constructor(private readonly night: Night) {}

  get(): { etag: string; text: string; gzipped: Buffer } {
    const { version } = this.night;
    if (version !== this.#version) {
      const text = JSON.stringify(answerNight(this.night));
      this.#made = { etag: `"${this.#run}-${version}"`, text, gzipped: gzipSync(text) };
      this.#version = version;
    }
    return this.#made;
  }
}

function answerDemonstration(demonstration: ShownDemonstration | undefined): DemonstrationAnswer {
  if (!demonstration) return { organisations: [], logins: [], night: false };
  const { organisations, logins, password, night } = demonstration;
  return {
    organisations: organisations.map(({ id, kind, level, region }) => ({
      id,
      kind,
      level,
      region,
    })),
    logins: [...logins],
    password,
    night: night !== undefined,
  };
}
