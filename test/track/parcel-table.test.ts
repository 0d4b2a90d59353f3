import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_WORDS, History, MemoryChunks, ScanRecord } from '../../src/track/history.js';
import {
  headOf,
  kindOf,
  ParcelTable,
  resourceOf,
  setHead,
  setState,
  stampOf,
  toOf,
} from '../../src/track/parcel-table.js';
import { RESOURCES_MOST, STAMPS_MOST } from '../../src/track/track-network.js';

test('a table of parcels is a map, however their marks meet, grow and leave', () => {
  // Marks at both ends and equal ones, so that rows are shifted far and past the last place.
  const mark = fc.constantFrom(0, 1, 2, 0x7fffffff, -2, -1);
  const key = fc.tuple(fc.constantFrom(0, -1), mark, fc.nat(40), fc.nat(3));
  const step = fc.tuple(fc.constantFrom('add', 'add', 'add', 'find', 'sweep'), key, fc.nat(8));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
      const table = new ParcelTable();
      const map = new Map<string, number>();
      for (const [what, [a, b, c, d], n] of steps) {
        const row = table.find(a, b, c, d);
        const name = [a >>> 22, b, c, d].join();
        const found = row < 0 ? undefined : resourceOf(table.shelf, row);
        expect(found).toBe(map.get(name));
        if (what === 'add' && row < 0) {
          const at = table.add(b, c, d);
          setState(table.shelf, at, 5, 2, n, -1);
          map.set(name, n);
        }
        if (what !== 'sweep') continue;
        const shelf = a >>> 22;
        table.sweep(shelf, (words, at) => resourceOf(words, at) === n);
        for (const [k, r] of map) if (k.startsWith(`${shelf},`) && r === n) map.delete(k);
      }
      expect(table.size).toBe(map.size);
    }),
    { numRuns: 300 },
  );
});

test('a row holds the greatest values of its fields beside each other', () => {
  const table = new ParcelTable();
  table.find(0, 7, 8, 9);
  const row = table.add(7, 8, 9);
  const { shelf } = table;
  for (const [stamp, kind, resource, to, head] of [
    [STAMPS_MOST - 1, 9, RESOURCES_MOST - 1, RESOURCES_MOST - 1, 2 ** 40 - 1],
    [0, 1, 0, -1, 1],
    [2 ** 32, 5, 1, 0, 2 ** 32],
  ]) {
    setState(shelf, row, stamp, kind, resource, to);
    setHead(shelf, row, head);
    const read = [stampOf, kindOf, resourceOf, toOf, headOf].map((field) => field(shelf, row));
    expect(read).toEqual([stamp, kind, resource, to, head]);
    expect(table.find(0, 7, 8, 9)).toBe(row);
  }
});

test('records are read as they were written, across chunks and after a restart', () => {
  const history = new History(new MemoryChunks());
  const record = new ScanRecord();
  const positions: number[] = [];
  const lengths = Array.from({ length: 2500 }, (_, i) => (i % 11 === 0 ? (i * 37) % 900 : i % 9));
  for (const [i, length] of lengths.entries()) {
    record.before = positions[i - 1] ?? 0;
    record.stamp = STAMPS_MOST - 1 - i;
    record.kind = 1 + (i % 9);
    record.resource = i;
    record.to = i - 1;
    record.operator = 65_534 - i;
    record.seq = i;
    record.line = 65_535 - i;
    record.attributes = new Uint8Array(length + 3).map((_, k) => k + i);
    record.attributesStart = 3;
    record.attributesEnd = length + 3;
    positions.push(history.append(record));
  }
  expect(history.end).toBeGreaterThan(10 * CHUNK_WORDS);
  const again = new History(history.store);
  again.restore(history.end, history.tail.slice(), 0);
  for (const kept of [history, again]) {
    for (const [i, length] of lengths.entries()) {
      const read = kept.read(positions[i]);
      expect([read.before, read.stamp, read.kind, read.resource, read.to]).toEqual([
        positions[i - 1] ?? 0,
        STAMPS_MOST - 1 - i,
        1 + (i % 9),
        i,
        i - 1,
      ]);
      expect([read.operator, read.seq, read.line]).toEqual([65_534 - i, i, 65_535 - i]);
      const bytes = read.attributes.subarray(read.attributesStart, read.attributesEnd);
      expect([bytes.length, bytes.at(-1)]).toEqual([
        length,
        length > 0 ? (length + 2 + i) % 256 : undefined,
      ]);
    }
  }
});
