import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../http/problem.js';
import { Busy, type ShardStatus, Unsure } from './gate-service.js';
import type { Remote, Seat } from './seat.js';
import type { ShardDesk } from './shard-desk.js';

/** What processes of one season ask of one another. */
const CALLS = [
  'decide',
  'change',
  'find',
  'list',
  'summarise',
  'tally',
  'loads',
  'overhang',
  'settleOverhang',
  'setCapacities',
] as const;
type Call = (typeof CALLS)[number];

/** Longer than an owner lets anyone wait. */
const TIMEOUT_MS = 15_000;
const BODY_BYTES_MOST = 32 * 2 ** 20;

/** What processes of one season show one another: whoever reads the season's key in the database is one of them. */
export function peerSecret(key: Int32Array): string {
  return createHmac('sha256', Buffer.from(key.buffer)).update('peer').digest('base64url');
}

/** Shards of other processes, over HTTP. */
export function remoteShards(secret: string, operatorsOf: (shard: number) => string[]): Remote {
  return (address, shard) => {
    const call = <T>(name: Call, args: readonly unknown[]): Promise<T> =>
      ask(`${address}/peers/shards/${shard}/${name}`, secret, args);
    const status: ShardStatus = {
      shard,
      operators: operatorsOf(shard),
      state: 'away',
      epoch: 0,
      plan: 0,
      tickets: 0,
      seq: 0,
      behindMs: 0,
    };
    const desk: ShardDesk = {
      decide: (...args) => call('decide', args),
      change: (...args) => call('change', args),
      find: (...args) => call('find', args),
      list: (...args) => call('list', args),
      summarise: (...args) => call('summarise', args),
      tally: (...args) => call('tally', args),
      loads: (...args) => call('loads', args),
      overhang: (...args) => call('overhang', args),
      settleOverhang: (...args) => call('settleOverhang', args),
      setCapacities: (...args) => call('setCapacities', args),
      status: () => status,
    };
    return desk;
  };
}

async function ask<T>(url: string, secret: string, args: readonly unknown[]): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Peer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new Unsure(2, `The process that has the shard does not answer: ${String(error)}`);
  }
  if (answer.status === 429) throw new Busy(1);
  if (!answer.ok) throw new Unsure(2, `The process that has the shard answers ${answer.status}.`);
  const { value }: { value: T } = JSON.parse(await answer.text());
  return value;
}

/** Answers other processes of the season for the shards that this one owns. */
export function peerRoutes(seats: readonly Seat[], secret: string) {
  const own = new Map(seats.map((seat) => [seat.shard, seat]));
  return async (app: FastifyInstance): Promise<void> => {
    app.post<{ Params: { shard: string; call: string }; Body: unknown[] }>(
      '/peers/shards/:shard/:call',
      {
        bodyLimit: BODY_BYTES_MOST,
        // Before anything is read of who is not one.
        onRequest: async ({ headers }) => {
          if (isSecret(headers.authorization, `Peer ${secret}`)) return;
          throw new Problem(401, 'Unauthorized', 'Only processes of this season may ask here.');
        },
      },
      async ({ params, body }) => {
        const desk = own.get(Number(params.shard))?.ownDesk;
        const name = CALLS.find((call) => call === params.call);
        if (!name || !Array.isArray(body)) throw new Problem(404, 'Not found', 'No such call.');
        if (!desk) throw new Problem(503, 'Not here', 'Another process has the shard.');
        return { value: await Reflect.apply(desk[name], desk, body) };
      },
    );
  };
}

function isSecret(given: string | undefined, expected: string): boolean {
  const [a, b] = [given ?? '', expected].map((text) => Buffer.from(text));
  return a.length === b.length && timingSafeEqual(a, b);
}
