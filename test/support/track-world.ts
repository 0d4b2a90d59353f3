import { DEFAULT_TRACK_POLICY, type TrackPolicy } from '../../src/track/policy.js';
import {
  KINDS,
  type Kind,
  kindNumber,
  type Outcomes,
  REASONS,
  type ScanBatch,
} from '../../src/track/scans.js';
import { Lanes, Legs, type TrackNetwork } from '../../src/track/track-network.js';

/** A scan as a test says it; `at` and `receivedAt` in slots, fractions too. */
export interface Seen {
  readonly operator?: number;
  readonly parcel?: number;
  readonly kind?: Kind | 'unknown';
  readonly resource?: number;
  readonly to?: number;
  readonly at?: number;
  readonly attributes?: string;
  readonly unparsable?: boolean;
}

/** Slots of an hour; resources 0 … 3 are hubs, 4 the lane from 0 to 1, 5 that from 1 to 2. */
export const NETWORK: TrackNetwork = {
  resources: 6,
  operators: 2,
  startMs: Date.UTC(2020, 9, 1),
  slotMs: 3_600_000,
  lanes: new Lanes([
    [0, 1, 4],
    [1, 2, 5],
  ]),
  legs: new Legs([
    [0, 1],
    [1, 2],
    [2, 3],
  ]),
};

export const POLICY: TrackPolicy = DEFAULT_TRACK_POLICY;

export function msOf(slot: number): number {
  return NETWORK.startMs + Math.round(slot * NETWORK.slotMs);
}

/** Words of a parcel's hash: many share shelf and mark, so that the rest must tell. */
export function wordsOf(parcel: number): Int32Array {
  const spread = Math.imul(parcel + 1, 0x9e3779b1);
  return Int32Array.of(((parcel & 1) << 22) | (spread >>> 12), parcel & 2, parcel >> 3, parcel);
}

export function scansOf(
  seq: number,
  receivedAt: number,
  seen: readonly Seen[],
  source = 0,
  origin?: readonly number[],
): ScanBatch {
  const texts = seen.map(({ attributes = '' }) => new TextEncoder().encode(attributes));
  const attributesStart = new Uint32Array(seen.length + 1);
  for (const [i, text] of texts.entries())
    attributesStart[i + 1] = attributesStart[i] + text.length;
  return {
    seq,
    source,
    receivedAt: msOf(receivedAt),
    origin: origin && Int32Array.from(origin),
    count: seen.length,
    parcel: Int32Array.from(seen.flatMap(({ parcel = 0 }) => [...wordsOf(parcel)])),
    operator: Int32Array.from(seen, ({ operator = 0 }) => operator),
    kind: Uint8Array.from(seen, ({ kind = 'arrived' }) =>
      kind === 'unknown' ? 0 : kindNumber(kind),
    ),
    resource: Int32Array.from(seen, ({ resource = 0 }) => resource),
    to: Int32Array.from(seen, ({ to = -1 }) => to),
    at: Float64Array.from(seen, ({ at = 0 }) => msOf(at)),
    unparsable: Uint8Array.from(seen, ({ unparsable = false }) => (unparsable ? 1 : 0)),
    line: Uint16Array.from(seen, (_, i) => i),
    attributes: Uint8Array.from(texts.flatMap((text) => [...text])),
    attributesStart,
  };
}

const STATUS = ['', 'applied', 'superseded', 'duplicate', 'quarantined'];

/** Outcomes in words: of those quarantined, the reason. */
export function toldOf({ status, reason }: Outcomes): string[] {
  return Array.from(status, (s, i) => (s === 4 ? REASONS[reason[i]] : STATUS[s]));
}

export function kindName(kind: number): Kind {
  return KINDS[kind - 1];
}
