import {
  type FastifyPluginAsyncTypebox,
  TypeBoxValidatorCompiler,
} from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { answerGateProblems } from '../http/gate/problems.js';
import { readBody } from '../http/gate/read-body.js';
import { operation } from '../http/gate/route.js';
import type { AuditEntry } from './audit.js';
import type { AccessContext } from './context.js';
import { principalOf } from './guard.js';
import { accountRoutes, keyRoutes, organisationRoutes } from './organisation-routes.js';
import { AuditPage, AuditQuery } from './schema.js';
import { sessionRoutes } from './session-routes.js';
import { readAudit } from './verify-audit.js';

const PAGE = 100;

/**
 * What is sent here are some words. Whoever signs in is nobody known yet: only this bounds what strangers
 * make the server hold, bytes and milliseconds.
 */
const BODY = { bodyBytesMost: 8 * 1024, bodyMs: 10_000 };

/** Organisations, people, keys, sessions, and what they did. Answers are of the moment and of whoever asks. */
export function accessRoutes(context: AccessContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.setValidatorCompiler(TypeBoxValidatorCompiler);
    answerGateProblems(app);
    readBodies(app);
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    await app.register(sessionRoutes(context));
    await app.register(organisationRoutes(context));
    await app.register(keyRoutes(context));
    await app.register(accountRoutes(context));
    await app.register(auditRoutes(context));
  };
}

/** JSON only; prototype keys are refused. */
function readBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (request, payload, done) => {
    const parsed = (body: Buffer) => void parse(request, body.toString(), done);
    readBody(payload, BODY).then(parsed, done);
  });
}

function auditRoutes({ database }: AccessContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/audit',
      {
        schema: operation({
          operationId: 'listAudit',
          summary:
            'What people and keys of your organisation did, and what was done to it, in order or the newest first',
          tags: ['audit'],
          querystring: AuditQuery,
          answers: { 200: AuditPage },
        }),
      },
      async (request) => {
        const { order = 'oldest', limit = PAGE } = request.query;
        const { after = order === 'oldest' ? 0 : Number.MAX_SAFE_INTEGER } = request.query;
        const { id } = principalOf(request).organisation;
        const entries = await database.transact({ as: 'member', organisation: id }, (client) =>
          readAudit(client, id, after, limit, order),
        );
        const last = entries.length === limit ? entries.at(-1) : undefined;
        return { items: entries.map(answerEntry), ...(last && { next: last.seq }) };
      },
    );
  };
}

function answerEntry(entry: AuditEntry): AuditPage['items'][number] {
  const { seq, at, actor, action, subject, detail, previous, hash } = entry;
  return {
    seq,
    at: new Date(at).toISOString(),
    actor,
    action,
    subject,
    detail,
    previous: previous.toString('hex'),
    hash: hash.toString('hex'),
  };
}
