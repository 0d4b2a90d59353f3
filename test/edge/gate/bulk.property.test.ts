import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BulkDesk } from '../../../src/edge/gate/bulk-desk.js';
import type { ItemFault, RequestItem } from '../../../src/edge/gate/gate-service.js';
import { batchOf, flowOfItem } from '../../../src/edge/gate/request-columns.js';
import { RequestScanner } from '../../../src/edge/gate/scan-requests.js';
import { parseRequests } from '../../../src/edge/http/gate/request-item.js';
import { gateSeason, localShards } from '../../support/gate-season.js';

/*
 * Whole bodies are read and answered in two ways: as objects and texts, which say what is wrong with them, and from bytes
 * to bytes. Where the second does not decline, both must be the same.
 */

const season = gateSeason();
const { names } = season;

const plain = fc.record(
  {
    id: fc.stringMatching(/^[ !#-[\]-~]{1,64}$/),
    service: fc.constantFrom('standard', 'timed'),
    operator: fc.constantFrom('A', 'B'),
    origin: fc.constantFrom('x', '西'),
    destination: fc.constant('y'),
    readyAt: fc.constantFrom(
      '2021-11-01T00:30:00+08:00',
      '2021-10-31T16:00:00Z',
      '2021-11-01T03:00:00.250+08:00',
      '2024-12-31T23:59:59-11:30',
    ),
    parcels: fc.integer({ min: 1, max: 40 }),
    notAfter: fc.constantFrom('2021-11-01T02:00:00+08:00', '2024-11-01T00:00:00Z'),
    divisible: fc.boolean(),
  },
  { requiredKeys: ['id', 'service', 'operator', 'origin', 'destination', 'readyAt', 'parcels'] },
);
/** What programs write, and what they should not. */
const odd = fc.oneof(
  fc.constantFrom('', '"', '\\', 'ü', '\u007f', 'a'.repeat(65), '2024-02-30T00:00:00Z', 'C'),
  fc.constantFrom<unknown>(0, -1, 1.5, 1e3, 2 ** 31, null, true, [], {}),
);
const item = fc.oneof(
  { weight: 9, arbitrary: plain },
  fc
    .tuple(plain, fc.constantFrom('id', 'service', 'parcels', 'readyAt', 'more'), odd)
    .map(([of, field, value]) => ({ ...of, [field]: value })),
);
const space = fc.constantFrom('', ' ', '\n  ');
const body = fc
  .tuple(fc.array(item, { minLength: 1, maxLength: 6 }), fc.constantFrom(0, 1), space)
  .map(([requests, indent, after]) => `${JSON.stringify({ requests }, undefined, indent)}${after}`);
/** A byte of it is another, or is left out. */
const spoiled = fc
  .tuple(body, fc.nat(), fc.constantFrom('', '"', ',', '}', '0', '\\', 'é', ' '))
  .map(([text, at, by]) => {
    const k = at % text.length;
    return text.slice(0, k) + by + text.slice(k + 1);
  });

/** Columns as the other way has them; undefined where it finds any fault. */
function columnsOf(text: string) {
  let items: (RequestItem | ItemFault)[];
  try {
    items = parseRequests(Buffer.from(text));
  } catch {
    return undefined;
  }
  const requests = items.filter((each): each is RequestItem => !('code' in each));
  const flows = requests
    .map((each) => flowOfItem(names, each))
    .filter((f) => typeof f === 'number');
  if (flows.length < items.length) return undefined;
  return batchOf(names, 0, requests, flows);
}

test('G1: a body read from its bytes gives the columns of the body read as objects', () => {
  const scanner = new RequestScanner(names);
  let scannedBodies = 0;
  fc.assert(
    fc.property(fc.oneof(body, spoiled), (text) => {
      const scanned = scanner.scan(Buffer.from(text), 10_000);
      if (!scanned) return;
      scannedBodies += 1;
      const columns = columnsOf(text);
      if (!columns) throw new Error(`it is not: ${text}`);
      const { count } = scanned;
      expect(count).toBe(columns.count);
      for (const field of ['flow', 'readyAt', 'parcels', 'notAfter', 'divisible'] as const) {
        expect([...scanned[field].subarray(0, count)]).toEqual([...columns[field]]);
      }
      expect([...scanned.idStart.subarray(0, count + 1)]).toEqual([...columns.idStart]);
      const end = scanned.idStart[count];
      expect([...scanned.ids.subarray(0, end)]).toEqual([...columns.ids.subarray(0, end)]);
    }),
    { numRuns: 3000 },
  );
  expect(scannedBodies).toBeGreaterThan(300);
});

test('G1: a plain body is not declined', () => {
  const scanner = new RequestScanner(names);
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 2000, size: 'max' }), (requests) => {
      const scanned = scanner.scan(Buffer.from(JSON.stringify({ requests })), 10_000);
      expect(scanned?.count).toBe(requests.length);
    }),
    { numRuns: 20 },
  );
});

test('G2, G9: a body answered in bytes reads as one answered in texts, repeats and changes too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(plain, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
      async (bodies) => {
        const [inBytes, inTexts] = [await localShards(season), await localShards(season)];
        const bulk = new BulkDesk(season, (pair) => inBytes.deskOf(pair));
        for (const requests of [...bodies, ...bodies]) {
          const decided = await bulk.decide(0, Buffer.from(JSON.stringify({ requests })));
          const texts = await inTexts.decide(requests);
          expect(decided?.body.toString()).toBe(`{"results":[${texts.join(',')}]}`);
          await Promise.all([inBytes, inTexts].map((each) => each.confirmFirst()));
        }
      },
    ),
    { numRuns: 60 },
  );
});
