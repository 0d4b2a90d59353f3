import { type Static, Type } from 'typebox';
import { NamedResource } from '../schema.js';

/**
 * What arrives at one's own stations. Quantities are parcels: tracked ones times `scale`; slots are indices, slot 0 starting at the
 * scenario's start; times are ISO 8601, UTC, by the season's clock.
 */
const Parcels = Type.Number({ minimum: 0 });
const BySlot = Type.Array(Parcels);

export const ArrivalsAnswer = Type.Object(
  {
    at: Type.String(),
    ageMs: Type.Number({ minimum: 0 }),
    scale: Type.Number({ minimum: 1 }),
    /** `past` has the slots from … now − 1, what is ahead those now … until − 1. */
    slots: Type.Object({ from: Type.Integer(), now: Type.Integer(), until: Type.Integer() }),
    places: Type.Array(
      Type.Object({
        ...NamedResource.properties,
        /** Parcels that it can store; null where nobody said. */
        floor: Type.Union([Parcels, Type.Null()]),
        stock: Parcels,
        /** Departed towards it. */
        bound: Parcels,
        /** The newest scan; null where nothing ever came. */
        newestAt: Type.Union([Type.String(), Type.Null()]),
        stale: Type.Boolean(),
        past: Type.Object({ arrived: BySlot, left: BySlot }),
        /** Expected by slot: departed towards it; in the network, but not yet; still to be let go by the plan. */
        onTheWay: BySlot,
        inNetwork: BySlot,
        planned: BySlot,
        /** What it takes in a slot, less commitments. */
        capacity: BySlot,
      }),
    ),
  },
  { title: 'Arrivals' },
);

export type ArrivalsAnswer = Static<typeof ArrivalsAnswer>;
