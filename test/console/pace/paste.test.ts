import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBlock, placeBlock } from '../../../console/src/pace/block.ts';
import { declarationsOf, readEdits } from '../../../console/src/pace/edits.ts';
import { parseParcels } from '../../../console/src/pace/parse-parcels.ts';

const amount = fc.integer({ min: 0, max: 0x7fffffff });
const fullWidth = (text: string) =>
  text.replaceAll(/[\d,]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
/** A number as it is written in words below a hundred million. */
function inWords(n: number): string {
  const digits = '零一二三四五六七八九';
  const upTo9999 = (m: number): string => {
    let [text, gap] = ['', false];
    for (const [unit, name] of [
      [1000, '千'],
      [100, '百'],
      [10, '十'],
      [1, ''],
    ] as const) {
      const d = Math.floor(m / unit) % 10;
      if (d > 0) text += `${gap && text !== '' ? '零' : ''}${digits[d]}${name}`;
      gap = d === 0;
    }
    return text;
  };
  if (n === 0) return '零';
  const [high, low] = [Math.floor(n / 10_000), n % 10_000];
  if (high === 0) return upTo9999(low);
  return `${upTo9999(high)}万${low > 0 && low < 1000 ? '零' : ''}${upTo9999(low)}`;
}

describe('a number of parcels', () => {
  test('is read however it is written', () => {
    fc.assert(
      fc.property(amount, (n) => {
        const grouped = n.toLocaleString('en');
        const ways = [`${n}`, ` ${n} `, grouped, grouped.replaceAll(',', ' '), `${n}件`];
        for (const way of [...ways, ...ways.map(fullWidth)]) {
          expect(parseParcels(way), way).toEqual({ kind: 'parcels', parcels: n });
        }
        const myriads = `${Math.floor(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}万`;
        expect(parseParcels(myriads), myriads).toEqual({ kind: 'parcels', parcels: n });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (n) => {
        expect(parseParcels(inWords(n)), inWords(n)).toEqual({ kind: 'parcels', parcels: n });
      }),
    );
  });

  test.each([
    ['', 'blank'],
    [' \u00a0', 'blank'],
    ['-5', 'negative'],
    ['－5', 'negative'],
    ['1,23', 'grouping'],
    ['12,3456', 'grouping'],
    ['1.5', 'fraction'],
    ['1.23456万', 'fraction'],
    ['99亿', 'tooLarge'],
    ['abc', 'notNumber'],
    ['1e3', 'notNumber'],
    ['1.2.3', 'notNumber'],
    ['二三百', 'notNumber'],
    // 35000 or 30005: nobody knows.
    ['三万五', 'notNumber'],
    ['三万零五', 'parcels'],
  ])('%j is %s', (text, what) => {
    const parsed = parseParcels(text);
    expect(parsed.kind === 'fault' ? parsed.rule : parsed.kind).toBe(what);
  });

  test('whatever is pasted, it is blank, a whole number or a fault', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseParcels(text);
        if (parsed.kind === 'parcels') expect(Number.isSafeInteger(parsed.parcels)).toBe(true);
      }),
    );
  });
});

test('a block comes back from the clipboard as it was, and stands where it was put', () => {
  const cell = fc.stringMatching(/^[\d,万 ]{0,8}$/);
  const block = fc
    .integer({ min: 1, max: 5 })
    .chain((n) =>
      fc.array(fc.array(cell, { minLength: n, maxLength: n }), { minLength: 1, maxLength: 5 }),
    );
  fc.assert(
    fc.property(
      block,
      fc.nat(3),
      fc.nat(3),
      fc.constantFrom('\n', '\r\n'),
      (rows, row, column, end) => {
        const text = rows.map((line) => line.join('\t') + end).join('');
        expect(parseBlock(text)).toEqual(rows);
        const { inside, outside } = placeBlock(rows, { row, column }, { rows: 4, columns: 4 });
        expect(inside.length + outside.length).toBe(
          rows.flat().filter((c) => c.trim() !== '').length,
        );
        for (const each of inside) {
          expect(each.row < 4 && each.column < 4).toBe(true);
          expect(rows[each.row - row][each.column - column]).toBe(each.text);
        }
      },
    ),
  );
});

test('edits ask for what differs only; slots in a row with one value are declared together', () => {
  const hub = {
    id: 'hub',
    kind: 'hub',
    operator: 'A',
    region: '330100',
    licensed: [100, 100, 100, 100],
    inForce: [100, 80, 100, 100],
    waiting: [null, null, 130, null],
  };
  const edits = new Map([
    ['5 hub', '90'],
    ['6 hub', '９０'],
    ['7 hub', '130'],
    ['8 hub', '1,20'],
  ]);
  const { changes, faults } = readEdits([hub], 5, edits);
  expect(faults).toEqual([{ resource: 'hub', slot: 8, text: '1,20', rule: 'grouping' }]);
  expect(declarationsOf(changes, 'staff', String)).toEqual([
    [{ resource: 'hub', from: '5', until: '7', parcels: 90, reason: 'staff' }],
  ]);
  const many = Array.from({ length: 2500 }, (_, i) => ({
    resource: `r${i}`,
    slot: 1,
    parcels: i,
    licensed: 9,
  }));
  expect(declarationsOf(many, 'x', String).map((call) => call.length)).toEqual([1000, 1000, 500]);
});
