import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DecidedBody, GateService } from '../../gate/gate-service.js';
import type { FairQueue } from './fair-queue.js';

const STATUS = '"status":"';

/** What Prometheus reads of the server; memory and the event loop's lag are among the default ones. */
export class HttpMetrics {
  readonly registry = new Registry();
  readonly #seconds = new Histogram({
    name: 'cuofeng_http_request_seconds',
    help: 'From the request to the end of the answer',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  countRequest(route: string, status: number, seconds: number): void {
    this.#seconds.observe({ route, status }, seconds);
  }
}

/** What Prometheus reads of the gate. */
export class GateMetrics {
  readonly #decisions: Counter<'outcome'>;
  readonly #batch: Histogram;

  constructor(
    readonly registry: Registry,
    gate: GateService,
    turns: FairQueue,
  ) {
    const registers = [registry];
    this.#decisions = new Counter({
      name: 'cuofeng_gate_decisions_total',
      help: 'Results given, by outcome',
      labelNames: ['outcome'],
      registers,
    });
    this.#batch = new Histogram({
      name: 'cuofeng_gate_batch_requests',
      help: 'Requests handed to the gate together by one call or part of a stream',
      buckets: [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000],
      registers,
    });
    const shards = (name: string, help: string, value: (of: ShardOf) => number): Gauge =>
      new Gauge({
        name,
        help,
        labelNames: ['shard'],
        registers,
        collect(): void {
          this.reset();
          for (const shard of gate.status()) this.set({ shard: shard.shard }, value(shard));
        },
      });
    shards(
      'cuofeng_gate_behind_seconds',
      'Decided but not yet durable since',
      (shard) => shard.behindMs / 1000,
    );
    shards('cuofeng_gate_ready', 'Whether the shard answers here', (shard) =>
      Number(shard.state === 'ready'),
    );
    shards('cuofeng_gate_tickets', 'Rows of tickets', (shard) => shard.tickets);
    shards('cuofeng_gate_plan', 'Version of the plan in force', (shard) => shard.plan);
    this.#sum(
      'cuofeng_gate_bytes_waiting',
      'Bytes of requests that wait for their turn',
      () => turns.waiting,
    );
    this.#sum(
      'cuofeng_gate_bytes_under_way',
      'Bytes of requests with the gate',
      () => turns.underWay,
    );
  }

  #sum(name: string, help: string, value: () => number): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      collect(): void {
        this.set(value());
      },
    });
  }

  countDecided(decided: Decided): void {
    const { ticketed, refused, errors } = decided;
    this.#batch.observe(ticketed + refused + errors);
    this.#decisions.inc({ outcome: 'ticketed' }, ticketed);
    this.#decisions.inc({ outcome: 'refused' }, refused);
    this.#decisions.inc({ outcome: 'error' }, errors);
  }
}

/** Results by their status. */
type Decided = Pick<DecidedBody, 'ticketed' | 'refused' | 'errors'>;

/** Counts results by their JSON texts: quotes in ids are escaped, so that the first match is the field. */
export function countResults(results: readonly string[]): Decided {
  const counts = { ticketed: 0, refused: 0, errors: 0 };
  for (const text of results) {
    const letter = text[text.indexOf(STATUS) + STATUS.length];
    if (letter === 't') counts.ticketed += 1;
    else if (letter === 'r') counts.refused += 1;
    else counts.errors += 1;
  }
  return counts;
}

type ShardOf = ReturnType<GateService['status']>[number];
