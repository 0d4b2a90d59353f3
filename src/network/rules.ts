import type { Rule } from './columns.js';

/** Rules that several tables share, by their stable names. */
const NEGATIVE: Rule = { rule: 'negative', cure: 'Write 0 or more.' };
const TOO_LARGE: Rule = {
  rule: 'too-large',
  cure: 'Write a smaller number; the unit may be wrong.',
};

/** Whole parcels that one row may hold: 2^32 − 1. */
export const ROW_PARCELS_MAX = 2 ** 32 - 1;
/** Slots that a lag or span may have, as many as a horizon. */
export const SLOT_COUNT_MAX = 32767;
const INT_MAX = 2 ** 31 - 1;

export const amount = {
  kind: 'integer',
  least: 0,
  most: Number.MAX_SAFE_INTEGER,
  below: NEGATIVE,
  above: TOO_LARGE,
} as const;

export const rowParcels = { ...amount, most: ROW_PARCELS_MAX } as const;

export const atLeastZero = { ...amount, kind: 'number', most: Number.MAX_VALUE } as const;

export const lag = { ...amount, most: SLOT_COUNT_MAX } as const;

export const span = {
  ...lag,
  least: 1,
  below: { rule: 'span-below-one', cure: 'A step loads its resource for at least one slot.' },
} as const;

export const sequence = {
  ...amount,
  least: -INT_MAX,
  most: INT_MAX,
  below: { rule: 'too-small', cure: 'Number the steps of a route 1, 2, …' },
} as const;

export const loadedSlot = {
  ...amount,
  most: INT_MAX,
  below: { rule: 'slot-outside-horizon', cure: 'Slots of capacities and commitments begin at 0.' },
  above: TOO_LARGE,
} as const;

export function degrees(most: number) {
  const outside = { rule: 'bad-degrees', cure: `Write WGS 84 degrees from −${most} to ${most}.` };
  return { kind: 'number', least: -most, most, below: outside, above: outside } as const;
}

export const unknownResource: Rule = {
  rule: 'unknown-resource',
  cure: 'Add it to resources, or mend the identifier: they are compared letter by letter.',
};
export const unknownRoute: Rule = {
  rule: 'unknown-route',
  cure: 'Add it to routes, or mend the identifier: they are compared letter by letter.',
};
export const unknownService: Rule = {
  rule: 'unknown-service',
  cure: 'Add it to the services in scenario.json, or mend the identifier.',
};

/** Faults that lose a whole table, so that what refers to it cannot be judged. */
export const LOSES_TABLE: readonly string[] = [
  'missing-file',
  'table-twice',
  'missing-column',
  'duplicate-column',
  'empty-file',
  'wrong-type',
  'not-utf8',
  'unclosed-quote',
  'unreadable-file',
];
