import {
  type FastifyPluginAsyncTypebox,
  TypeBoxValidatorCompiler,
} from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { STAMPS_MOST } from '../../track/track-network.js';
import { notThere } from '../access/refusals.js';
import type { Sight } from '../track/sight.js';
import { firstSlot, type TrackSeason } from '../track/track-season.js';
import type { TrackService } from '../track/track-service.js';
import { sendEvents } from './gate/event-stream.js';
import { LIMITS, type Limits } from './gate/limits.js';
import { answerGateProblems } from './gate/problems.js';
import {
  LiveAnswer,
  LiveFlowsAnswer,
  LiveResourceParams,
  LiveWarningsAnswer,
} from './live-schema.js';
import { LiveText } from './live-text.js';
import { answerLiveWarnings, type LiveWarningDesks } from './live-warnings.js';
import { flowView } from './track/flow-view.js';
import { streamNetwork } from './track/network-stream.js';
import { PictureBoard } from './track/picture-board.js';

/** Slots of flows on show, with the one under way: a day of hours. */
const FLOW_SLOTS = 24;

/** What the console watches. */
export interface LiveDesks {
  readonly service: TrackService;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
  readonly warnings?: LiveWarningDesks;
  readonly limits?: Limits;
  /** Aborted when the server is to stop. */
  readonly stopping: AbortSignal;
}

/**
 * The network as it lives, for the console on this machine: it sees everything, as long as the policy of these routes is
 * `local`. Programs and people elsewhere ask /v1/network, by key or session.
 */
export function liveRoutes(desks: LiveDesks): FastifyPluginAsyncTypebox {
  const { service, warnings, limits = LIMITS } = desks;
  const { season } = service;
  const board = new PictureBoard(service, limits.pictureMs);
  const text = new LiveText(season);
  const sight = sightOfHubs(season);
  const answer = answerOf(desks, sight);
  return async (app) => {
    app.setValidatorCompiler(TypeBoxValidatorCompiler);
    answerGateProblems(app);
    app.get('/live', { schema: { response: { 200: LiveAnswer } } }, async () => answer);
    app.get('/live/changes', async (_request, reply) => {
      // Asked for first: what fails is still told as a problem.
      const first = await board.picture();
      const signal = endOf(reply, desks.stopping);
      return sendEvents(reply, (response) =>
        streamNetwork(response, { board, text, limits, sight, first, signal }),
      );
    });
    app.get(
      '/live/resources/:id/flows',
      { schema: { params: LiveResourceParams, response: untyped(LiveFlowsAnswer) } },
      async ({ params: { id } }, reply) => {
        reply.header('cache-control', 'no-store');
        const resource = season.scenario.resources.ids.findText(id);
        if (resource < 0) throw notThere('resource');
        const [from, until] = lastSlots(season);
        const flows = until > from ? await service.flows(resource, from, until) : [];
        return { resource: id, slots: flows.map((flow) => flowView(season, flow)) };
      },
    );
    if (!warnings) return;
    app.get(
      '/live/warnings',
      { schema: { response: untyped(LiveWarningsAnswer) } },
      (_request, reply) => {
        reply.header('cache-control', 'no-store');
        return answerLiveWarnings(warnings, season.scenario);
      },
    );
  };
}

/** Views are made by name, not by type. */
function untyped(answer: object): unknown {
  return { 200: answer };
}

function sightOfHubs({ scenario: { resources } }: TrackSeason): Sight {
  const hubs = resources.kind.flatMap((kind, r) => (kind === 'hub' ? [r] : []));
  return { key: 'hubs', resources: Int32Array.from(hubs), isWhole: true };
}

function answerOf({ service, scale, warnings }: LiveDesks, { resources: hubs }: Sight): LiveAnswer {
  const { ids, kind, operator, region, floor, capacity } = service.season.scenario.resources;
  return {
    scale,
    warnings: warnings !== undefined,
    hubs: Array.from(hubs, (r) => ({
      id: ids.get(r),
      kind: kind[r],
      operator: operator[r],
      region: region[r],
      floor: floor[r] >= 0 ? floor[r] : null,
      capacity: capacity[r],
    })),
  };
}

/** Aborted when the reader goes or the server is to stop. */
function endOf(reply: FastifyReply, stopping: AbortSignal): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, stopping]);
}

/** As far as stamps go. */
function lastSlots(season: TrackSeason): [from: number, until: number] {
  const { scenario, network, timing } = season;
  const now = Math.floor((timing.now() - Date.parse(scenario.start)) / network.slotMs);
  const first = firstSlot(season);
  const last = first + Math.floor(STAMPS_MOST / network.slotMs);
  return [Math.max(first, now + 1 - FLOW_SLOTS), Math.min(last, now + 1)];
}
