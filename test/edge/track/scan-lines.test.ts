import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { REASON_CODES } from '../../../src/edge/track/attributes.js';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import { CodeTable } from '../../../src/edge/track/code-table.js';
import { addLines } from '../../../src/edge/track/scan-lines.js';
import { WaybillKeys } from '../../../src/edge/track/waybill-keys.js';
import { Names } from '../../../src/network/names.js';
import { encodeBatch } from '../../../src/track/batch-codec.js';
import { KINDS } from '../../../src/track/scans.js';
import { parseTable } from '../../../src/world/season/table.js';

const KEY = new Uint8Array(32).fill(5);
const KEYS = new WaybillKeys(KEY, ['yto']);
const NAMES = { operators: Names.from(['yto']), resources: Names.from(['杭州', '金华']) };
const AT = '2020-11-11T08:00:00+08:00';
const SCAN = {
  operator: 'yto',
  parcel: 'YT1234567890123',
  kind: 'arrived',
  resource: '杭州',
  at: AT,
};

function built(lines: readonly string[]): BatchBuilder {
  const builder = new BatchBuilder(NAMES, KEYS);
  addLines(Buffer.from(lines.join('\n')), builder);
  return builder;
}

/** What one scan, changed so, becomes: `fine`, or its fault. */
function toldOf(change: Readonly<Record<string, unknown>>): string {
  const { count, faults } = built([JSON.stringify({ ...SCAN, ...change })]);
  expect(count).toBe(1);
  return faults.map(({ code, field }) => [code, field].join(' ').trim()).join() || 'fine';
}

test('T1, P13: a scan in a line is a row of the batch, its waybill a keyed hash', () => {
  const attributes = { weightGrams: 900, realName: true };
  const lines = [
    JSON.stringify({ ...SCAN, attributes }),
    JSON.stringify({ ...SCAN, kind: 'departed', to: '金华', at: Date.parse(AT) + 1 }),
  ];
  const batch = built(lines).finish(2, 99);
  const own = createHmac('sha256', KEY).update('yto').digest();
  const hash = createHmac('sha256', own).update(SCAN.parcel).digest();
  const words = [0, 4, 8, 12].map((at) => hash.readInt32BE(at));
  expect(batch).toMatchObject({ seq: 0, source: 2, receivedAt: 99, count: 2, origin: undefined });
  expect([...batch.parcel]).toEqual([...words, ...words]);
  expect([...batch.kind]).toEqual([2, 5]);
  expect([...batch.to]).toEqual([-1, 1]);
  expect([...batch.at]).toEqual([Date.parse(AT), Date.parse(AT) + 1]);
  const text = new TextDecoder().decode(batch.attributes);
  expect(text).toBe('{"realName":true,"weightGrams":900}');
  expect([...batch.attributesStart]).toEqual([0, text.length, text.length]);
});

test('P11: what is outside of the sender’s scope is unknown to it, plain or not', () => {
  const scope = {
    operators: Uint8Array.of(1),
    resources: Uint8Array.of(1, 0),
    destinations: Uint8Array.of(1, 0),
  };
  const lines = [
    JSON.stringify(SCAN),
    JSON.stringify({ ...SCAN, resource: '金华' }),
    JSON.stringify({ ...SCAN, kind: 'departed', to: '金华' }),
  ];
  for (const spoil of ['', ' ']) {
    const builder = new BatchBuilder({ ...NAMES, scope }, KEYS);
    addLines(Buffer.from(lines.map((line) => line + spoil).join('\n')), builder);
    const batch = builder.finish(0, 0);
    expect([...batch.resource]).toEqual([0, -1, 0]);
    expect([...batch.to]).toEqual([-1, -1, -2]);
    expect(builder.faults.map(({ code }) => code)).toEqual([
      'unknown-resource',
      'unknown-resource',
    ]);
  }
});

