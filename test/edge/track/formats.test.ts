import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { EpcisCodes } from '../../../src/edge/track/epcis/codes.js';
import { readDocument } from '../../../src/edge/track/epcis/documents.js';
import { EventReader } from '../../../src/edge/track/epcis/read-events.js';
import { type FileScan, readCsvScans } from '../../../src/edge/track/formats/read-csv-scans.js';
import { readNdjsonScans } from '../../../src/edge/track/formats/read-ndjson-scans.js';
import type { CodeList } from '../../../src/edge/track/formats/scan-columns.js';
import { addLines } from '../../../src/edge/track/scan-lines.js';
import { WaybillKeys } from '../../../src/edge/track/waybill-keys.js';
import { FaultList } from '../../../src/network/fault.js';
import { Names } from '../../../src/network/names.js';
import { encodeBatch } from '../../../src/track/batch-codec.js';
import {
  asCsv,
  asEpcis,
  asKuaidi100,
  asNdjson,
  eventOf,
  kuaidi100Of,
  OPERATOR,
  RESOURCES,
  type SomeScan,
  someScan,
} from '../../support/formatted-scans.js';

const folder = mkdtempSync(join(tmpdir(), 'cuofeng-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEYS = new WaybillKeys(new Uint8Array(32).fill(7), [OPERATOR]);
const NAMES = { operators: Names.from([OPERATOR]), resources: Names.from(RESOURCES) };
const CODES = new EpcisCodes();

function builder(): BatchBuilder {
  return new BatchBuilder(NAMES, KEYS);
}

/** The bytes of the batch that a body of NDJSON makes. */
function batchOf(body: string): Buffer {
  const made = builder();
  addLines(Buffer.from(body), made);
  expect(made.faults).toEqual([]);
  return Buffer.from(encodeBatch(made.finish(1, 2)));
}

async function readFile(
  bytes: string | Buffer,
  format: 'csv' | 'ndjson',
  codes?: CodeList,
): Promise<{ scans: FileScan[]; faults: FaultList }> {
  const path = join(folder, `scans.${format}`);
  writeFileSync(path, bytes);
  const faults = new FaultList();
  const batches =
    format === 'csv' ? readCsvScans(path, codes, faults) : readNdjsonScans(path, faults);
  const scans: FileScan[] = [];
  for await (const batch of batches) scans.push(...batch);
  return { scans, faults };
}

async function batchOfFile(
  text: string,
  format: 'csv' | 'ndjson',
  codes?: CodeList,
): Promise<Buffer> {
  const { scans, faults } = await readFile(text, format, codes);
  expect(faults.first).toEqual([]);
  return batchOf(scans.map(({ json }) => json).join('\n'));
}

function batchOfEvents(events: readonly object[]): Buffer {
  const made = builder();
  const reader = new EventReader(CODES, OPERATOR, made);
  const document = readDocument(JSON.parse(JSON.stringify(asEpcis(events))));
  if ('faults' in document) throw new Error(JSON.stringify(document.faults));
  reader.add(document.events);
  expect(reader.faults).toEqual([]);
  return Buffer.from(encodeBatch(made.finish(1, 2)));
}

test('T1: the same scans make the same bytes, as NDJSON, as CSV, as EPCIS, as states of kuaidi100', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someScan, { minLength: 1, maxLength: 20 }), async (scans) => {
      const expected = batchOf(asNdjson(scans));
      expect(await batchOfFile(asNdjson(scans), 'ndjson')).toEqual(expected);
      expect(await batchOfFile(asCsv(scans), 'csv')).toEqual(expected);
      expect(batchOfEvents(scans.map((scan) => eventOf([scan])))).toEqual(expected);
      const coded = scans.filter((scan) => kuaidi100Of(scan) !== undefined);
      if (coded.length === 0) return;
      const states = await batchOfFile(asKuaidi100(coded), 'csv', 'kuaidi100');
      expect(states).toEqual(batchOf(asNdjson(coded)));
    }),
    { numRuns: 100 },
  );
});

test('T1: parcels named together, in an ObjectEvent or put in a bag, are scans each', () => {
  const scans: SomeScan[] = ['YT1', 'YT2', 'YT3'].map((parcel) => ({
    operator: OPERATOR,
    parcel,
    kind: 'departed',
    resource: RESOURCES[0],
    at: 1_605_000_000_000,
    to: RESOURCES[3],
  }));
  const expected = batchOf(asNdjson(scans));
  expect(batchOfEvents([eventOf(scans)])).toEqual(expected);
  expect(batchOfEvents([eventOf(scans, 'AggregationEvent')])).toEqual(expected);
});

