import { type Static, Type } from 'typebox';
import { SURPRISE_LEVELS } from '../../../world/simulation/surprise-levels.js';
import { SIDES } from '../../night/night.js';
import { NamedResource } from '../schema.js';
import { FiguresOfRun } from '../simulation-schema.js';

/**
 * The night: a generated season, simulated twice with the same surprises. Slots are indices, slot 0 starting at `start`; columns have
 * one entry a slot, 0 to made − 1. Tables are bytes in base64, row by row: slot t, column c at t · columns + c.
 */
const Figure = Type.Union([Type.Number(), Type.Null()]);
const word = { type: 'string' };
const Count = Type.Integer({ minimum: 0 });
const BySlot = Type.Array(Count);

const Side = Type.Object({
  policy: Type.Enum(SIDES, word),
  /** By hub, one byte: stock at the end of the slot, per cent of the floor; above 100 exactly where it overflows; 255: no floor is known. */
  full: Type.String(),
  /** By hub, two bytes, the lower first: parcels in vehicles that wait outside, per mille of the floor. */
  outside: Type.String(),
  /** By lane, one byte: what it took in the slot, per cent of its capacity, at most 255. */
  load: Type.String(),
  /** Parcels to which that happened in the slot. */
  ready: BySlot,
  released: BySlot,
  pickedUp: BySlot,
  delivered: BySlot,
  /** Parcels in all vehicles outside hubs. */
  waiting: BySlot,
  /** Hubs above their floor, important ones among them, and hubs that block each other in a ring. */
  overflowing: BySlot,
  important: BySlot,
  gridlocked: BySlot,
  /** The run's (docs/maths/world.md#figures), over all of it; null until it has ended. */
  figures: Type.Union([FiguresOfRun, Type.Null()]),
});

export const NightAnswer = Type.Object(
  {
    state: Type.Enum(['making', 'done', 'failed'], word),
    start: Type.String(),
    slotMinutes: Type.Number(),
    /** Slots of the season's demand. */
    seasonSlots: Count,
    /** Slots to show, and how many of them can be shown by now. */
    until: Count,
    made: Count,
    seed: Count,
    surprises: Type.Enum(SURPRISE_LEVELS, word),
    hubs: Type.Array(
      Type.Object({
        resource: NamedResource,
        lat: Figure,
        lng: Figure,
        floor: Figure,
        important: Type.Boolean(),
      }),
    ),
    /** Line-hauls between two hubs, by their numbers. */
    lanes: Type.Array(Type.Object({ from: Count, to: Count })),
    /** Empty until something of both is made; then at once, and by plan. */
    sides: Type.Array(Side),
  },
  { title: 'Night' },
);

export type NightAnswer = Static<typeof NightAnswer>;
