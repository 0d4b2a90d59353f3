import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';

const WINDOW_MS = 60_000;
/** Who is counted at most; beyond, the oldest are forgotten. */
const COUNTED_MOST = 10_000;

/**
 * Failed attempts to be somebody, per minute and per name of the one or thing that fails; at the limit, further
 * ones are refused until the minute is over. Each process counts its own.
 */
export class Failures {
  readonly #counts = new Map<string, { count: number; until: number }>();

  /** @param now milliseconds since 1970. */
  constructor(
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  /** @throws Problem 429 where there were too many. */
  check(name: string): void {
    const found = this.#counts.get(name);
    const left = found ? found.until - this.now() : 0;
    if (!found || left <= 0 || found.count < this.most) return;
    throw new Problem(429, 'Too many attempts', 'Too many attempts failed; wait.', {
      'retry-after': String(Math.ceil(left / 1000)),
    });
  }

  /** Counts an attempt as failed before it is made, so that many at once are as many. @throws Problem 429 */
  attempt(name: string): void {
    this.check(name);
    this.add(name);
  }

  /** The attempt did not fail. */
  forgive(name: string): void {
    const found = this.#counts.get(name);
    if (found) found.count -= 1;
  }

  add(name: string): void {
    const now = this.now();
    const found = this.#counts.get(name);
    if (found && found.until > now) {
      found.count += 1;
      return;
    }
    this.#counts.delete(name);
    if (this.#counts.size >= COUNTED_MOST) this.#forgetOldest();
    this.#counts.set(name, { count: 1, until: now + WINDOW_MS });
  }

  #forgetOldest(): void {
    for (const name of this.#counts.keys()) {
      this.#counts.delete(name);
      return;
    }
  }
}

/**
 * Where a request comes from. A proxy on this machine says so at the end of X-Forwarded-For; from anywhere else the header
 * may say what it likes. Nothing but limits hangs on it.
 */
export function addressOf({ ip, headers }: FastifyRequest): string {
  const forwarded = headers['x-forwarded-for'];
  if (!isLoopbackAddress(ip) || typeof forwarded !== 'string') return ip;
  return forwarded.split(',').at(-1)?.trim() || ip;
}

export function isLoopbackAddress(address: string): boolean {
  return LOOPBACK.has(address);
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whom an address stands for: of version 6, a household or firm has 2^64 of them. */
export function sourceOf(address: string): string {
  return isIPv6(address) && !address.startsWith('::ffff:')
    ? expand(address).slice(0, 4).join(':')
    : address;
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [head, tail] = address
    .split('%')[0]
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  if (!tail) return head;
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
}
