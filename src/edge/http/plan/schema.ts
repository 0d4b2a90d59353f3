import { type Static, Type } from 'typebox';
import { NamedResource } from '../schema.js';

/**
 * What is answered of plans, each as far as whoever asks sees (edge/plans/plan-sight.ts). Quantities are parcels unless their
 * name says otherwise; slots are indices, slot 0 starting at the season's start; hours are hours of holding; prices and
 * costs are in the plan's cost of holding (one parcel of weight 1 held for one slot = 1).
 */
const closed = { additionalProperties: false };
const Parcels = Type.Number({ minimum: 0 });
const Slot = Type.Integer();
const Time = Type.String({ format: 'date-time' });
const VersionNumber = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 });
/** Said of an act, and kept with it. */
const Reason = Type.String({ pattern: '^[^\\p{Cc}\\p{Cs}]{1,200}$' });

const Certificate = Type.Object({
  gap: Type.Number({ description: 'no plan is better by more, as a share of its cost' }),
  objective: Type.Optional(Type.Number({ description: 'Z; for those who see all of it' })),
  bound: Type.Optional(Type.Number({ description: 'L; for those who see all of it' })),
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

const Overload = Type.Object({
  resources: Type.Integer(),
  resourceSlots: Type.Integer(),
  peakRatio: Type.Number(),
});
const Overloads = Type.Object({ atOnce: Overload, planned: Overload });

const Asked = Type.Object({
  gap: Type.Number({ minimum: 1e-5, maximum: 0.5, description: 'stop when it is reached' }),
  timeLimitSeconds: Type.Integer({ minimum: 1, maximum: 3600 }),
  reserve: Type.Number({ minimum: 0, maximum: 0.5, description: 'share of hubs left free' }),
});

const version = {
  version: Type.Integer(),
  base: Type.Integer({ description: 'the version it was made from; 0: none' }),
  madeAt: Time,
  inForce: Type.Boolean(),
  hasFiles: Type.Boolean({ description: 'it can be looked at on this server' }),
  gap: Type.Optional(Type.Number()),
  from: Type.Optional(Slot),
  restores: Type.Optional(Type.Integer({ description: 'the version whose plan it brings back' })),
};
/** Of the whole plan: for whoever sees all of it, and for administrations. */
const told = {
  by: Type.Optional(Type.String({ description: 'organisation and account or key' })),
  reason: Type.Optional(Type.String()),
  ready: Type.Optional(Parcels),
  released: Type.Optional(Parcels),
  carried: Type.Optional(Parcels),
  objective: Type.Optional(Type.Number()),
  bound: Type.Optional(Type.Number()),
  asked: Type.Optional(Asked),
};
const Version = Type.Object({ ...version, ...told }, { title: 'PlanVersion' });

export const VersionsAnswer = Type.Object(
  { versions: Type.Array(Version, { description: 'the newest first' }) },
  { title: 'PlanVersions' },
);
export const VersionParams = Type.Object({ version: VersionNumber });

export const PlanAnswer = Type.Object(
  {
    version: Version,
    part: Type.Enum(['whole', 'region', 'network', 'own'], {
      type: 'string',
      description: 'how much of it is seen',
    }),
    seconds: Type.Number({ description: 'wall time that making it took' }),
    certificate: Certificate,
    holds: HoldFigures,
    inequality: Type.Object(
      { shipper: Type.Number(), origin: Type.Number() },
      { description: 'Gini coefficients of the mean wait between groups: 0 is equal' },
    ),
    overload: Type.Optional(Overloads),
    kinds: Type.Array(Type.Object({ kind: Type.String(), resources: Type.Integer() })),
  },
  { title: 'Plan' },
);

const Resource = Type.Object(
  {
    ...NamedResource.properties,
    lat: Type.Union([Type.Number(), Type.Null()], { description: 'WGS 84; null: not given' }),
    lng: Type.Union([Type.Number(), Type.Null()]),
    capacity: Parcels,
    peakAtOnce: Type.Number({ description: 'highest load over capacity left' }),
    peakPlanned: Type.Number(),
    overloadedAtOnce: Type.Integer({ description: 'slots with load above capacity left' }),
    overloadedPlanned: Type.Integer(),
  },
  { title: 'PlannedResource' },
);

const Kind = Type.String({ maxLength: 200 });
export const ResourcesQuery = Type.Object({ kind: Type.Optional(Kind) }, closed);
export const ResourcesAnswer = Type.Object(
  { resources: Type.Array(Resource) },
  { title: 'PlannedResources' },
);

export const ResourceParams = Type.Object({
  version: VersionNumber,
  id: Type.String({ minLength: 1, maxLength: 1000 }),
});
export const LoadsAnswer = Type.Object(
  {
    resource: Resource,
    atOnce: Type.Array(Parcels),
    planned: Type.Array(Parcels),
    capacity: Type.Array(Parcels),
    price: Type.Array(Type.Number()),
  },
  {
    title: 'PlannedLoads',
    description: 'one entry a slot, from slot 0 to the last with a load, at least to T − 1',
  },
);

export const MapQuery = Type.Object({ kind: Kind }, closed);
export const MapAnswer = Type.Object(
  {
    ids: Type.Array(Type.String()),
    atOnce: Type.Array(Type.Array(Parcels)),
    planned: Type.Array(Type.Array(Parcels)),
    capacity: Type.Array(Type.Array(Parcels)),
  },
  {
    title: 'PlanMap',
    description:
      'loads of all resources of a kind, row by row in the order of ids, to the last slot in which any has one',
  },
);

export const HoldsQuery = Type.Object(
  {
    by: Type.Enum(['service', 'shipper', 'destination', 'origin'], {
      type: 'string',
      description: 'places count to their province where their code is one of GB/T 2260',
    }),
  },
  closed,
);
export const HoldsAnswer = Type.Object(
  { groups: Type.Array(Type.Object({ key: Type.String(), figures: HoldFigures })) },
  { title: 'PlanHolds' },
);

const CohortFields = {
  service: Type.String({ maxLength: 200 }),
  operator: Type.String({ maxLength: 200 }),
  origin: Type.String({ maxLength: 200 }),
  destination: Type.String({ maxLength: 200 }),
  slot: Type.Integer({ description: 'ready slot; negative: carried over from an earlier plan' }),
};
export const CohortQuery = Type.Object(CohortFields, closed);
const Cohort = Type.Object(CohortFields, { title: 'Cohort' });

const CostlyHold = Type.Object(
  {
    cohort: Cohort,
    ready: Parcels,
    held: Parcels,
    carried: Parcels,
    meanHours: Type.Number({ description: 'over the released parcels' }),
    cost: Type.Number({
      description: 'of all its parcels that the list is about, route costs left out',
    }),
  },
  { title: 'CostlyHold' },
);
export const CostlyHoldsAnswer = Type.Object(
  { held: Type.Array(CostlyHold), carried: Type.Array(CostlyHold) },
  {
    title: 'CostlyHolds',
    description:
      'cohorts by falling cost: of what was held and released, and of what was carried over',
  },
);

const Toll = Type.Object(
  {
    resource: NamedResource,
    slot: Slot,
    price: Type.Number(),
    times: Type.Integer({ description: 'how often the route loads the resource in the slot' }),
    load: Type.Optional(Parcels),
    capacity: Type.Optional(Parcels),
  },
  {
    title: 'Toll',
    description:
      'what a parcel pays at one resource in one slot; load and capacity for those who see the resource',
  },
);

const ReleaseOption = Type.Object(
  {
    slot: Type.Union([Slot, Type.Null()], { description: 'null: carried over to the next plan' }),
    route: Type.Union([Type.String(), Type.Null()]),
    waiting: Type.Number(),
    lateness: Type.Number(),
    growth: Type.Number(),
    detour: Type.Number(),
    penalty: Type.Number(),
    tolls: Type.Array(Toll),
    total: Type.Number(),
  },
  {
    title: 'ReleaseOption',
    description: 'total = waiting + lateness + growth + detour + penalty + Σ price · times',
  },
);

export const ExplanationAnswer = Type.Object(
  {
    cohort: Cohort,
    ready: Parcels,
    released: Parcels,
    carried: Parcels,
    chosen: Type.Array(Type.Object({ parcels: Parcels, option: ReleaseOption }), {
      description: 'what the plan does, by rising slot, carry-over last',
    }),
    slots: Type.Array(ReleaseOption, {
      description: 'the cheapest route of each slot, from the earliest possible to the last chosen',
    }),
    least: ReleaseOption,
  },
  { title: 'Explanation', description: 'why a cohort is held' },
);

export const CompareQuery = Type.Object({ with: VersionNumber, kind: Type.Optional(Kind) }, closed);
const both = { a: HoldFigures, b: HoldFigures };
const ComparedGroups = Type.Array(Type.Object({ key: Type.String(), ...both }));
const Side = Type.Object({
  version: Version,
  certificate: Certificate,
  holds: HoldFigures,
  overload: Overload,
});
export const ComparisonAnswer = Type.Object(
  {
    a: Side,
    b: Side,
    shippers: ComparedGroups,
    origins: ComparedGroups,
    destinations: ComparedGroups,
    resources: Type.Integer({ description: 'how many of the kind are seen' }),
    loads: Type.Array(
      Type.Object({ resource: NamedResource, difference: Type.Array(Type.Number()) }),
      { description: 'of resources of a kind whose loads differ: b − a, slot by slot' },
    ),
  },
  { title: 'PlanComparison' },
);

export const RunBody = Type.Object(Asked.properties, { ...closed, title: 'NewPlanRun' });
export const RunParams = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const RunAnswer = Type.Object(
  {
    id: Type.String(),
    by: Type.String(),
    madeAt: Time,
    asked: Asked,
    base: Type.Integer({ description: 'the version that was in force' }),
    from: Type.Integer({ description: 'first slot that it plans; what is let go before stays' }),
    state: Type.Enum(['running', 'stopped', 'failed', 'done', 'published'], { type: 'string' }),
    progress: Type.Object({
      phase: Type.Enum(['reading', 'merging', 'prices', 'settling', 'placing', 'writing'], {
        type: 'string',
      }),
      objective: Type.Union([Type.Number(), Type.Null()]),
      bound: Type.Union([Type.Number(), Type.Null()]),
      gap: Type.Union([Type.Number(), Type.Null()]),
    }),
    seconds: Type.Number(),
    made: Type.Optional(
      Type.Object({
        certificate: Certificate,
        ready: Parcels,
        released: Parcels,
        carried: Parcels,
      }),
    ),
    version: Type.Optional(Type.Integer({ description: 'as which it was published' })),
  },
  { title: 'PlanRun' },
);
export const RunsAnswer = Type.Object(
  { runs: Type.Array(RunAnswer, { description: 'the newest first' }) },
  { title: 'PlanRuns' },
);

export const PublishBody = Type.Object({ reason: Reason }, { ...closed, title: 'PlanPublication' });
export const RestoreBody = Type.Object(
  {
    reason: Reason,
    base: Type.Integer({ minimum: 1, description: 'the version believed to be in force' }),
  },
  { ...closed, title: 'PlanRestoration' },
);
export const PublishedAnswer = Type.Object({ version: Type.Integer() }, { title: 'PublishedPlan' });

export type Version = Static<typeof Version>;
export type VersionsAnswer = Static<typeof VersionsAnswer>;
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
export type ExplanationAnswer = Static<typeof ExplanationAnswer>;
export type ReleaseOption = Static<typeof ReleaseOption>;
export type Toll = Static<typeof Toll>;
export type ComparisonAnswer = Static<typeof ComparisonAnswer>;
export type RunAnswer = Static<typeof RunAnswer>;
export type RunsAnswer = Static<typeof RunsAnswer>;
