import { type Static, Type } from 'typebox';

/**
 * What the API answers, once: the server validates with these schemas and the console takes its
 * types from them. Quantities are parcels unless their name says otherwise; slots are indices, slot
 * 0 starting at `scenario.start`; hours are hours of holding; prices and costs are in the plan's
 * cost of holding (one parcel of weight 1 held for one slot = 1).
 */
const Parcels = Type.Number({ minimum: 0 });
const Slot = Type.Integer();

const Certificate = Type.Object({
  objective: Type.Number(),
  bound: Type.Number(),
  gap: Type.Number(),
});

const Overload = Type.Object({
  resources: Type.Integer(),
  resourceSlots: Type.Integer(),
  peakRatio: Type.Number(),
});

/** Holds of a group of parcels; the mean and the percentile are over the released ones. */
const HoldFigures = Type.Object({
  ready: Parcels,
  released: Parcels,
  held: Parcels,
  carried: Parcels,
  meanHours: Type.Number(),
  p95Hours: Type.Number(),
});

export const PlanAnswer = Type.Object({
  /** ISO 8601, UTC: when the plan was made. */
  madeAt: Type.String(),
  /** Wall time that making it took. */
  seconds: Type.Number(),
  certificate: Certificate,
  holds: HoldFigures,
  /** Gini coefficients of the mean wait between groups: 0 is equal. */
  inequality: Type.Object({ shipper: Type.Number(), origin: Type.Number() }),
  overload: Type.Object({ atOnce: Overload, planned: Overload }),
  /** Kinds of resource, with how many of each. */
  kinds: Type.Array(Type.Object({ kind: Type.String(), resources: Type.Integer() })),
});

const Resource = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  operator: Type.String(),
  region: Type.String(),
  /** Degrees, WGS 84; null where the scenario gives none. */
  lat: Type.Union([Type.Number(), Type.Null()]),
  lng: Type.Union([Type.Number(), Type.Null()]),
  capacity: Parcels,
  /** Highest load over capacity left. */
  peakAtOnce: Type.Number(),
  peakPlanned: Type.Number(),
  /** Slots with load above capacity left. */
  overloadedAtOnce: Type.Integer(),
  overloadedPlanned: Type.Integer(),
});

export const ResourcesQuery = Type.Object(
  { kind: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);
export const ResourcesAnswer = Type.Object({ resources: Type.Array(Resource) });

export const ResourceParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 1000 }) });
/** One entry a slot, from slot 0 to the last with a load, at least to T − 1. */
export const LoadsAnswer = Type.Object({
  resource: Resource,
  atOnce: Type.Array(Parcels),
  planned: Type.Array(Parcels),
  capacity: Type.Array(Parcels),
  price: Type.Array(Type.Number()),
});

export const MapQuery = Type.Object(
  { kind: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
);
/**
 * Loads of all resources of a kind that have a position, row by row in the order of `ids`; every row to
 * the last slot in which any of them has a load.
 */
export const MapAnswer = Type.Object({
  ids: Type.Array(Type.String()),
  atOnce: Type.Array(Type.Array(Parcels)),
  planned: Type.Array(Type.Array(Parcels)),
  capacity: Type.Array(Type.Array(Parcels)),
});

export const HoldsQuery = Type.Object(
  {
    /** Places count to their province where their code is one of GB/T 2260. */
    by: Type.Union([
      Type.Literal('service'),
      Type.Literal('shipper'),
      Type.Literal('destination'),
      Type.Literal('origin'),
    ]),
  },
  { additionalProperties: false },
);
export const HoldsAnswer = Type.Object({
  groups: Type.Array(Type.Object({ key: Type.String(), figures: HoldFigures })),
});

const CohortFields = {
  service: Type.String(),
  operator: Type.String(),
  origin: Type.String(),
  destination: Type.String(),
  /** Ready slot; negative for parcels carried over from an earlier plan. */
  slot: Slot,
};
export const CohortQuery = Type.Object(
  {
    service: Type.String({ maxLength: 200 }),
    operator: Type.String({ maxLength: 200 }),
    origin: Type.String({ maxLength: 200 }),
    destination: Type.String({ maxLength: 200 }),
    slot: Slot,
  },
  { additionalProperties: false },
);

const CostlyHold = Type.Object({
  cohort: Type.Object(CohortFields),
  ready: Parcels,
  held: Parcels,
  carried: Parcels,
  /** Over the released parcels. */
  meanHours: Type.Number(),
  /** Of all its parcels that the list is about, route costs left out. */
  cost: Type.Number(),
});
/** Cohorts by falling cost: of what was held and released, and of what was carried over. */
export const CostlyHoldsAnswer = Type.Object({
  held: Type.Array(CostlyHold),
  carried: Type.Array(CostlyHold),
});

export const NamedResource = Type.Pick(Resource, ['id', 'kind', 'operator', 'region']);

/** What a parcel pays at one resource in one slot. */
const Toll = Type.Object({
  resource: NamedResource,
  slot: Slot,
  price: Type.Number(),
  /** How often the route loads the resource in the slot. */
  times: Type.Integer(),
  load: Parcels,
  capacity: Parcels,
});

/** One way to deal with a parcel; total = waiting + lateness + growth + detour + penalty + Σ price · times. */
const ReleaseOption = Type.Object({
  /** Null: carried over to the next plan. */
  slot: Type.Union([Slot, Type.Null()]),
  route: Type.Union([Type.String(), Type.Null()]),
  waiting: Type.Number(),
  lateness: Type.Number(),
  growth: Type.Number(),
  detour: Type.Number(),
  penalty: Type.Number(),
  tolls: Type.Array(Toll),
  total: Type.Number(),
});

/** Why a cohort is held: what each slot would cost, and which resources and slots ask for it. */
export const ExplanationAnswer = Type.Object({
  cohort: Type.Object(CohortFields),
  ready: Parcels,
  released: Parcels,
  carried: Parcels,
  /** What the plan does, by rising slot, carry-over last. */
  chosen: Type.Array(Type.Object({ parcels: Parcels, option: ReleaseOption })),
  /** The cheapest route of each slot, from the earliest possible to the last chosen. */
  slots: Type.Array(ReleaseOption),
  /** The cheapest option of all: what the bound counts for each parcel. */
  least: ReleaseOption,
});

export type ExplanationAnswer = Static<typeof ExplanationAnswer>;
export type ReleaseOption = Static<typeof ReleaseOption>;
export type Toll = Static<typeof Toll>;
export type PlanAnswer = Static<typeof PlanAnswer>;
export type ResourcesAnswer = Static<typeof ResourcesAnswer>;
export type ResourceAnswer = Static<typeof Resource>;
export type LoadsAnswer = Static<typeof LoadsAnswer>;
export type MapAnswer = Static<typeof MapAnswer>;
export type HoldsQuery = Static<typeof HoldsQuery>;
export type HoldsAnswer = Static<typeof HoldsAnswer>;
export type CohortQuery = Static<typeof CohortQuery>;
export type CostlyHold = Static<typeof CostlyHold>;
export type CostlyHoldsAnswer = Static<typeof CostlyHoldsAnswer>;
