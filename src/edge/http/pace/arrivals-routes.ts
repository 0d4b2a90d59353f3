import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { DEFAULT_TRACK_POLICY } from '../../../track/policy.js';
import { principalOf } from '../../access/guard.js';
import type { ArrivalsBoard, Expected } from '../../pace/arrivals-board.js';
import { operation } from '../gate/route.js';
import { ArrivalsAnswer } from './arrivals-schema.js';

export interface ArrivalsContext {
  readonly board: ArrivalsBoard;
  readonly scale: number;
  /** The season's clock, ms since 1970. */
  readonly now: () => number;
}

/** Slots back that are told: a day of hours. */
const PAST_SLOTS = 24;
const HOUR_MS = 3_600_000;

/** What last-mile operators expect at their own stations and lockers. */
export function arrivalsRoutes({ board, scale, now }: ArrivalsContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/arrivals',
      {
        schema: operation({
          operationId: 'getArrivals',
          summary: 'What arrives today and tomorrow at the own stations and lockers, by slot',
          tags: ['pace'],
          answers: { 200: ArrivalsAnswer },
        }),
      },
      async (request, reply) => {
        const { organisation } = principalOf(request);
        const { resources } = board.sightOf(organisation);
        const expected = await board.look();
        const { at, slot } = expected.seen;
        reply.header('cache-control', 'no-store');
        return {
          at: new Date(at).toISOString(),
          ageMs: Math.max(0, Math.round(now() - at)),
          scale,
          slots: { from: slot - PAST_SLOTS, now: slot, until: slot + expected.projection.slots },
          places: Array.from(resources, (r) => placeOf(board, expected, r)),
        };
      },
    );
  };
}

function placeOf(
  { scenario: { resources } }: ArrivalsBoard,
  { seen, projection, onTheWay }: Expected,
  r: number,
): ArrivalsAnswer['places'][number] {
  const { slots, known, later, declared } = projection;
  const ahead = (of: (at: number) => number) =>
    Array.from({ length: slots }, (_, u) => Math.round(of(r * slots + u)));
  const floor = resources.floor[r];
  const ageMs = seen.ageHours[r] * HOUR_MS;
  return {
    id: resources.ids.get(r),
    kind: resources.kind[r],
    operator: resources.operator[r],
    region: resources.region[r],
    floor: Number.isNaN(floor) ? null : floor,
    stock: seen.stock[r],
    bound: seen.bound[r],
    newestAt: Number.isNaN(ageMs) ? null : new Date(seen.at - ageMs).toISOString(),
    stale: !(ageMs <= DEFAULT_TRACK_POLICY.staleAfterMs),
    past: { arrived: lastOf(seen.arrived, r), left: lastOf(seen.departed, r) },
    onTheWay: ahead((at) => onTheWay[at]),
    inNetwork: ahead((at) => Math.max(0, known[at] - onTheWay[at])),
    planned: ahead((at) => later[at]),
    capacity: ahead((at) => declared[at]),
  };
}

function lastOf({ slots, values }: Expected['seen']['arrived'], r: number): number[] {
  const end = (r + 1) * slots;
  return [...values.subarray(Math.max(r * slots, end - PAST_SLOTS), end)];
}