test('T5: what is wrong with a scan is said, and it keeps its line', () => {
  expect(toldOf({})).toBe('fine');
  expect(toldOf({ operator: 'sf' })).toBe('unknown-operator operator');
  expect(toldOf({ kind: 'lost' })).toBe('unknown-kind kind');
  expect(toldOf({ resource: '上海' })).toBe('unknown-resource resource');
  expect(toldOf({ kind: 'departed', to: '上海' })).toBe('unknown-resource to');
  expect(toldOf({ to: '金华' })).toBe('invalid-field to');
  expect(toldOf({ at: undefined })).toBe('missing-field at');
  expect(toldOf({ at: '2020-11-11' })).toBe('invalid-field at');
  expect(toldOf({ at: 1.5 })).toBe('invalid-field at');
  expect(toldOf({ parcel: '' })).toBe('invalid-field parcel');
  expect(toldOf({ parcel: 'x'.repeat(56) })).toBe('invalid-field parcel');
  expect(toldOf({ phone: '13800000000' })).toBe('unknown-field');
  expect(toldOf({ attributes: { name: '张三' } })).toBe('unknown-field');
  expect(toldOf({ attributes: { weightGrams: -1 } })).toBe('invalid-field attributes.weightGrams');
  expect(toldOf({ attributes: { reason: 'damaged' } })).toBe('invalid-field attributes.reason');
  expect(toldOf({ kind: 'exception', attributes: { reason: 'damaged' } })).toBe('fine');
  expect(toldOf({ kind: 'placed', attributes: { consent: '13800000000' } })).toBe(
    'invalid-field attributes.consent',
  );
  const { faults, count } = built([JSON.stringify(SCAN), '{', '', '[]', JSON.stringify(SCAN)]);
  expect(count).toBe(5);
  expect(faults.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '2 malformed',
    '3 malformed',
    '4 malformed',
  ]);
});

