import { Type } from 'typebox';
import { KINDS, REASONS } from '../../../track/scans.js';
import { REASON_CODES } from '../../track/attributes.js';
import { Count, Instant, Name, Time } from '../gate/ticket-schema.js';

/** What the routes of tracking take and answer (docs/spec/tracking.md). */

const closed = { additionalProperties: false };
const word = { type: 'string' };
/** Scans of one call. */
export const SCANS_MOST = 10_000;
/** Slots of flows that one call asks for. */
export const SLOTS_MOST = 1000;

const Waybill = Type.String({
  pattern: '^[\\x21-\\x7e]{1,55}$',
  description: 'a waybill number; kept as a keyed hash only',
});
const KindName = Type.Enum([...KINDS], word);
const Attributes = Type.Object(
  {
    consent: Type.Optional(Type.String({ description: 'UUID of the recorded consent' })),
    inspected: Type.Optional(Type.Boolean()),
    pieces: Type.Optional(Count),
    realName: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.Enum([...REASON_CODES], word)),
    screened: Type.Optional(Type.Boolean()),
    weightGrams: Type.Optional(Count),
  },
  { ...closed, title: 'Attributes' },
);
const scan = {
  operator: Name,
  parcel: Waybill,
  kind: KindName,
  resource: Name,
  to: Type.Optional(Name),
  at: Type.Union([Instant, Type.Integer({ description: 'milliseconds since 1970' })]),
  attributes: Type.Optional(Attributes),
};
const lines = { minItems: 1, maxItems: SCANS_MOST, description: 'one a line' };
export const Scans = Type.Array(Type.Object(scan, { ...closed, title: 'Scan' }), lines);

const Fault = Type.Object(
  {
    line: Type.Integer({ minimum: 1 }),
    code: Type.String(),
    field: Type.Optional(Type.String()),
    text: Type.String(),
  },
  { title: 'LineFault' },
);
const tally = {
  received: Count,
  applied: Count,
  superseded: Count,
  duplicate: Count,
  quarantined: Count,
};
const Tally = Type.Object(tally, { title: 'Tally' });
export const ScansAnswer = Type.Object(
  { ...tally, faults: Type.Array(Fault) },
  { title: 'ScansAnswer' },
);

const Ms = Type.Number({ minimum: 0 });
const moment = {
  /** Of the picture, when it is read. */
  ageMs: Ms,
  at: Time,
};
const resourceState = {
  resource: Type.String(),
  kind: Type.String(),
  operator: Type.String(),
  region: Type.String(),
  floor: Type.Optional(Type.Number()),
  stock: Count,
  bound: Type.Optional(Count),
  floorShare: Type.Optional(Type.Number()),
  newestAt: Type.Optional(Time),
  stale: Type.Boolean(),
};
export const StockAnswer = Type.Object({ ...moment, ...resourceState }, { title: 'Stock' });
export const NetworkAnswer = Type.Object(
  {
    ...moment,
    totals: Type.Object(
      {
        resources: Count,
        stock: Count,
        onLanes: Type.Optional(Count),
        bound: Type.Optional(Count),
        stale: Count,
        floor: Type.Optional(Type.Number()),
        floorShare: Type.Optional(Type.Number()),
      },
      { title: 'NetworkTotals' },
    ),
    resources: Type.Array(Type.Object(resourceState, { title: 'ResourceState' })),
  },
  { title: 'NetworkState' },
);

export const ResourceParams = Type.Object({ id: Name });
export const FlowsQuery = Type.Object({ from: Instant, to: Instant }, closed);
const byKind = (title: string) =>
  Type.Object(Object.fromEntries(KINDS.map((kind) => [kind, Count])), { title });
const ScansByKind = byKind('ScansByKind');
export const FlowsAnswer = Type.Object(
  {
    resource: Type.String(),
    slots: Type.Array(
      Type.Object(
        {
          slotStart: Time,
          slotEnd: Time,
          closed: Type.Boolean(),
          scans: ScansByKind,
          corrections: ScansByKind,
        },
        { title: 'SlotFlow' },
      ),
    ),
  },
  { title: 'Flows' },
);

