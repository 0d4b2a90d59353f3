/** Why a parcel is an exception: a closed list, so that nothing of a person stands there (P13). */
export const REASON_CODES: ReadonlySet<string> = new Set([
  'cancelled',
  'customs',
  'damaged',
  'delivery-failed',
  'out-of-area',
  'refused',
  'silent',
  'stranded',
  'uncollected',
  'unreachable',
  'unsigned',
]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const COUNT_MOST = 1_000_000_000;

type Check = readonly [isValid: (value: unknown) => boolean, text: string, kind?: string];

const isCount = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= COUNT_MOST;
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const COUNT = `an integer from 0 to ${COUNT_MOST}`;

/** The closed list, in the order in which they are serialised; the kind of scan that alone may have one. */
const ATTRIBUTES: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['consent', [(v) => typeof v === 'string' && UUID.test(v), 'a UUID in lower case', 'placed']],
  ['inspected', [isBoolean, 'true or false']],
  ['pieces', [isCount, COUNT]],
  ['realName', [isBoolean, 'true or false']],
  [
    'reason',
    [
      (v) => typeof v === 'string' && REASON_CODES.has(v),
      `one of ${[...REASON_CODES].join(', ')}`,
      'exception',
    ],
  ],
  ['screened', [isBoolean, 'true or false']],
  ['weightGrams', [isCount, COUNT]],
]);

/** What is wrong with an attribute. */
export interface AttributeFault {
  readonly code: 'unknown-field' | 'invalid-field';
  readonly field?: string;
  readonly text: string;
}

/**
 * Attributes in canonical form: names in order, no spaces, nothing for none; what the order of contents compares (T1). Or what
 * is wrong with them; the text names no value.
 */
export function serialiseAttributes(
  attributes: Readonly<Record<string, unknown>>,
  kind: string,
): string | AttributeFault {
  for (const name of Object.keys(attributes)) {
    if (!ATTRIBUTES.has(name)) {
      return { code: 'unknown-field', text: 'A scan has no such attribute.' };
    }
  }
  if (Object.keys(attributes).length === 0) return '';
  const parts: string[] = [];
  for (const [name, [isValid, text, only]] of ATTRIBUTES) {
    const value = attributes[name];
    if (value === undefined) continue;
    const field = `attributes.${name}`;
    if (only !== undefined && only !== kind) {
      return { code: 'invalid-field', field, text: `Only a scan ${only} has ${name}.` };
    }
    if (!isValid(value)) return { code: 'invalid-field', field, text: `${name} is ${text}.` };
    parts.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
  }
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}