test('T1, T5: a line read from its bytes is the scan that JSON makes of it, whatever bytes are wrong', () => {
  const value = {
    operator: fc.constantFrom('yto', 'yto', 'yto', 'yto', 'yto', 'sf'),
    parcel: fc.constantFrom('YT1', 'YT2', '3', 'x'.repeat(55), 'x'.repeat(56), '中', '"'),
    kind: fc.constantFrom('departed', 'departed', 'departed', 'arrived', 'lost'),
    resource: fc.constantFrom('杭州', '金华', '杭州', '金华', '上海'),
    at: fc.constantFrom(AT, `${AT}0`, '2020-11-11T00:00:00.5Z', 0, 7, 1605052800000, 1e20, -1, 0.5),
    to: fc.constantFrom('杭州', '北京'),
    attributes: fc.constantFrom(undefined, undefined, undefined, {}, { inspected: true }),
  };
  const scan = fc.record(value, { requiredKeys: ['operator', 'parcel', 'kind', 'resource', 'at'] });
  const text = fc.oneof(
    scan.map((item) => JSON.stringify(item)),
    scan.map((item) => JSON.stringify(item)),
    scan.map((item) => JSON.stringify(Object.fromEntries(Object.entries(item).toReversed()))),
    scan.map((item) => JSON.stringify(item).replace('}', ',"kind":"out"}')),
    scan.map((item) => JSON.stringify(item, undefined, ' ').replaceAll('\n', '')),
  );
  const byte = fc.constantFrom(...Buffer.from('"\\{},:0 \u00e4e-'));
  const spoilt = fc.oneof(fc.constant(undefined), fc.tuple(fc.nat(120), byte));
  let plain = 0;
  fc.assert(
    fc.property(text, spoilt, (line, spoil) => {
      const bytes = Buffer.from(line);
      if (spoil && spoil[0] < bytes.length) bytes[spoil[0]] = spoil[1];
      const read = new BatchBuilder(NAMES, KEYS);
      if (!read.addPlain(bytes, 0, bytes.length)) return;
      plain += 1;
      const said = new BatchBuilder(NAMES, KEYS);
      said.add(JSON.parse(bytes.toString()));
      expect(said.faults).toEqual([]);
      expect(read.finish(0, 0)).toEqual(said.finish(0, 0));
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(200);
  const builder = new BatchBuilder(NAMES, KEYS);
  const line = Buffer.from(JSON.stringify({ ...SCAN, kind: 'departed', to: '金华' }));
  expect(builder.addPlain(line, 0, line.length)).toBe(true);
});

test('P13: nothing of what is wrong in a line gets into the batch or what is said of it', () => {
  const canary = '13812345678';
  const anything = fc.oneof(
    fc.constant(canary),
    fc.constant([canary]),
    fc.constant({ [canary]: canary }),
  );
  const field = fc.constantFrom(...Object.keys(SCAN), 'to', 'attributes', 'phone', canary);
  fc.assert(
    fc.property(field, anything, fc.constantFrom(...KINDS), (name, value, kind) => {
      const builder = built([JSON.stringify({ ...SCAN, kind, [name]: value })]);
      const kept = Buffer.from(encodeBatch(builder.finish(0, 0))).toString('latin1');
      expect(kept.includes(canary)).toBe(false);
      expect(JSON.stringify(builder.faults).includes(canary)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('every state of kuaidi100 stands for a kind of scan, or for none with the reason why', () => {
  const kinds = readFileSync('data/scans/kuaidi100-kinds.csv', 'utf8');
  const codes = new CodeTable(kinds);
  const states = parseTable(readFileSync('data/scans/kuaidi100-states.csv', 'utf8'));
  const sourced = states.flatMap(({ state, substate, substate_name }) => {
    const further = [...substate_name.matchAll(/\b\d{3}\b/g)].map(([code]) => code);
    return [...substate.split('/'), ...further].map((code) => `${state} ${code}`);
  });
  expect(codes.list().toSorted()).toEqual(sourced.toSorted());
  expect(parseTable(kinds).filter(({ mark }) => mark === '')).toEqual([]);
  expect(codes.find('1', '103')).toEqual({ kind: 'accepted' });
  expect(codes.find('2', '209')).toEqual({ kind: 'exception', reason: 'damaged' });
  expect([codes.has('0', '0'), codes.find('0', '0')]).toEqual([true, undefined]);
  expect([codes.has('9', '9'), codes.find('9', '9')]).toEqual([false, undefined]);
});

test('every express scan that EPCIS says stands for a kind of scan, or for none with the reason why', () => {
  const codes = new CodeTable(readFileSync('data/scans/epcis-kinds.csv', 'utf8'));
  const steps = parseTable(readFileSync('data/scans/epcis-mapping.csv', 'utf8'));
  const listed = new Set(codes.list().map((code) => code.split(' ')[0]));
  expect([...listed].toSorted()).toEqual(
    [...new Set(steps.map(({ bizStep }) => bizStep))].toSorted(),
  );
  expect(codes.find('storing', 'in_progress')).toEqual({ kind: 'placed' });
  expect(codes.find('storing', 'damaged')).toBeUndefined();
});

test('every UPU event that an express scan is said as stands for a kind of scan, or for none with the reason why', () => {
  const codes = new CodeTable(readFileSync('data/scans/upu-kinds.csv', 'utf8'));
  const scans = parseTable(readFileSync('data/scans/epcis-mapping.csv', 'utf8'));
  const events = scans.flatMap((row) => row.upu_event.match(/\bE[MD][A-Z]\b/g) ?? []);
  expect(codes.list().toSorted()).toEqual([...new Set(events)].map((e) => `${e} `).toSorted());
  expect(codes.find('EMI', '')).toEqual({ kind: 'delivered' });
  expect(codes.find('EMB', '')).toBeUndefined();
});

function table(row: string): CodeTable {
  return new CodeTable(`state,substate,kind,reason,mark\n1,1,accepted,,x\n${row}\n`);
}

test('a table of codes with a mistake is refused', () => {
  expect(() => table('1,1,out,,x')).toThrow('twice');
  expect(() => table('1,2,sent,,x')).toThrow('no kind sent');
  expect(() => table('1,2,exception,bad,x')).toThrow('no reason bad');
  expect(REASON_CODES.size).toBe(11);
});
