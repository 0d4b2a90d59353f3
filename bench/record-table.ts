import { textTable } from '../src/edge/cli/text-table.js';

/** What the record says of one figure, and what the model says. */
export interface RecordRow {
  readonly what: string;
  /** The model fits within [least, most]. */
  readonly least: number;
  readonly most: number;
  readonly record: string;
  readonly source: string;
  /** One a column of the table. */
  readonly model: readonly number[];
  /** What decides the figure, for where it does not fit. */
  readonly turnsOn: string;
}

/** What fits, and how the record says it. */
export type Range = Pick<RecordRow, 'least' | 'most' | 'record'>;

/** One figure of the record is fitted within a tenth of it. */
const TOLERANCE = 0.1;

export function near(record: number): Range {
  const [least, most] = [record * (1 - TOLERANCE), record * (1 + TOLERANCE)];
  return { least, most, record: record.toFixed(2) };
}

export function between(least: number, most: number): Range {
  return { least, most, record: `${least} to ${most}` };
}

export function atLeast(least: number): Range {
  return { least, most: Infinity, record: `> ${least}` };
}

/** A table of model and record, and under it what the misses turn on. */
export function recordTable(columns: readonly string[], rows: readonly RecordRow[]): string[] {
  const cells = rows.map(({ what, record, model, source, ...range }) => [
    what,
    record,
    ...model.map((x) => `${x.toFixed(2)} ${verdict(x, range)}`),
    source,
  ]);
  const misses = rows.filter((row) => row.model.some((x) => verdict(x, row) !== 'fits'));
  return [
    ...textTable(['', 'record', ...columns, 'source'], cells),
    ...misses.map(({ what, turnsOn }) => `  ${what}: turns on ${turnsOn}`),
  ];
}

function verdict(x: number, { least, most }: Omit<Range, 'record'>): string {
  if (x < least) return 'low ';
  return x > most ? 'high' : 'fits';
}
