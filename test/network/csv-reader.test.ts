import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Column } from '../../src/network/columns.js';
import { FaultList } from '../../src/network/fault.js';
import { Names } from '../../src/network/names.js';
import { readTable } from '../../src/network/read-table.js';
import { withFolder } from '../support/scenario-folder.js';

interface Read {
  readonly rows: string[][];
  readonly lines: number[];
  readonly faults: FaultList;
}

async function read(text: string, header: readonly string[]): Promise<Read> {
  return await withFolder(async (folder) => {
    const path = join(folder, 't.csv');
    await writeFile(path, text);
    const names = header.map(() => new Names());
    const columns = header.map(
      (name, c): Column => ({ name, kind: 'identifier', names: names[c], mayBeEmpty: true }),
    );
    const faults = new FaultList();
    const rows: string[][] = [];
    const lines: number[] = [];
    for await (const batch of readTable(
      [{ file: 't.csv', path, format: 'csv' }],
      columns,
      faults,
    )) {
      for (let r = 0; r < batch.rows; r++) {
        rows.push(names.map((n, c) => (batch.ids[c][r] < 0 ? '' : n.get(batch.ids[c][r]))));
        lines.push(batch.line[r]);
      }
    }
    return { rows, lines, faults };
  });
}

/** A cell in quotes where it must be, or where the writer likes it. */
function cellText(cell: string, likesQuotes: boolean): string {
  return likesQuotes || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

test('RFC 4180: cells of any text, quoted or not, and lines ended either way', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '仓', '😀', ' ') });
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.infiniteStream(fc.boolean()),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (rows, likes, lineBreak, endsInBreak) => {
        const lines = rows.map((row) =>
          row.map((text) => cellText(text, likes.next().value === true)).join(','),
        );
        const text = ['a,b,c', ...lines].join(lineBreak) + (endsInBreak ? lineBreak : '');
        const result = await read(text, ['a', 'b', 'c']);
        expect(result.faults.first).toEqual([]);
        expect(result.rows).toEqual(rows);
      },
    ),
  );
});

test('rows, lines and faults are the same across the pieces in which a long file is read', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => [
    `id-${i}`,
    i % 7 === 0 ? `a\n"b",${i}` : 'x'.repeat(i % 50),
  ]);
  const lines = rows.map((cells, i) => {
    const line = cells.map((cell) => cellText(cell, i % 3 === 0)).join(',');
    return i === 50_000 ? `${line},more` : line;
  });
  const {
    rows: found,
    lines: places,
    faults,
  } = await read(`a,b\n${lines.join('\n')}\n`, ['a', 'b']);
  expect(found).toEqual(rows.filter((_, i) => i !== 50_000));
  expect(faults.first.map((f) => [f.line, f.rule])).toEqual([[lineOf(50_000), 'ragged-row']]);
  expect(places[1000]).toBe(lineOf(1000));
  expect(places.at(-1)).toBe(lineOf(59_999));
});

/** Line of row i, every seventh row having a line break in a cell. */
function lineOf(i: number): number {
  return 2 + i + Math.ceil(i / 7);
}

test('a file cut anywhere gives a fault, or whole rows only', async () => {
  const text = 'a,b\n"x ""y""",1\r\n"p\nq",22\n仓,333\n';
  const whole = [
    ['x "y"', '1'],
    ['p\nq', '22'],
    ['仓', '333'],
  ];
  const bytes = new TextEncoder().encode(text);
  for (let cut = 4; cut < bytes.length; cut++) {
    const part = new TextDecoder('utf-8', { fatal: false }).decode(bytes.subarray(0, cut));
    if (part.includes('\uFFFD')) continue;
    const { rows, faults } = await read(part, ['a', 'b']);
    const isCell =
      rows.length === 0 || whole[rows.length - 1][1].startsWith(rows.at(-1)?.[1] ?? '');
    expect(rows.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, rows.length - 1)));
    expect(isCell || faults.total > 0).toBe(true);
  }
});
