import { type Static, Type } from 'typebox';

/** What everybody who has signed in is told of the season: nothing of it is anybody's. */
export const SeasonAnswer = Type.Object(
  {
    scenario: Type.Object({
      name: Type.String(),
      start: Type.String({ description: 'ISO 8601 with offset: the start of slot 0' }),
      slotMinutes: Type.Number(),
      slots: Type.Integer({ description: 'slots in which parcels may be released' }),
      shownSlots: Type.Integer({
        description: 'slots with loads, those after the last release among them',
      }),
      places: Type.Integer({ description: 'origins and destinations' }),
      operators: Type.Integer(),
      generated: Type.Boolean({
        description: 'the scenario says that its data are generated or modelled, not measured',
      }),
      hasDemand: Type.Boolean({ description: 'any parcels are, or become, ready' }),
    }),
    now: Type.String({ format: 'date-time', description: "the season's clock" }),
    scale: Type.Number({ description: 'parcels that each tracked one stands for' }),
    services: Type.Object(
      {
        gate: Type.Boolean(),
        tracking: Type.Boolean(),
        warnings: Type.Boolean(),
        simulations: Type.Boolean(),
        planning: Type.Boolean(),
      },
      { description: 'what this server has' },
    ),
    plan: Type.Union([Type.Integer(), Type.Null()], {
      description: 'version of the plan in force; null: none yet',
    }),
  },
  { title: 'Season' },
);

export type SeasonAnswer = Static<typeof SeasonAnswer>;
