import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STAMPS_MOST } from '../../../track/track-network.js';
import { principalOf } from '../../access/guard.js';
import { notThere } from '../../access/refusals.js';
import { parseInstant } from '../../gate/instant.js';
import { type Sight, sees } from '../../track/sight.js';
import { firstSlot, type TrackSeason } from '../../track/track-season.js';
import { sendEvents, withStream } from '../gate/event-stream.js';
import { titleOf } from '../gate/problems.js';
import { operation } from '../gate/route.js';
import { Problem } from '../problem.js';
import type { TrackContext } from './context.js';
import { flowView } from './flow-view.js';
import { streamNetwork } from './network-stream.js';
import {
  FlowsAnswer,
  FlowsQuery,
  NetworkAnswer,
  ResourceParams,
  SLOTS_MOST,
  StockAnswer,
} from './schema.js';

const tags = ['network'];

/** Where parcels are and how they flow, as far as whoever asks may see (T3, T4, T7, T8). */
export function networkRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  const { board, text, service } = context;
  return async (app) => {
    app.get(
      '/v1/network/state',
      {
        schema: operation({
          operationId: 'getNetworkState',
          summary: 'All resources that the caller may see, at one moment, with its age',
          tags,
          answers: { 200: NetworkAnswer },
        }),
      },
      async (request, reply) =>
        sendText(reply, await text.picture(sightOf(context, request), await board.picture())),
    );
    app.get(
      '/v1/network/changes',
      {
        schema: operation({
          operationId: 'followNetwork',
          summary:
            'Server-sent events: picture, as getNetworkState answers; then changes, the resources that changed; alive, its age',
          tags,
          answers: { 200: 'text/event-stream' },
        }),
      },
      (request, reply) =>
        withStream(context, request, reply, async (signal) => {
          const sight = sightOf(context, request);
          // Asked for first: what fails is still told as a problem.
          const first = await board.picture();
          return sendEvents(reply, (response) =>
            streamNetwork(response, { ...context, sight, first, signal }),
          );
        }),
    );
    app.get(
      '/v1/resources/:id/stock',
      {
        schema: operation({
          operationId: 'getStock',
          summary: 'Parcels at a resource, and bound for it (T3)',
          tags,
          params: ResourceParams,
          answers: { 200: StockAnswer },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const sight = sightOf(context, request);
        const resource = resourceOf(context, sight, request.params.id);
        return sendText(reply, text.resource(sight, await board.picture(), resource));
      },
    );
    app.get(
      '/v1/resources/:id/flows',
      {
        schema: operation({
          operationId: 'listFlows',
          summary:
            'Distinct scans at a resource by slot and kind, with what came after it was closed',
          tags,
          params: ResourceParams,
          querystring: FlowsQuery,
          answers: { 200: FlowsAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const { id } = request.params;
        const resource = resourceOf(context, sightOf(context, request), id);
        const [from, until] = slotsOf(service.season, request.query);
        const flows = until > from ? await service.flows(resource, from, until) : [];
        return { resource: id, slots: flows.map((flow) => flowView(service.season, flow)) };
      },
    );
  };
}

function sightOf({ sights }: TrackContext, request: FastifyRequest): Sight {
  return sights.of(principalOf(request).organisation);
}

/** @throws Problem 404, in the same bytes for what is not there and what is not theirs (P11) */
function resourceOf({ service }: TrackContext, sight: Sight, id: string): number {
  const number = service.season.scenario.resources.ids.findText(id);
  if (number < 0 || !sees(sight, number)) throw notThere('resource');
  return number;
}

function sendText(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(text);
}

/** Slots that begin before `to` and end after `from`, as far as stamps go. @throws Problem 400 */
function slotsOf(
  season: TrackSeason,
  asked: { readonly from: string; readonly to: string },
): [from: number, until: number] {
  const { slotMs } = season.network;
  const start = Date.parse(season.scenario.start);
  const first = firstSlot(season);
  const from = Math.max(first, Math.floor((parseInstant(asked.from) - start) / slotMs));
  const last = first + Math.floor(STAMPS_MOST / slotMs);
  const until = Math.min(last, Math.ceil((parseInstant(asked.to) - start) / slotMs));
  if (until - from <= SLOTS_MOST) return [from, until];
  throw new Problem(400, titleOf(400), `At most ${SLOTS_MOST} slots are answered at a time.`);
}
