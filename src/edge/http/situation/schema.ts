import { type Static, Type } from 'typebox';
import { NamedResource } from '../schema.js';
import { WarningView } from '../warn/schema.js';

/**
 * The situation: where the network stands, was and is planned to stand, as far as whoever asks may see. Quantities are parcels:
 * tracked ones times `scale`; slots are indices, slot 0 starting at the scenario's start; times are ISO 8601, UTC, by the season's
 * clock. Null stands where something is not known or there is no such thing.
 */
const Parcels = Type.Number({ minimum: 0 });
const Slot = Type.Integer();
const Figure = Type.Union([Type.Number(), Type.Null()]);
const Basis = Type.Enum(['counted', 'planned'], { type: 'string' });

const Place = Type.Object({
  ...NamedResource.properties,
  lat: Figure,
  lng: Figure,
  floor: Figure,
  /** Parcels a slot, as licensed. */
  capacity: Parcels,
  /** Among those whose overflow counts as the network's (docs/maths/world.md#figures). */
  important: Type.Boolean(),
});

/** What never changes while the server runs. */
export const SituationAnswer = Type.Object(
  {
    /** Parcels that each tracked one stands for. */
    scale: Type.Number({ minimum: 1 }),
    /** Hubs that may be seen; of a last-mile operator, its own stations and lockers. */
    places: Type.Array(Place),
    /** Legs of routes between two places that are both seen, by their numbers in `places`. */
    lanes: Type.Array(
      Type.Object({
        from: Type.Integer(),
        to: Type.Integer(),
        operator: Type.String(),
        /** Of the lane resource that the leg loads, parcels a slot. */
        capacity: Figure,
      }),
    ),
    /** Slots that can be asked for: counted since tracking began, planned until the plan's last load. */
    slots: Type.Object({ from: Slot, until: Slot }),
  },
  { title: 'Situation' },
);

export const SlotParams = Type.Object({ slot: Slot });
export const HubParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 1000 }) });

/** The network at the end of a slot: as counted where it has passed, else as the plan in force has it. */
export const SituationSlotAnswer = Type.Object(
  {
    slot: Slot,
    basis: Basis,
    /** By place, in the order of `places`. */
    stock: Type.Array(Figure),
    /** Arrivals in the slot over capacity. */
    load: Type.Array(Figure),
    /** By lane: parcels that departed over it in the slot. */
    lanes: Type.Array(Figure),
  },
  { title: 'SituationSlot' },
);

export const SituationQuery = Type.Object(
  {
    /** Part of what is seen: GB/T 2260, six digits. */
    region: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
    operator: Type.Optional(Type.String({ maxLength: 64 })),
  },
  { additionalProperties: false },
);

const Worst = Type.Object({
  resource: NamedResource,
  /** Stock over floor, or hours that nothing moved. */
  value: Type.Number(),
});
/** A figure with what it is counted over, and where it is worst, the worst first. */
const Kept = Type.Object({
  /** 0 where it holds, for the two no's; a share or ratio for the guarantees. */
  value: Figure,
  of: Figure,
  worst: Type.Array(Worst),
});
const SeenAndPlanned = Type.Object({ seen: Figure, planned: Figure });

const Group = Type.Object({
  /** A region's code, or an operator. */
  key: Type.String(),
  places: Type.Integer(),
  stock: Parcels,
  floorShare: Figure,
  /** Places above their floor, of those with one. */
  overflowing: Type.Integer(),
  /** Null where flows are not seen: for platforms. */
  stopped: Type.Union([Type.Integer(), Type.Null()]),
  stale: Type.Integer(),
  /** Warnings in force, the gravest level. */
  level: Type.Union([
    Type.Enum(['blue', 'yellow', 'orange', 'red'], { type: 'string' }),
    Type.Null(),
  ]),
});

/** The two no's and three guarantees (docs/maths/world.md#figures has the same of simulated seasons), and progress against the plan. */
export const SituationFigures = Type.Object(
  {
    at: Type.String(),
    ageMs: Type.Number({ minimum: 0 }),
    /** 不瘫痪: places that hold parcels and let none go for an hour or more. */
    stopped: Kept,
    /** 不爆仓: important hubs above their floor. */
    overflowing: Kept,
    /** 保畅通: time of parcels on the way over their timetable. */
    smooth: Kept,
    /** 保安全: share of places at most nine tenths full. */
    safe: Kept,
    /** 保平稳: pick-ups of the busiest hour of the last 24 over their average hour. */
    steady: Kept,
    /** Since the season began. */
    pickedUp: SeenAndPlanned,
    inNetwork: SeenAndPlanned,
    delivered: SeenAndPlanned,
    /** The next level below the region: provinces of the nation, cities of a province; empty for a city. */
    regions: Type.Array(Group),
    operators: Type.Array(Group),
  },
  { title: 'SituationFigures' },
);

const BySlot = Type.Array(Figure);

/** A hub's page. */
export const HubAnswer = Type.Object(
  {
    place: Place,
    at: Type.String(),
    ageMs: Type.Number({ minimum: 0 }),
    stock: Parcels,
    /** Departed towards it; null for platforms. */
    bound: Figure,
    /** Left out where nothing ever came. */
    newestAt: Type.Optional(Type.String()),
    stale: Type.Boolean(),
    /** Of the columns below, one entry a slot; `now` is the one under way. */
    slots: Type.Object({ from: Slot, now: Slot, until: Slot }),
    counted: Type.Object({ stock: BySlot, arrived: BySlot, departed: BySlot }),
    planned: Type.Object({ stock: BySlot, arrivals: BySlot }),
    /** In force, what is declared and approved counted. */
    capacity: BySlot,
    /** Arrivals on tickets given. */
    ticketed: BySlot,
    /** Arrivals that the plan still holds at shippers and no ticket has been given for. */
    atShippers: BySlot,
    /** What one parcel more would cost, in the plan's cost of holding. */
    price: BySlot,
    warnings: Type.Array(WarningView),
    /** That warnings name. */
    named: Type.Array(NamedResource),
  },
  { title: 'Hub' },
);

export type SituationAnswer = Static<typeof SituationAnswer>;
export type SituationSlotAnswer = Static<typeof SituationSlotAnswer>;
export type SituationFigures = Static<typeof SituationFigures>;
export type HubAnswer = Static<typeof HubAnswer>;
