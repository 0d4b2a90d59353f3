import { type Static, Type } from 'typebox';
import { Kind, Level } from '../../access/schema.js';

/** What a demonstration is signed in to with; empty lists where the server shows none. */
export const DemonstrationAnswer = Type.Object(
  {
    organisations: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Kind,
        level: Level,
        /** GB/T 2260. */
        region: Type.String(),
      }),
    ),
    /** The same in each organisation. */
    logins: Type.Array(Type.String()),
    /** Of everybody; another one at each start. */
    password: Type.Optional(Type.String()),
    /** Whether there is a night to see: GET /v1/demonstration/night. */
    night: Type.Boolean(),
  },
  { title: 'Demonstration' },
);

export type DemonstrationAnswer = Static<typeof DemonstrationAnswer>;
