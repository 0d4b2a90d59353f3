import { type Static, Type } from 'typebox';
import { Name } from '../gate/ticket-schema.js';
import { NamedResource } from '../schema.js';

/**
 * How pick-up is paced, and what resources take. Quantities are parcels: scanned ones times `scale`; slots are indices, slot 0
 * starting at the scenario's start; times are ISO 8601, UTC, by the season's clock. Null stands where something is not known.
 */
const Parcels = Type.Number({ minimum: 0 });
const Slot = Type.Integer();
const closed = { additionalProperties: false };
const SlotParam = Type.Integer({ minimum: 0, maximum: 100_000 });

export const AcceptanceQuery = Type.Object(
  {
    /** Slots added up: from this one, left out the first, to before that one, left out the one that runs. */
    from: Type.Optional(SlotParam),
    until: Type.Optional(SlotParam),
    operator: Type.Optional(Name),
    /** A city or province, or a place by its name. */
    origin: Type.Optional(Name),
    destination: Type.Optional(Name),
    /** Left out: cities, or provinces where those would be too many. */
    by: Type.Optional(Type.Enum(['city', 'province'], { type: 'string' })),
  },
  closed,
);

const Counted = {
  /** The plan in force lets go. */
  planned: Parcels,
  /** On tickets in force; of these confirmed or picked up; of these picked up. */
  ticketed: Parcels,
  confirmed: Parcels,
  pickedUp: Parcels,
};
/** Scans of acceptance; null: other origins' parcels enter at the same places, or nobody tracks. */
const Accepted = Type.Union([Parcels, Type.Null()]);
const BySlot = Type.Array(Parcels);

export const AcceptanceAnswer = Type.Object(
  {
    at: Type.String(),
    ageMs: Type.Number({ minimum: 0 }),
    scale: Type.Number({ minimum: 1 }),
    by: Type.Enum(['city', 'province'], { type: 'string' }),
    /** What is added up, and the slot that runs. */
    slots: Type.Object({ from: Slot, until: Slot, now: Slot }),
    origins: Type.Array(
      Type.Object({
        operator: Type.String(),
        origin: Type.String(),
        ...Counted,
        accepted: Accepted,
      }),
    ),
    pairs: Type.Array(
      Type.Object({
        operator: Type.String(),
        origin: Type.String(),
        destination: Type.String(),
        ...Counted,
      }),
    ),
    /** All that is asked about together, by slot, from slot 0. */
    pace: Type.Object({
      planned: BySlot,
      ticketed: BySlot,
      confirmed: BySlot,
      pickedUp: BySlot,
      /** Null where a destination is asked about: scans do not say where to. */
      accepted: Type.Union([BySlot, Type.Null()]),
    }),
  },
  { title: 'Acceptance' },
);

export const CapacitiesQuery = Type.Object(
  {
    from: SlotParam,
    until: SlotParam,
    kind: Type.Optional(Name),
    operator: Type.Optional(Name),
  },
  closed,
);

export const CapacitiesAnswer = Type.Object(
  {
    slots: Type.Object({ from: Slot, until: Slot, now: Slot }),
    /** Kinds of all that may be seen. */
    kinds: Type.Array(Type.String()),
    resources: Type.Array(
      Type.Object({
        ...NamedResource.properties,
        /** By slot from `from` on. */
        licensed: BySlot,
        /** What counts: declared last and approved where it must be, else licensed. */
        inForce: BySlot,
        /** Declared last and waiting for approval. */
        waiting: Type.Array(Type.Union([Parcels, Type.Null()])),
      }),
    ),
  },
  { title: 'Capacities' },
);

export type AcceptanceAnswer = Static<typeof AcceptanceAnswer>;
export type CapacitiesAnswer = Static<typeof CapacitiesAnswer>;
