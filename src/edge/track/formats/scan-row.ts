import { readFileSync } from 'node:fs';
import { CodeTable } from '../code-table.js';
import type { CodeList, ScanColumns } from './scan-columns.js';

const SCANS = new URL('../../../../data/scans/', import.meta.url);
const NUMBERS = new Set(['weightGrams', 'pieces']);
const TRUTHS = new Set(['realName', 'inspected', 'screened']);
const TEXTS = new Set(['consent', 'reason']);
/** More digits are no moment, and would not be whole as a number. */
const DIGITS_MOST = 15;

/** A scan as POST /v1/scans takes it; whatever a cell holds that is no value is left to be refused there. */
export type RowScan = Readonly<Record<string, unknown>>;

/** Why a row's code is no kind: its scan is quarantined, not guessed. */
export type CodeDoubt = 'unknown-code' | 'not-a-scan';

export interface ReadRow {
  readonly scan: RowScan;
  readonly doubt?: CodeDoubt;
}

/** The table of a list of codes. */
export function codeTable(codes: CodeList): CodeTable {
  return new CodeTable(readFileSync(new URL(`${codes}-kinds.csv`, SCANS), 'utf8'));
}

/** Makes scans of rows of text cells. An empty cell is a field left out. */
export class RowReader {
  readonly #code: readonly [number, number] | undefined;

  /** @param header names of the columns, each of `columns`. @param table of the codes, if rows have any. */
  constructor(
    readonly header: readonly string[],
    { code }: ScanColumns,
    readonly table?: CodeTable,
  ) {
    this.#code = code && [header.indexOf(code[0]), header.indexOf(code[1])];
  }

  read(cells: readonly string[]): ReadRow {
    const scan: Record<string, unknown> = {};
    const attributes: Record<string, unknown> = {};
    for (const [c, name] of this.header.entries()) {
      if (this.#code?.includes(c) || cells[c] === '') continue;
      if (isAttribute(name)) attributes[name] = valueOf(name, cells[c]);
      else scan[name] = name === 'at' ? momentOf(cells[c]) : cells[c];
    }
    const doubt = this.#code && this.#addKind(cells, this.#code, scan, attributes);
    if (Object.keys(attributes).length > 0) scan.attributes = attributes;
    return doubt ? { scan, doubt } : { scan };
  }

  /** Sets the kind and reason of a row's code; or says why it has none, with a kind that is none. */
  #addKind(
    cells: readonly string[],
    [first, second]: readonly [number, number],
    scan: Record<string, unknown>,
    attributes: Record<string, unknown>,
  ): CodeDoubt | undefined {
    const code = [cells[first], cells[second] ?? ''] as const;
    const coded = this.table?.find(...code);
    scan.kind = coded?.kind ?? 'unknown';
    if (coded?.reason !== undefined) attributes.reason = coded.reason;
    if (coded) return undefined;
    delete scan.to;
    return this.table?.has(...code) ? 'not-a-scan' : 'unknown-code';
  }
}

function isAttribute(name: string): boolean {
  return NUMBERS.has(name) || TRUTHS.has(name) || TEXTS.has(name);
}

function valueOf(name: string, cell: string): unknown {
  if (NUMBERS.has(name) && /^\d{1,15}$/.test(cell)) return Number(cell);
  if (TRUTHS.has(name) && (cell === 'true' || cell === 'false')) return cell === 'true';
  return cell;
}

function momentOf(cell: string): unknown {
  return cell.length <= DIGITS_MOST && /^\d+$/.test(cell) ? Number(cell) : cell;
}
