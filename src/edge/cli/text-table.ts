/**
 * Rows as aligned text, two spaces between columns: the first column to the left, the others to the
 * right. Widths count Chinese characters as two.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  return lines.map((line) =>
    line
      .map((cell, column) => {
        const space = ' '.repeat(widths[column] - widthOf(cell));
        return column === 0 ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1;
  return width;
}

/** A count with thin groups of three: 1234567 → `1,234,567`. */
export function count(x: number): string {
  return x.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A cost or price with up to `digits` decimals. */
export function decimal(x: number, digits = 2): string {
  const text = x.toLocaleString('en-US', { maximumFractionDigits: digits });
  return text === '-0' ? '0' : text;
}

/** A gap as it is compared with bars: 0.00031 → `3.1e-4`. */
export function gapText(gap: number): string {
  return gap === 0 ? '0' : gap.toExponential(2);
}
