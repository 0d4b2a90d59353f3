import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import type { GateContext } from './context.js';
import type { HttpMetrics } from './metrics.js';
import { later } from './problems.js';
import { operation } from './route.js';
import { GateAnswer, HealthAnswer, OverhangAnswer, SettledAnswer } from './schema.js';

const tags = ['gate'];

/** How the gate stands, and what stands above capacity. */
export function statusRoutes(context: GateContext): FastifyPluginAsyncTypebox {
  const { gate } = context;
  return async (app) => {
    app.get(
      '/v1/gate',
      {
        schema: operation({
          operationId: 'getGate',
          summary: "The gate's clock and shards",
          tags,
          answers: { 200: GateAnswer },
        }),
      },
      async () => ({ now: new Date(gate.now()).toISOString(), shards: gate.status() }),
    );
    app.get(
      '/v1/overhang',
      {
        schema: operation({
          operationId: 'listOverhang',
          summary: 'Tickets above the capacity in force (G8)',
          tags,
          answers: { 200: OverhangAnswer },
        }),
      },
      (request) => gate.overhang(principalOf(request)).then((items) => ({ items })),
    );
    app.post(
      '/v1/overhang/settle',
      {
        schema: operation({
          operationId: 'settleOverhang',
          summary:
            'Move the tickets that cost least to move out of overhang, later or to another route (G8)',
          tags,
          answers: { 200: SettledAnswer },
        }),
      },
      (request) => gate.settleOverhang(principalOf(request)).then((moved) => ({ moved })),
    );
  };
}

interface ProbeContext {
  readonly metrics: HttpMetrics;
  /** What is being opened, in a sentence, if anything is. */
  readonly opening: () => string | undefined;
  readonly stopping: AbortSignal;
}

/** For those who run the server. */
export function probeRoutes({
  metrics,
  opening,
  stopping,
}: ProbeContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/health',
      {
        schema: operation({
          operationId: 'getHealth',
          summary: 'Whether the process answers',
          tags,
          open: true,
          answers: { 200: HealthAnswer },
        }),
      },
      async () => ({ status: 'ok' }),
    );
    app.get(
      '/ready',
      {
        schema: operation({
          operationId: 'getReady',
          summary:
            'Whether to send requests here: nothing is being opened, and the server is not about to stop',
          tags,
          open: true,
          answers: { 200: HealthAnswer },
        }),
      },
      async () => {
        if (stopping.aborted) throw later(503, 'The server is about to stop.', 5);
        const what = opening();
        if (what !== undefined) throw later(503, what, 1);
        return { status: 'ok' };
      },
    );
    app.get(
      '/metrics',
      {
        schema: operation({
          operationId: 'getMetrics',
          summary: 'For Prometheus',
          tags,
          open: true,
          answers: { 200: 'text/plain' },
        }),
      },
      async (_request, reply) =>
        reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    );
  };
}
