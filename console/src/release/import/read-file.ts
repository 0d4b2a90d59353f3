import { BYTES_MOST, type FileCell, type FileRows, type OrderFault, type Rule } from './orders.ts';
import { unpackedBytes } from './unpacked-bytes.ts';

/** What a packed spreadsheet may become: more is no list of orders. */
const UNPACKED_MOST = 200 * 2 ** 20;

/** Reads CSV (in UTF-8, or as Chinese spreadsheets write it) or the first sheet of an XLSX. Never throws; libraries come when first needed. */
export async function readFile(bytes: Uint8Array<ArrayBuffer>): Promise<FileRows> {
  if (bytes.length > BYTES_MOST) return faulty('tooLarge');
  try {
    return isPacked(bytes) ? await readXlsx(bytes) : await readCsv(textOf(bytes));
  } catch {
    return faulty('unreadable');
  }
}

function faulty(rule: Rule): FileRows {
  return { rows: [], faults: [{ row: 0, column: '', rule, found: '' }] };
}

/** Whether it begins as ZIP files do: an XLSX is one. */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

async function readXlsx(bytes: Uint8Array<ArrayBuffer>): Promise<FileRows> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === undefined) return faulty('unreadable');
  if (unpacked > UNPACKED_MOST) return faulty('tooLarge');
  const { readSheet } = await import('read-excel-file/universal');
  const whole = bytes.slice().buffer;
  const rows = await readSheet(whole);
  return { rows: rows.map((row) => row.map(cellOf)), faults: [] };
}

function cellOf(value: unknown): FileCell {
  if (value instanceof Date || typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

async function readCsv(text: string): Promise<FileRows> {
  if (text.includes('\0')) return faulty('unreadable');
  const { default: papa } = await import('papaparse');
  const { data, errors } = papa.parse<string[]>(text, {
    delimitersToGuess: [',', '\t', ';', '，'],
  });
  const faults = errors
    .filter(({ type }) => type === 'Quotes')
    .map(({ row }): OrderFault => ({ row: (row ?? 0) + 1, column: '', rule: 'quotes', found: '' }));
  return { rows: data, faults };
}

/** Bytes that are not UTF-8 are taken for GB 18030, as older spreadsheets write. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