test.each<['csv' | 'ndjson', CodeList | undefined]>([
  ['csv', undefined],
  ['csv', 'kuaidi100'],
  ['ndjson', undefined],
])(
  'P9: 500 spoilt files of %s (%s): faults that say where, or every line a scan',
  async (format, codes) => {
    const scans: SomeScan[] = Array.from({ length: 4 }, (_, n) => ({
      operator: OPERATOR,
      parcel: `YT${n}`,
      kind: 'placed',
      resource: RESOURCES[n],
      at: 1_605_000_000_000 + n,
      attributes: { weightGrams: n, inspected: true },
    }));
    const text = format === 'ndjson' ? asNdjson(scans) : codes ? asKuaidi100(scans) : asCsv(scans);
    const whole = Buffer.from(text);
    const part = fc.oneof(
      fc
        .constantFrom(',', '"', '\n', '\r', '{', '}', '\u0000', '', '"\n"', '\ufeff')
        .map((t) => Buffer.from(t)),
      fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
    );
    let wrong = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(40), part, async (at, cut, put) => {
        const bytes = Buffer.concat([whole.subarray(0, at), put, whole.subarray(at + cut)]);
        const { scans: read, faults } = await readFile(bytes, format, codes);
        if (faults.total > 0) {
          wrong += 1;
          for (const { line, rule, cure, text: said } of faults.first) {
            expect([line >= 0, rule !== '', cure !== '', said !== '']).toEqual([
              true,
              true,
              true,
              true,
            ]);
          }
          return;
        }
        const made = builder();
        addLines(Buffer.from(read.map(({ json }) => json).join('\n')), made);
        expect(made.count).toBe(read.length);
      }),
      { numRuns: 500 },
    );
    expect(wrong).toBeGreaterThan(50);
  },
);

test('P13: nothing of a file that is refused is said', async () => {
  const canary = '13812345678';
  const scans = [
    { operator: OPERATOR, parcel: 'YT1', kind: 'arrived', resource: RESOURCES[0], at: 1 },
  ] as const;
  for (const [format, text] of [
    ['csv', asCsv(scans)],
    ['ndjson', asNdjson(scans)],
  ] as const) {
    for (let at = 0; at <= text.length; at++) {
      for (const put of [canary, `"${canary}`, `,${canary},`, `"${canary}":1,`]) {
        const { faults } = await readFile(text.slice(0, at) + put + text.slice(at), format);
        expect(JSON.stringify(faults.first.map((fault) => ({ ...fault, file: '' })))).not.toContain(
          canary,
        );
      }
    }
  }
});

test('the examples of the specification are the same scans', async () => {
  const spec = readFileSync('docs/spec/tracking.md', 'utf8');
  const formats = spec.slice(spec.indexOf('## Formats'), spec.indexOf('## The bytes'));
  const blocks = [...formats.matchAll(/```(\w+)\n([^`]*)```/g)].map(([, , text]) => text);
  const [ndjson, csv, states, document] = blocks;
  const names = {
    operators: Names.from([OPERATOR]),
    resources: Names.from(['hub-hangzhou', 'hub-jinhua']),
  };
  const made = [
    new BatchBuilder(names, KEYS),
    new BatchBuilder(names, KEYS),
    new BatchBuilder(names, KEYS),
  ];
  addLines(Buffer.from(ndjson), made[0]);
  const { scans } = await readFile(csv, 'csv');
  addLines(Buffer.from(scans.map(({ json }) => json).join('\n')), made[1]);
  const read = readDocument(JSON.parse(document));
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  new EventReader(CODES, OPERATOR, made[2]).add(read.events);
  const batches = made.map((each) => Buffer.from(encodeBatch(each.finish(1, 2))));
  expect(made.flatMap(({ faults }) => faults)).toEqual([]);
  expect(batches).toEqual([batches[0], batches[0], batches[0]]);
  const coded = await readFile(states, 'csv', 'kuaidi100');
  expect(coded.scans.map(({ doubt }) => doubt)).toEqual([undefined, 'not-a-scan']);
});

test('the schema of EPCIS is the one that was published', () => {
  const bytes = readFileSync('data/scans/epcis/epcis-json-schema.json');
  const source = readFileSync('data/scans/epcis/SOURCE.md', 'utf8');
  expect(source).toContain(createHash('sha256').update(bytes).digest('hex'));
});
