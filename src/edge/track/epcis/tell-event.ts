import { createHash } from 'node:crypto';
import type { Names } from '../../../network/names.js';
import { KINDS, NOWHERE, type ScanBatch } from '../../../track/scans.js';
import type { EpcisCodes } from './codes.js';
import { isRecord } from './documents.js';
import { ATTRIBUTES } from './read-events.js';
import { eventUri, parcelUri, resourceUri } from './uris.js';

/** What scans are told with. */
export interface Telling {
  readonly codes: EpcisCodes;
  readonly operators: readonly string[];
  readonly resources: Pick<Names, 'get'>;
  /** Of the season, as ±hh:mm: what offset a scan was stamped with is not kept. */
  readonly offset: string;
}

/** An ObjectEvent as we tell it. */
export interface ToldEvent {
  readonly type: 'ObjectEvent';
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
  readonly recordTime: string;
  readonly epcList: readonly [string];
  readonly action: string;
  readonly bizStep: string;
  readonly disposition: string;
  readonly readPoint: { readonly id: string };
  readonly bizLocation?: { readonly id: string };
  readonly destinationList?: readonly { readonly type: string; readonly destination: string }[];
  readonly [ATTRIBUTES]?: Readonly<Record<string, unknown>>;
}

/**
 * Scan i of a batch, which has no fault of its own, as an ObjectEvent with one parcel, known by its hash (P13). Its id follows
 * from the scan's identity (T1): a scan that was sent twice is told by one id.
 */
export function tellEvent(batch: ScanBatch, i: number, telling: Telling): ToldEvent {
  const { codes, operators, resources, offset } = telling;
  const kind = KINDS[batch.kind[i] - 1];
  const attributes = attributesOf(batch, i);
  const code = codes.tell(kind, typeof attributes.reason === 'string' ? attributes.reason : '');
  if (code.reason !== '') delete attributes.reason;
  const readPoint = resourceUri(resources.get(batch.resource[i]));
  const to = batch.to[i];
  const epc = parcelUri(batch.parcel, 4 * i);
  const identity = [operators[batch.operator[i]], epc, kind, readPoint, batch.at[i]];
  return {
    type: 'ObjectEvent',
    eventID: eventUri(createHash('sha256').update(JSON.stringify(identity)).digest('hex')),
    eventTime: localInstant(batch.at[i], offset),
    eventTimeZoneOffset: offset,
    recordTime: localInstant(batch.receivedAt, offset),
    epcList: [epc],
    action: code.action,
    bizStep: code.bizStep,
    disposition: code.disposition,
    readPoint: { id: readPoint },
    ...(code.stays && { bizLocation: { id: readPoint } }),
    ...(to !== NOWHERE && {
      destinationList: [{ type: code.to, destination: resourceUri(resources.get(to)) }],
    }),
    ...(Object.keys(attributes).length > 0 && { [ATTRIBUTES]: attributes }),
  };
}

function attributesOf(
  { attributes, attributesStart }: ScanBatch,
  i: number,
): Record<string, unknown> {
  const start = attributesStart[i];
  const end = attributesStart[i + 1];
  if (start === end) return {};
  const text = Buffer.from(attributes.buffer, attributes.byteOffset + start, end - start);
  const parsed: unknown = JSON.parse(text.toString());
  return isRecord(parsed) ? { ...parsed } : {};
}

/** An instant in milliseconds as it is written where the clock is ahead by an offset, ±hh:mm. */
function localInstant(ms: number, offset: string): string {
  const sign = offset.startsWith('-') ? -1 : 1;
  const minutes = 60 * Number(offset.slice(1, 3)) + Number(offset.slice(4, 6));
  const local = new Date(ms + sign * minutes * 60_000).toISOString();
  return `${local.slice(0, -1)}${offset}`;
}
