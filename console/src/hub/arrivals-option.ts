import type { EChartsOption } from 'echarts';
import type { Hub } from '../../../src/client/api.ts';
import { parcelAxis } from '../chart/time-axis.ts';
import { chartFrame, type Frame, nowLine, slotTooltip, within } from './chart-parts.ts';

export interface ArrivalWords {
  readonly axis: string;
  readonly counted: string;
  readonly departed: string;
  readonly ticketed: string;
  readonly atShippers: string;
  readonly planned: string;
  readonly capacity: string;
}

type Arrivals = Pick<Hub, 'counted' | 'planned' | 'capacity' | 'ticketed' | 'atShippers' | 'slots'>;

/** What arrived; from now on what tickets and the plan will bring; against plan and capacity. */
export function arrivalsOption(
  { counted, planned, capacity, ticketed, atShippers, slots }: Arrivals,
  words: ArrivalWords,
  frame: Frame,
): EChartsOption {
  const { format, palette } = frame;
  // Before now, what was expected is in the table: the bars show what came.
  const toCome = (column: readonly (number | null)[]) =>
    within(frame, column).map((figure, i) => (slots.from + i >= slots.now ? figure : null));
  return {
    ...chartFrame(frame),
    tooltip: slotTooltip(
      frame,
      [
        [words.counted, counted.arrived],
        [words.departed, counted.departed],
        [words.ticketed, ticketed],
        [words.atShippers, atShippers],
        [words.planned, planned.arrivals],
        [words.capacity, capacity],
      ],
      format.exact,
    ),
    yAxis: parcelAxis(words.axis, format, palette),
    series: [
      { ...bar(within(frame, counted.arrived), palette.planned), markLine: nowLine(frame) },
      bar(toCome(ticketed), palette.parts[5]),
      bar(toCome(atShippers), palette.atOnce),
      {
        type: 'line',
        step: 'middle',
        symbol: 'none',
        data: within(frame, planned.arrivals),
        lineStyle: { color: palette.parts[2], width: 2 },
      },
      {
        type: 'line',
        step: 'middle',
        symbol: 'none',
        data: within(frame, capacity),
        lineStyle: { color: palette.capacity, width: 2, type: 'dashed' },
      },
    ],
  };
}

function bar(data: readonly (number | null)[], color: string) {
  return {
    type: 'bar' as const,
    stack: 'arrivals',
    barCategoryGap: '15%',
    data: [...data],
    itemStyle: { color },
  };
}
