import type { EChartsOption } from 'echarts';
import { FONT, type Palette } from '../chart/palette.ts';
import { timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

/** Rows of equal length; the data of the chart are laid out row by row, so that an index tells both. */
export interface HeatRows {
  readonly names: readonly string[];
  /** What colours a cell. */
  readonly values: readonly (readonly number[])[];
  /** What is said of a cell, without markup. */
  readonly tell: (row: number, slot: number) => string;
  readonly pieces: readonly Piece[];
}

/** Colour of the values above `gt`, up to `lte`. */
export interface Piece {
  readonly gt?: number;
  readonly lte?: number;
  readonly color: string;
}

const NAME_PX = 150;
const NAME_LETTERS = 22;
const ROW_PX = 17;

/** Resources × slots. */
export function heatOption(rows: HeatRows, format: Format, palette: Palette): EChartsOption {
  const { names, values, tell, pieces } = rows;
  const slots = Math.max(0, ...values.map(({ length }) => length));
  const data = values.flatMap((row, r) =>
    Array.from({ length: slots }, (_, s) => [s, r, row[s] ?? 0]),
  );
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      formatter: (params) => {
        const [s, r] = data[hoveredIndex(params)];
        return `<b>${format.slotTime(s)}</b><br>${plainText(names[r])}: ${plainText(tell(r, s))}`;
      },
    },
    grid: { left: NAME_PX, right: 8, top: 4, bottom: 28 },
    xAxis: timeAxis(slots, format, palette),
    yAxis: {
      type: 'category',
      inverse: true,
      data: names.map(shorten),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: palette.faint, fontSize: 11, interval: 0 },
    },
    visualMap: { show: false, type: 'piecewise', dimension: 2, pieces: [...pieces] },
    series: [
      {
        type: 'heatmap',
        data,
        progressive: 0,
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1 } },
      },
    ],
  };
}

/** CSS length for so many rows. */
export function heatHeight(rows: number): string {
  return `${rows * ROW_PX + 34}px`;
}

/** The row of a cell's index. */
export function rowOf(index: number, { values }: HeatRows): number {
  return Math.floor(index / Math.max(1, ...values.map(({ length }) => length)));
}

function shorten(name: string): string {
  return name.length <= NAME_LETTERS ? name : `${name.slice(0, NAME_LETTERS - 1)}…`;
}
