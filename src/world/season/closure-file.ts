import { type Static, Type } from 'typebox';
import { parseJson } from './json.js';

const Hour = Type.Number({ minimum: 0, maximum: 24 });

/** Part of the plant taken away for some hours. */
const Closure = Type.Object({
  kind: Type.Union([Type.Literal('epidemic'), Type.Literal('power'), Type.Literal('weather')]),
  /** GB/T 2260 prefixes: 33 is Zhejiang, 330700 Jinhua. */
  regions: Type.Array(Type.String({ pattern: '^\\d{2,6}$' })),
  /** Hours after the start of the horizon, half-open; a year at the most. */
  fromHour: Type.Number({ minimum: 0 }),
  untilHour: Type.Number({ minimum: 0, maximum: 8784 }),
  /** Hours of the local day in which it holds, half-open; all day if absent. */
  daily: Type.Optional(Type.Tuple([Hour, Hour])),
  /** The part of the rated capacity that remains. */
  remaining: Type.Number({ minimum: 0, maximum: 1 }),
});
const ClosureFile = Type.Object({ closures: Type.Array(Closure) });

export type Closure = Static<typeof Closure>;
export type ClosureKind = Closure['kind'];

/** The closures of a file, or a sentence on the first thing wrong. */
export function parseClosures(text: string): Closure[] | string {
  const file = parseJson(ClosureFile, text);
  if (typeof file === 'string') return file;
  const { closures } = file.value;
  const empty = closures.findIndex(({ fromHour, untilHour }) => untilHour <= fromHour);
  return empty < 0 ? closures : `closures.${empty}.untilHour must be above fromHour`;
}
