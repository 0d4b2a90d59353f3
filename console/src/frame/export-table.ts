/** A cell as it is kept in a file: a figure stays one, all else is text. */
export type Cell = string | number | undefined;

/** A table as it is kept in a file. */
export interface ExportedTable {
  /** Without its ending. */
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What a spreadsheet would take for a formula (docs/spec/gate.md has the same rule for files of the programs). */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/;

/** Text that no spreadsheet runs. */
function defused(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function csvText({ head, rows }: ExportedTable): string {
  const lines = [head, ...rows].map((row) => row.map(csvCell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  if (typeof cell === 'number') return String(cell);
  const text = defused(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function saveCsv(table: ExportedTable): void {
  save(new Blob([csvText(table)], { type: 'text/csv' }), `${table.name}.csv`);
}

/** The writer is loaded when the first table is asked for. */
export async function saveXlsx({ name, head, rows }: ExportedTable): Promise<void> {
  const { default: write } = await import('write-excel-file/universal');
  const titles = head.map((value) => ({ value: defused(value), fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((value) => {
      if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number } : null;
      return value === undefined ? null : { value: defused(value), type: String };
    }),
  );
  const blob = await write([titles, ...body]).toBlob();
  save(blob, `${name}.xlsx`);
}

export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
