import * as fc from 'fast-check';
import { csvText, type ExportedTable } from '../../console/src/frame/export-table.ts';
import { checkFile } from '../../console/src/release/import/check-file.ts';
import { knownNames } from '../../console/src/release/import/known-names.ts';
import type { CheckedFile, FileCell } from '../../console/src/release/import/orders.ts';
import { readFile } from '../../console/src/release/import/read-file.ts';

export const HEAD = [
  '订单号',
  '快递企业',
  '服务',
  '始发地',
  '目的地',
  '就绪时间',
  '件数',
  '最晚放行',
  '可拆分',
] as const;

const NAMES = knownNames(['ZTO', 'YUNDA']);

/** A file's bytes as the console takes them. */
export async function checked(bytes: Uint8Array<ArrayBuffer>): Promise<CheckedFile> {
  return checkFile(await readFile(bytes), NAMES);
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function csvOf(rows: readonly (readonly FileCell[])[]): Uint8Array<ArrayBuffer> {
  const [head, ...body] = rows.map((row) => row.map(textOf));
  return bytesOf(csvText({ name: 'orders', head, rows: body }));
}

function textOf(cell: FileCell): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return cell === null ? '' : String(cell);
}

/** As spreadsheets write it: figures and dates are cells of their kind. */
export async function xlsxOf(
  rows: readonly (readonly FileCell[])[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: write } = await import('write-excel-file/universal');
  const cells = rows.map((row) =>
    row.map((value) => {
      if (value === null) return null;
      if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm:ss' };
      if (typeof value === 'number') return { value, type: Number };
      return typeof value === 'boolean' ? { value, type: Boolean } : { value, type: String };
    }),
  );
  const blob = await write(cells).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

/** A table as it is exported, as rows of a file. */
export function rowsOf({ head, rows }: ExportedTable): FileCell[][] {
  return [head, ...rows].map((row) => row.map((cell) => cell ?? null));
}

const place = fc.constantFrom('上海', '深圳市', '330100', 'Hangzhou', '广州', '４４０１００');
const day = fc.integer({ min: 10, max: 28 });

/** A row that is sound, by position. */
export const soundRow: fc.Arbitrary<FileCell[]> = fc
  .record({
    operator: fc.constantFrom('中通', 'ZTO', 'yunda', '韵达', ' Yunda '),
    service: fc.constantFrom('标准', 'promotion', '限时', 'Timed'),
    origin: place,
    destination: place,
    day,
    time: fc.constantFrom(' 08:00', ' 8:30:15', 'T23:59:59', ' 9点', ''),
    parcels: fc.constantFrom<FileCell>(1, '１２', '2,000', 65_536, '7'),
    until: fc.constantFrom<FileCell>('', '2020-12-01', '2020年12月1日 8时'),
    divisible: fc.constantFrom<FileCell>('', '是', 'no', 'TRUE', '0'),
  })
  .map((r) => [
    '',
    r.operator,
    r.service,
    r.origin,
    r.destination,
    `2020-11-${r.day}${r.time}`,
    r.parcels,
    r.until,
    r.divisible,
  ]);

/** What files of the field hold where something else should be. */
export const spoiltCell: fc.Arbitrary<FileCell> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom<FileCell>(
    null,
    '',
    '=1+1',
    '#REF!',
    '13800138000',
    '2020-13-40 25:61',
    '火星',
    -5,
    1.5,
    1e21,
    Number.MAX_SAFE_INTEGER,
    true,
    '十件',
    'a@b.cn',
    '"',
    'x'.repeat(500),
    '\u0000\u0007',
    '2020-11-11 08:00',
  ),
);