const Limit = Type.Integer({ minimum: 1, maximum: 1000 });
const Cursor = Type.String({ maxLength: 200, pattern: '^[\\x21-\\x7e]+$' });
const Source = Type.Object(
  {
    source: Type.String(),
    tally: Tally,
    redriven: Tally,
    newestAt: Type.Optional(Time),
    lastReceivedAt: Type.Optional(Time),
    silentMs: Type.Optional(Ms),
    delays: Type.Array(Count, {
      description: 'scans that came within 1 s, 2 s, 4 s … of their stamp; the last: later',
    }),
    gaps: Type.Array(Type.Object({ from: Time, until: Time })),
  },
  { title: 'Source' },
);
export const SourcesAnswer = Type.Object({ items: Type.Array(Source) }, { title: 'Sources' });

const scanView = {
  operator: Type.Optional(Type.String()),
  kind: Type.Optional(Type.String()),
  resource: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  at: Time,
  attributes: Type.Optional(Attributes),
};
/** Of an entry of the quarantine. */
export const ENTRY_ID = '^[0-9]{1,2}\\.[0-9]{1,9}$';
const EntryId = Type.String({ pattern: ENTRY_ID });
export const QuarantineQuery = Type.Object(
  { source: Type.Optional(Name), cursor: Type.Optional(EntryId), limit: Type.Optional(Limit) },
  closed,
);
export const QuarantinePage = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          source: Type.String(),
          reason: Type.Enum([...REASONS], word),
          receivedAt: Time,
          line: Type.Integer({ minimum: 1 }),
          scan: Type.Optional(Type.Object(scanView, { title: 'KeptScan' })),
        },
        { title: 'Quarantined' },
      ),
    ),
    next: Type.Optional(Type.String()),
  },
  { title: 'QuarantinePage' },
);
const mended = Object.fromEntries(
  Object.entries(scan).map(([name, schema]) => [name, Type.Optional(schema)]),
);
export const Redrives = Type.Array(
  Type.Object({ id: EntryId, ...mended }, { ...closed, title: 'Redrive' }),
  lines,
);

export const DeclaredParcels = Type.Array(
  Type.Object({ operator: Name, parcel: Waybill, ticket: Name }, { ...closed, title: 'OwnParcel' }),
  lines,
);
const Handle = Type.String({
  description: 'what the parcel is called in answers: its hash, not its number',
});
export const DeclaredAnswer = Type.Object(
  {
    received: Count,
    declared: Count,
    duplicate: Count,
    refused: Count,
    parcels: Type.Array(Type.Object({ line: Type.Integer({ minimum: 1 }), parcel: Handle })),
    faults: Type.Array(Fault),
  },
  { title: 'DeclaredParcels' },
);
export const ProgressQuery = Type.Object(
  { cursor: Type.Optional(Cursor), limit: Type.Optional(Limit) },
  closed,
);
export const ProgressAnswer = Type.Object(
  {
    at: Time,
    counts: Type.Object(Object.fromEntries(['declared', ...KINDS].map((state) => [state, Count])), {
      title: 'ParcelsByState',
    }),
    late: Count,
    items: Type.Array(
      Type.Object(
        {
          parcel: Handle,
          operator: Type.String(),
          ticket: Type.String(),
          state: Type.Enum(['declared', ...KINDS], word),
          since: Time,
          resource: Type.Optional(Type.String()),
          to: Type.Optional(Type.String()),
          late: Type.Boolean(),
        },
        { title: 'OwnParcelProgress' },
      ),
    ),
    next: Type.Optional(Type.String()),
  },
  { title: 'OwnParcels' },
);

export const WaybillParams = Type.Object({ waybill: Waybill });
export const WaybillQuery = Type.Object({ operator: Type.Optional(Name) }, closed);
export const ParcelAnswer = Type.Object(
  {
    operator: Type.String(),
    state: Type.Object({
      kind: KindName,
      at: Time,
      resource: Type.String(),
      to: Type.Optional(Type.String()),
    }),
    scans: Type.Array(Type.Object(scanView, { title: 'KeptScan' })),
  },
  { title: 'ParcelLife' },
);
