/** Columns of a scan, as its fields are called; those of attributes by their own names. */
const FIELDS = ['operator', 'parcel', 'resource', 'at'] as const;
const TO = 'to';
const ATTRIBUTES = ['weightGrams', 'realName', 'inspected', 'screened', 'consent', 'pieces'];

/** Which codes of the field the rows of a file have instead of kinds. */
export const CODE_LISTS = ['kuaidi100', 'upu'] as const;
export type CodeList = (typeof CODE_LISTS)[number];

/** The columns of a file: one that is not among them may be about a person, and is refused. */
export interface ScanColumns {
  readonly needed: readonly string[];
  readonly further: readonly string[];
  /** Columns that make the code, where rows have codes: two, the second may be missing. */
  readonly code?: readonly [string, string];
}

export function scanColumns(codes?: CodeList): ScanColumns {
  const further = [TO, ...ATTRIBUTES];
  if (codes === 'kuaidi100') {
    return { needed: [...FIELDS, 'state', 'substate'], further, code: ['state', 'substate'] };
  }
  if (codes === 'upu') {
    return {
      needed: [...FIELDS, 'event'],
      further: [...further, 'condition'],
      code: ['event', 'condition'],
    };
  }
  return { needed: [...FIELDS, 'kind'], further: [...further, 'reason'] };
}
