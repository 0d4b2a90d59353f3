import { type Static, Type } from 'typebox';

/** A resource as it is named to people. */
export const NamedResource = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  operator: Type.String(),
  region: Type.String(),
});

export type NamedResource = Static<typeof NamedResource>;
