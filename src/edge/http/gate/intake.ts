import type { FastifyInstance, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import { Problem } from '../problem.js';
import type { Limits } from './limits.js';
import { later } from './problems.js';
import { tooLarge } from './read-body.js';

/** How much is left of a limited thing, in all and for each organisation. */
export class Budget {
  readonly #taken = new Map<string, number>();
  #sum = 0;

  constructor(
    readonly mostOfOne: number,
    readonly most: number,
  ) {}

  get taken(): number {
    return this.#sum;
  }

  /** Takes so much, or tells who has too much: the organisation, or all together. */
  take(organisation: string, amount: number): 'taken' | 'own' | 'all' {
    const own = (this.#taken.get(organisation) ?? 0) + amount;
    if (own > this.mostOfOne) return 'own';
    if (this.#sum + amount > this.most) return 'all';
    this.#taken.set(organisation, own);
    this.#sum += amount;
    return 'taken';
  }

  giveBack(organisation: string, amount: number): void {
    const own = (this.#taken.get(organisation) ?? 0) - amount;
    if (own > 0) this.#taken.set(organisation, own);
    else this.#taken.delete(organisation);
    this.#sum -= amount;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Bytes taken of the budget of bodies for this request. */
    bodyBytes: number;
  }
  interface FastifyContextConfig {
    /** Lines of scans are read whole, and have a budget of their own; lines of other routes are a stream. */
    lines?: 'whole';
  }
}

/** Bytes of bodies under way: scans have a budget of their own, so that they leave requests theirs. */
export interface Bodies {
  readonly requests: Budget;
  readonly scans: Budget;
}

/** From which share of the memory that may be used something is refused: reading first, then scans, requests last. */
const MEMORY_FOR = { reading: 0.8, scans: 0.9, requests: 1 };

/**
 * Refuses what would be too much, before a byte of its body is read (P10): a body larger than one may be (413), an
 * organisation with too much under way (429, that organisation only), a server with too much memory in use (503).
 */
export function guardIntake(
  app: FastifyInstance,
  limits: Limits,
  bodies: Bodies,
  memoryBytes: () => number,
): void {
  app.decorateRequest('bodyBytes', 0);
  app.addHook('preParsing', async (request) => {
    if (!request.principal) return;
    const what = request.method === 'GET' ? 'reading' : budgetOf(request);
    if (memoryBytes() / limits.memoryBytesMost > MEMORY_FOR[what]) {
      throw later(503, 'The server has no memory to spare.', 5);
    }
    takeBytes(request, limits, bodies[budgetOf(request)]);
  });
  app.addHook('onResponse', async (request) => {
    if (request.bodyBytes > 0) giveBack(request, bodies[budgetOf(request)]);
  });
}

function budgetOf({ routeOptions }: FastifyRequest): keyof Bodies {
  return routeOptions.config?.lines === 'whole' ? 'scans' : 'requests';
}

function takeBytes(request: FastifyRequest, limits: Limits, budget: Budget): void {
  const bytes = expectedBytes(request, limits);
  if (bytes === 0) return;
  const taken = budget.take(organisationOf(request), bytes);
  if (taken === 'own') throw later(429, 'Too much of your organisation is under way.', 1);
  if (taken === 'all') throw later(503, 'Too much is under way.', 1);
  request.bodyBytes = bytes;
}

/** Of a body that does not say how long it is, the most that one may have; of a stream, what is held of it. */
function expectedBytes(request: FastifyRequest, limits: Limits): number {
  const { headers } = request;
  if (budgetOf(request) === 'requests' && isStream(headers['content-type'])) {
    return 2 * limits.lineBytesMost;
  }
  if (headers['transfer-encoding'] !== undefined) return limits.bodyBytesMost;
  const bytes = Number(headers['content-length'] ?? 0);
  if (!Number.isSafeInteger(bytes)) throw new Problem(400, 'Bad Request', 'No such length.');
  if (bytes > limits.bodyBytesMost) throw tooLarge(limits.bodyBytesMost);
  return bytes;
}

function isStream(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/x-ndjson') ?? false;
}

function giveBack(request: FastifyRequest, budget: Budget): void {
  budget.giveBack(organisationOf(request), request.bodyBytes);
  request.bodyBytes = 0;
}

export function organisationOf(request: FastifyRequest): string {
  return principalOf(request).organisation.id;
}
