import * as fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { parseInstant } from '../../../../src/edge/gate/instant.js';
import { findItemFault, parseRequests } from '../../../../src/edge/http/gate/request-item.js';
import { Instant, RequestItemSchema } from '../../../../src/edge/http/gate/ticket-schema.js';

const schema = Compile(RequestItemSchema);
const instant = Compile(Instant);

const sound = {
  id: 'a',
  service: 's',
  operator: 'o',
  origin: 'x',
  destination: 'y',
  readyAt: '2026-11-11T00:00:00+08:00',
  parcels: 1,
};

const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
const times = fc
  .tuple(
    fc.constantFrom('1969', '1970', '2024', '2100', '2000', '9999', '0001'),
    fc.array(two, { minLength: 5, maxLength: 5 }),
    fc.constantFrom('', '.', '.1', '.123', '.1234', ','),
    fc.constantFrom('Z', 'z', '', '+08:00', '-23:59', '+24:00', '+0800', '+08:60', 'Z '),
  )
  .map(
    ([year, [month, day, hour, minute, second], fraction, zone]) =>
      `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
  );
const sensible = fc
  .tuple(
    fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
    fc.constantFrom('Z', '+08:00', '-05:30'),
  )
  .map(([date, zone]) => date.toISOString().replace('Z', zone));

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.string({ unit: 'grapheme', maxLength: 130 }),
  fc.constantFrom(
    '',
    'a'.repeat(64),
    'a'.repeat(65),
    '😀'.repeat(64),
    '😀'.repeat(65),
    '\ud83d',
    '\ude00',
    'é\u0301',
    '\u0085',
    '\u007f',
    'n'.repeat(200),
    'n'.repeat(201),
  ),
);
const anything = fc.oneof(
  texts,
  times,
  sensible,
  fc.jsonValue(),
  fc.integer(),
  fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 1.5, -1),
);
const field = fc.oneof(
  fc.constantFrom(...Object.keys(sound), 'notAfter', 'divisible'),
  fc.constantFrom('constructor', '__proto__', 'toString', 'more'),
);
/** A sound request, with some fields spoiled, added or left out; as JSON, for `__proto__` to be a field. */
const items = fc
  .tuple(
    fc.array(fc.tuple(field, anything), { maxLength: 3 }),
    fc.oneof(fc.constant(Object.keys(sound)), fc.subarray(Object.keys(sound), { minLength: 6 })),
  )
  .map(([spoiled, kept]) => {
    const fields = [...Object.entries(sound).filter(([name]) => kept.includes(name)), ...spoiled];
    const text = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    return `{${text.join(',')}}`;
  });

test('validation by hand says of every request what the schema says', () => {
  const seen = { sound: 0, faulty: 0 };
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: items }, fc.json()), (text) => {
      const item: unknown = JSON.parse(text);
      const isSound = schema.Check(item);
      expect(findItemFault(item) === undefined, text).toBe(isSound);
      seen[isSound ? 'sound' : 'faulty'] += 1;
    }),
    { numRuns: 5000 },
  );
  expect(Math.min(seen.sound, seen.faulty)).toBeGreaterThan(500);
});

test('an instant is what the schema takes for one, and is the instant that the language reads', () => {
  fc.assert(
    fc.property(fc.oneof(times, sensible), (text) => {
      const ms = parseInstant(text);
      expect(!Number.isNaN(ms), text).toBe(instant.Check(text));
      if (!Number.isNaN(ms)) expect(ms, text).toBe(Date.parse(text));
    }),
    { numRuns: 5000 },
  );
  expect(parseInstant('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29));
  expect(parseInstant('2026-02-29T00:00:00Z')).toBeNaN();
});

test('a fault says which field, and keeps an id that could be read', () => {
  const faults = parseRequests(
    Buffer.from(
      JSON.stringify({
        requests: [
          { ...sound, readyAt: '2026-11-11' },
          { ...sound, id: '' },
          { ...sound, parcels: undefined },
          7,
        ],
      }),
    ),
  );
  expect(faults).toMatchObject([
    { id: 'a', code: 'invalid-field', field: 'readyAt' },
    { id: undefined, code: 'invalid-field', field: 'id' },
    { id: 'a', code: 'missing-field', field: 'parcels' },
    { id: undefined, code: 'malformed' },
  ]);
});
