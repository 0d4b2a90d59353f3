import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** The value of a JSON text that meets the schema, or a sentence on the first thing wrong. */
export function parseJson<S extends TSchema>(
  schema: S,
  text: string,
): { value: Static<S> } | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : 'unreadable'}`;
  }
  if (Value.Check(schema, value)) return { value };
  const [first] = Value.Errors(schema, value);
  return `${first.instancePath.slice(1).replaceAll('/', '.') || 'the file'} ${first.message}`;
}
