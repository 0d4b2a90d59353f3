import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { KINDS } from '../../../track/scans.js';
import { principalOf } from '../../access/guard.js';
import { contains, type Organisation } from '../../access/principal.js';
import { notThere } from '../../access/refusals.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { ParcelLife, TrackService } from '../../track/track-service.js';
import { operation } from '../gate/route.js';
import type { TrackContext } from './context.js';
import { hashOfWords } from './own-parcel-lines.js';
import { scanView } from './scan-view.js';
import { ParcelAnswer, WaybillParams, WaybillQuery } from './schema.js';

/**
 * GET /v1/parcels/{waybill}: a parcel's life, for those whose parcel it is. The number is hashed at once and is in no log.
 *
 * - An operator's office: parcels of its network that were in its region, or are bound for it.
 * - A platform: parcels that it has declared its own, without what the operator alone has to know of them.
 * - Administrations: none. They watch the network (P12); single parcels are people's (P13).
 */
export function parcelRoutes(context: TrackContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/parcels/:waybill',
      {
        schema: operation({
          operationId: 'getParcel',
          summary: "A parcel's state and scans, by its waybill number",
          tags: ['parcels'],
          params: WaybillParams,
          querystring: WaybillQuery,
          answers: { 200: ParcelAnswer },
          problems: [404],
        }),
      },
      async (request) => findParcel(context, request, request.params.waybill, request.query),
    );
  };
}

async function findParcel(
  { service, own }: TrackContext,
  request: FastifyRequest,
  waybill: string,
  asked: { readonly operator?: string },
): Promise<object> {
  const { season } = service;
  const { organisation } = principalOf(request);
  const isOffice = organisation.kind === 'operator';
  const name = asked.operator ?? organisation.operator ?? '';
  const operator = season.scenario.pairs.operators.findText(name);
  if (operator < 0 || (isOffice && name !== organisation.operator)) throw notThere('parcel');
  const words = season.keys.parcel(operator, waybill);
  if (!words) throw notThere('parcel');
  const isOwn = isOffice || (await own.has(organisation.id, hashOfWords(words)));
  const life = isOwn ? await service.find(words) : undefined;
  if (!life || (isOffice && !concerns(service, life, organisation))) throw notThere('parcel');
  return viewOf(season, name, life, isOffice);
}

/** Whether a parcel was, or will be, where an office is in charge. */
function concerns(
  { season }: TrackService,
  { state, scans }: ParcelLife,
  { region }: Organisation,
): boolean {
  const { resources } = season.scenario;
  const places = [state.resource, state.to, ...scans.flatMap((scan) => [scan.resource, scan.to])];
  return places.some((r) => r >= 0 && contains(region, resources.region[r]));
}

function viewOf(
  season: TrackSeason,
  operator: string,
  { state, scans }: ParcelLife,
  isOffice: boolean,
): object {
  const { ids } = season.scenario.resources;
  const seen = isOffice ? scans : scans.map((scan) => ({ ...scan, attributes: '' }));
  return {
    operator,
    state: {
      kind: KINDS[state.kind - 1],
      at: new Date(state.at).toISOString(),
      resource: ids.get(state.resource),
      ...(state.to >= 0 && { to: ids.get(state.to) }),
    },
    scans: seen.map((scan) => scanView(season, scan)),
  };
}
