/** A block of a spreadsheet as it comes from the clipboard: rows of cells, the texts as they were. */
export function parseBlock(text: string): string[][] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/\n$/, '').split('\n');
  return lines.map((line) => line.split('\t').map(unquoted));
}

/** Spreadsheets put cells in quotes that have some themselves. */
function unquoted(cell: string): string {
  return /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

export interface PlacedCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Where the cells of a block come to stand, and those for which there is no place. */
export interface Placed {
  readonly inside: readonly PlacedCell[];
  readonly outside: readonly PlacedCell[];
}

/** From a cell on, to the right and down. Blank cells change nothing, wherever they are. */
export function placeBlock(
  block: readonly (readonly string[])[],
  at: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number },
): Placed {
  const cells = block.flatMap((line, r) =>
    line.map((text, c) => ({ row: at.row + r, column: at.column + c, text })),
  );
  const said = cells.filter(({ text }) => text.trim() !== '');
  const isInside = ({ row, column }: PlacedCell) => row < size.rows && column < size.columns;
  return { inside: said.filter(isInside), outside: said.filter((cell) => !isInside(cell)) };
}
