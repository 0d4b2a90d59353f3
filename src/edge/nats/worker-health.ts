import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { portProblem } from '../port-problem.js';
import type { TrackWorker } from './track-worker.js';

export interface WorkerHealth {
  readonly port: number;
  close(): Promise<void>;
}

/** Tells those who run a worker, on this machine only, how it is: /health, /ready and /metrics. */
export async function serveWorkerHealth(worker: TrackWorker, port: number): Promise<WorkerHealth> {
  const metrics = metricsOf(worker);
  const server = createServer((request, reply) => {
    if (request.url === '/health') return reply.end('{"status":"ok"}\n');
    if (request.url === '/ready') {
      reply.statusCode = worker.isReady ? 200 : 503;
      return reply.end(`${JSON.stringify({ logs: worker.status() })}\n`);
    }
    if (request.url === '/metrics') {
      return void metrics.metrics().then((text) => reply.end(text));
    }
    reply.statusCode = 404;
    return reply.end();
  });
  await listen(server, port);
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, 'localhost');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw portProblem(port, error);
  }
}

function metricsOf(worker: TrackWorker): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  type LogOf = ReturnType<TrackWorker['status']>[number];
  const gauge = (name: string, help: string, value: (log: LogOf) => number): Gauge =>
    new Gauge({
      name,
      help,
      labelNames: ['log'],
      registers: [registry],
      collect(): void {
        this.reset();
        for (const log of worker.status()) {
          if (log.inHand !== undefined) this.set({ log: log.log }, value(log));
        }
      },
    });
  gauge('cuofeng_track_log_entries', 'Entries of the logs that this worker owns', (of) => of.seq);
  gauge('cuofeng_track_in_hand', 'Messages that are not in their log yet', (of) => of.inHand ?? 0);
  gauge('cuofeng_track_behind_ms', 'How long the oldest of them waits', (of) => of.behindMs);
  return registry;
}
