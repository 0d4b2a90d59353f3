import { KINDS_MOST } from '../../../track/scans.js';
import type { Organisation } from '../../access/principal.js';
import { parseInstant } from '../../gate/instant.js';
import type { Sight } from '../sight.js';
import type { TrackSeason } from '../track-season.js';
import type { EpcisCodes } from './codes.js';
import { parcelOf, resourceOf, waybillOf } from './uris.js';

/** Parameters of the standard's simple query that are answered; lists are written with commas. */
export interface EventQuery {
  readonly eventType?: string;
  readonly GE_eventTime?: string;
  readonly LT_eventTime?: string;
  readonly GE_recordTime?: string;
  readonly LT_recordTime?: string;
  readonly EQ_action?: string;
  readonly EQ_bizStep?: string;
  readonly EQ_disposition?: string;
  readonly EQ_readPoint?: string;
  readonly EQ_bizLocation?: string;
  readonly MATCH_epc?: string;
}

/** Which scans are asked for, as far as whoever asks sees them. By number: 1 where it is asked for. */
export interface EventFilter {
  readonly operators: Uint8Array;
  readonly resources: Uint8Array;
  readonly kinds: Uint8Array;
  /** Stamps, and receipts; from included, until not, ms since 1970. */
  readonly from: number;
  readonly until: number;
  readonly receivedFrom: number;
  readonly receivedUntil: number;
  /** Four words each; undefined where parcels are not asked for. */
  readonly parcels: readonly Int32Array[] | undefined;
  /** What events must be like, beyond that. */
  readonly codes: (told: Readonly<Record<'action' | 'bizStep' | 'disposition', string>>) => boolean;
}

/** A parameter that says nothing that can be asked. The text repeats no value (P13). */
export class BadParameter extends Error {
  constructor(
    readonly parameter: string,
    text: string,
  ) {
    super(text);
    this.name = 'BadParameter';
  }
}

/**
 * @param season whose scans are asked for. @param sight what the viewer sees.
 * @throws BadParameter
 */
export function filterOf(
  query: EventQuery,
  season: TrackSeason,
  codes: EpcisCodes,
  viewer: Organisation,
  sight: Sight,
): EventFilter {
  const operators = season.scenario.pairs.operators.list();
  const isOwn = (id: string) => viewer.kind !== 'operator' || id === viewer.operator;
  const told = toldAs(query);
  return {
    operators: Uint8Array.from(operators, (id) => (isOwn(id) ? 1 : 0)),
    resources: resourcesOf(query, season, sight),
    kinds: kindsOf(query, codes, told),
    from: momentOf(query, 'GE_eventTime', Number.NEGATIVE_INFINITY),
    until: momentOf(query, 'LT_eventTime', Number.POSITIVE_INFINITY),
    receivedFrom: momentOf(query, 'GE_recordTime', Number.NEGATIVE_INFINITY),
    receivedUntil: momentOf(query, 'LT_recordTime', Number.POSITIVE_INFINITY),
    parcels: parcelsOf(query, season, operators.indexOf(viewer.operator ?? '')),
    codes: told,
  };
}

function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').map((part) => part.trim());
}

function momentOf(
  query: EventQuery,
  name: 'GE_eventTime' | 'LT_eventTime' | 'GE_recordTime' | 'LT_recordTime',
  without: number,
): number {
  const text = query[name];
  if (text === undefined) return without;
  const moment = parseInstant(text);
  if (Number.isNaN(moment))
    throw new BadParameter(name, 'A moment is ISO 8601 with seconds and offset.');
  return moment;
}

function toldAs({ EQ_action, EQ_bizStep, EQ_disposition }: EventQuery): EventFilter['codes'] {
  const [actions, steps, dispositions] = [EQ_action, EQ_bizStep, EQ_disposition].map(listOf);
  return ({ action, bizStep, disposition }) =>
    (actions?.includes(action) ?? true) &&
    (steps?.includes(bizStep) ?? true) &&
    (dispositions?.includes(disposition) ?? true);
}

/** Kinds of which some scans may be asked for. */
function kindsOf(
  { eventType, EQ_bizLocation }: EventQuery,
  codes: EpcisCodes,
  told: EventFilter['codes'],
): Uint8Array {
  const kinds = new Uint8Array(KINDS_MOST + 1);
  if (listOf(eventType)?.includes('ObjectEvent') === false) return kinds;
  for (const [kind, code] of codes.told()) {
    if (told(code) && (code.stays || EQ_bizLocation === undefined)) kinds[kind] = 1;
  }
  return kinds;
}

function resourcesOf(
  { EQ_readPoint, EQ_bizLocation }: EventQuery,
  { scenario }: TrackSeason,
  { resources }: Sight,
): Uint8Array {
  const { ids } = scenario.resources;
  const seen = new Uint8Array(ids.size);
  for (const r of resources) seen[r] = 1;
  for (const list of [listOf(EQ_readPoint), listOf(EQ_bizLocation)]) {
    if (!list) continue;
    const asked = new Set(list.map((uri) => ids.findText(resourceOf(uri) ?? '')));
    for (let r = 0; r < seen.length; r++) if (!asked.has(r)) seen[r] = 0;
  }
  return seen;
}

/** Parcels asked for at a time. */
const PARCELS_MOST = 100;

/** By the hash that they were told by; an operator's own by the number, too, which goes no further. */
function parcelsOf(
  { MATCH_epc }: EventQuery,
  { keys }: TrackSeason,
  operator: number,
): Int32Array[] | undefined {
  const list = listOf(MATCH_epc);
  if (!list) return undefined;
  if (list.length > PARCELS_MOST) {
    throw new BadParameter('MATCH_epc', `At most ${PARCELS_MOST} are asked for at a time.`);
  }
  return list.map((uri) => {
    const waybill = operator < 0 ? undefined : waybillOf(uri);
    const parcel =
      parcelOf(uri) ?? (waybill === undefined ? undefined : keys.parcel(operator, waybill));
    if (parcel) return parcel;
    throw new BadParameter(
      'MATCH_epc',
      'A parcel is named as an event names it, without patterns.',
    );
  });
}
