import type { Hub } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

/** What a hub's charts have in common: the same slots, the same edges, the same line for now. */
export interface Frame {
  readonly slots: Hub['slots'];
  readonly format: Format;
  readonly palette: Palette;
  /** What the line says. */
  readonly now: string;
}

export function chartFrame({ slots: { from, until }, format, palette }: Frame) {
  const label = { color: palette.faint, fontSize: 12 };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 64, right: 16, top: 34, bottom: 28 },
    xAxis: {
      type: 'category' as const,
      data: Array.from({ length: until - from }, (_, i) => from + i),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (slot: string) => format.slotDate(Number(slot)),
        interval: (i: number) =>
          i === 0 || format.slotDate(from + i) !== format.slotDate(from + i - 1),
      },
    },
  };
}

/** A line where the slot under way is; what is right of it has not happened. */
export function nowLine({ slots: { from, now }, palette, now: words }: Frame) {
  return {
    silent: true,
    symbol: 'none',
    label: { formatter: words, color: palette.text, position: 'end' as const, fontWeight: 600 },
    lineStyle: { color: palette.text, type: 'solid' as const, width: 1.5 },
    data: [{ xAxis: now - from }],
  };
}

/** A tooltip of one line a row that is known, under the slot's time. */
export function slotTooltip(
  { slots: { from }, format, palette }: Frame,
  rows: readonly (readonly [name: string, column: readonly (number | null)[]])[],
  tell: (n: number) => string,
) {
  return {
    ...tooltipStyle(palette),
    trigger: 'axis' as const,
    formatter: (params: unknown) => {
      const i = indexOf(params);
      const told = rows.flatMap(([name, column]) => {
        const value = column[i];
        return value === null || value === undefined ? [] : [`${name}: ${tell(value)}`];
      });
      return [`<b>${format.slotTime(from + i)}</b>`, ...told].join('<br>');
    },
  };
}

function indexOf(params: unknown): number {
  const first: unknown = Array.isArray(params) ? params[0] : params;
  return typeof first === 'object' && first !== null && 'dataIndex' in first
    ? Number(first.dataIndex)
    : 0;
}

/** Slots shown after now at least, and after the last in which anything is to come. */
const AFTER_NOW = 24;
const AFTER_LAST = 6;

/** The end of what is worth showing: a plan's last parcels are few and far away. */
export function shownUntil({ slots, planned, ticketed, atShippers, price }: Hub): number {
  const columns = [planned.stock, planned.arrivals, ticketed, atShippers, price];
  const lasts = columns.map((column) => column.findLastIndex((n) => n !== null && n > 0));
  const last = slots.from + Math.max(...lasts);
  return Math.min(slots.until, Math.max(slots.now + AFTER_NOW, last + 1 + AFTER_LAST));
}

/** A column as far as its frame goes. */
export function within({ slots }: Frame, column: readonly (number | null)[]): (number | null)[] {
  return column.slice(0, slots.until - slots.from);
}

/** Whether anything of a column is known. */
export function isKnown(column: readonly (number | null)[]): boolean {
  return column.some((figure) => figure !== null);
}
