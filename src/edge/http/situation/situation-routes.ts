import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../../access/guard.js';
import type { Organisation } from '../../access/principal.js';
import { notThere } from '../../access/refusals.js';
import { Summaries } from '../../gate/summaries.js';
import { begunAt } from '../../situation/seen-places.js';
import { sees } from '../../track/sight.js';
import { operation } from '../gate/route.js';
import { knownSlots, type SeenPlaces, type SituationContext, situationNow } from './context.js';
import { figuresOf } from './figures-answer.js';
import { hubOf } from './hub-answer.js';
import { NetworkAnswers } from './network-answer.js';
import {
  HubAnswer,
  HubParams,
  SituationAnswer,
  SituationFigures,
  SituationQuery,
  SituationSlotAnswer,
  SlotParams,
} from './schema.js';
import { slotAnswer } from './slot-answer.js';

const tags = ['situation'];
/** Answers kept of each kind, for a second at least: for all who ask the same and share a sight. */
const KEPT_MOST = 500;

/** Something that was so at a moment: its text goes on behind its age. */
interface AgedText {
  readonly at: number;
  readonly text: string;
}

/** The situation, as far as whoever asks may see: what is answered to one is kept for all with the same sight. */
export function situationRoutes(context: SituationContext): FastifyPluginAsyncTypebox {
  const { service } = context;
  const { timing } = service.season;
  const networks = new NetworkAnswers(context);
  const aged = new Summaries<AgedText>(() => timing.elapsed(), KEPT_MOST);
  const slots = new Summaries<string | undefined>(() => timing.elapsed(), KEPT_MOST);
  return async (app) => {
    app.get(
      '/v1/situation',
      {
        schema: operation({
          operationId: 'getSituation',
          summary: 'Places and lanes that the caller may see, and the slots that can be asked for',
          tags,
          answers: { 200: SituationAnswer },
        }),
      },
      async (request, reply) =>
        sendText(request, reply, await networks.text(seenBy(context, viewerOf(request)))),
    );
    app.get(
      '/v1/situation/slots/:slot',
      {
        schema: operation({
          operationId: 'getSituationSlot',
          summary: 'The network at the end of a slot: counted, or as the plan in force has it',
          tags,
          params: SlotParams,
          answers: { 200: SituationSlotAnswer },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const seen = seenBy(context, viewerOf(request));
        const { slot } = request.params;
        const key = `${seen.sight.key} ${slot}`;
        const text = await slots.get(key, () => slotText(context, seen, slot));
        if (text === undefined) throw notThere('slot');
        return sendText(request, reply, text);
      },
    );
    app.get(
      '/v1/situation/figures',
      {
        schema: operation({
          operationId: 'getSituationFigures',
          summary: 'The two no’s and three guarantees, and progress against the plan',
          tags,
          querystring: SituationQuery,
          answers: { 200: SituationFigures },
        }),
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { region, operator } = request.query;
        const key = keyOf(context, viewer, region, operator);
        const asked = { ...(region && { region }), ...(operator && { operator }) };
        const told = await aged.get(key, async () => {
          const { at, figures } = await figuresOf(context, viewer, asked);
          return { at, text: JSON.stringify(figures) };
        });
        return sendAged(context, reply, told);
      },
    );
    app.get(
      '/v1/hubs/:id',
      {
        schema: operation({
          operationId: 'getHub',
          summary: 'A place by slot: counted, planned, capacity, tickets, prices; its warnings',
          tags,
          params: HubParams,
          answers: { 200: HubAnswer },
          problems: [404],
        }),
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const r = placeOf(context, viewer, request.params.id);
        const key = keyOf(context, viewer, 'hub', String(r));
        const told = await aged.get(key, async () => {
          const { at, hub } = await hubOf(context, viewer, r);
          return { at, text: JSON.stringify(hub) };
        });
        return sendAged(context, reply, told);
      },
    );
  };
}

function viewerOf(request: FastifyRequest): Organisation {
  return principalOf(request).organisation;
}

function seenBy({ sights, seenPlaces }: SituationContext, viewer: Organisation): SeenPlaces {
  return seenPlaces.of(sights.of(viewer), viewer.kind);
}

/** Who shares it is told the same: warnings turn on the level, too, and who is in charge of what. */
function keyOf(
  { sights }: SituationContext,
  viewer: Organisation,
  ...asked: (string | undefined)[]
): string {
  const { kind, level, region, operator } = viewer;
  return JSON.stringify([sights.of(viewer).key, kind, level, region, operator, ...asked]);
}

async function slotText(
  context: SituationContext,
  seen: SeenPlaces,
  slot: number,
): Promise<string | undefined> {
  const situation = await situationNow(context);
  const { from, now, until } = knownSlots(situation, begunAt(seen, situation.counted));
  if (slot < from || slot >= until) return undefined;
  return JSON.stringify(slotAnswer(situation, seen, slot, now));
}

/** @throws Problem 404, in the same bytes for what is not there and what is not theirs (P11) */
function placeOf({ sights, service }: SituationContext, viewer: Organisation, id: string): number {
  const { ids, kind } = service.season.scenario.resources;
  const r = ids.findText(id);
  if (r < 0 || kind[r] === 'lane' || !sees(sights.of(viewer), r)) throw notThere('hub');
  return r;
}

/** What was told before is not told again: most slots never change. */
function sendText(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(text);
}

function sendAged(
  { service }: SituationContext,
  reply: FastifyReply,
  { at, text }: AgedText,
): FastifyReply {
  const ageMs = Math.max(0, Math.round(service.season.timing.now() - at));
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(`{"ageMs":${ageMs},${text.slice(1)}`);
}
