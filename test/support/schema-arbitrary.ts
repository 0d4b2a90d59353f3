import * as fc from 'fast-check';
import type { Schema } from '../../scripts/client/schema-type.js';

interface Bounded extends Schema {
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** Values that a schema describes, more or less: some part of one in ten is spoiled. */
export function valuesOf(
  schema: Schema,
  named: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const sound = soundValues(schema, named);
  return fc.oneof({ weight: 19, arbitrary: sound }, { weight: 1, arbitrary: NASTY });
}

const NASTY: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    '\u0000',
    "'; DROP TABLE webhook; --",
    '../../etc/passwd',
    '9'.repeat(400),
    '=1+1',
  ),
  fc.constantFrom(-1, 0, 2 ** 31, 2 ** 53, 1e308, 0.1, null, true, [], {}),
);

function soundValues(
  schema: Bounded,
  named: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const { $ref, anyOf, items, properties, required = [], maxItems = 3 } = schema;
  if ($ref) return valuesOf(named[$ref.slice($ref.lastIndexOf('/') + 1)], named);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (anyOf) return fc.oneof(...anyOf.map((each) => valuesOf(each, named)));
  if (items) return fc.array(valuesOf(items, named), { maxLength: Math.min(3, maxItems) });
  if (properties) return objectsOf(properties, required, named);
  return plainValues(schema);
}

function objectsOf(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  named: Readonly<Record<string, Schema>>,
): fc.Arbitrary<unknown> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, field] of Object.entries(properties)) fields[name] = valuesOf(field, named);
  const sound = fc.record(fields, { requiredKeys: [...required] });
  const more = fc.dictionary(fc.constantFrom('more', 'constructor', 'prototype'), NASTY, {
    maxKeys: 1,
  });
  const spoiled = fc.tuple(sound, more).map(([record, others]) => ({ ...record, ...others }));
  return fc.oneof({ weight: 9, arbitrary: sound }, { weight: 1, arbitrary: spoiled });
}

/** Words that mean something to the test's server, so that some requests go all the way. */
const WORDS = ['a', 'hub', 'far', 'op', 'mall', 'standard', 'T0-0', 'T0-4294967295', '0', '1.0'];
const HOURS = fc.integer({ min: -3, max: 60 });

function plainValues(schema: Bounded): fc.Arbitrary<unknown> {
  const { type, format, pattern, minimum = -10, maximum = 2 ** 31 } = schema;
  if (type === 'integer' || type === 'number') {
    return fc.oneof(...numbers(type, minimum, maximum));
  }
  if (type === 'boolean') return fc.boolean();
  if (format === 'date-time') {
    const start = Date.parse('2021-11-01T00:00:00+08:00');
    return HOURS.map((hours) => new Date(start + hours * 3_600_000).toISOString());
  }
  if (pattern?.startsWith('^https')) return fc.webUrl({ validSchemes: ['https'] });
  return fc.oneof(
    fc.constantFrom(...WORDS),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  );
}

/** Small and large whole numbers within the bounds, where there are any; of numbers, others too. */
function numbers(type: 'integer' | 'number', min: number, max: number): fc.Arbitrary<number>[] {
  const [least, most] = [Math.ceil(min), Math.floor(max)];
  const whole =
    least > most
      ? []
      : [
          fc.integer({ min: least, max: Math.min(least + 9, most) }),
          fc.integer({ min: least, max: most }),
        ];
  return type === 'number' ? [...whole, fc.double({ min, max, noNaN: true })] : whole;
}
