import type { EChartsOption } from 'echarts';
import type { Hub } from '../../../src/client/api.ts';
import { parcelAxis } from '../chart/time-axis.ts';
import { chartFrame, type Frame, nowLine, slotTooltip, within } from './chart-parts.ts';

export interface StockWords {
  readonly axis: string;
  readonly counted: string;
  readonly planned: string;
  readonly floor: string;
}

interface Stocks extends Pick<Hub, 'counted' | 'planned'> {
  readonly floor: number | null;
}

/** Stock as counted and as planned, against the floor. */
export function stockOption(
  { counted, planned, floor }: Stocks,
  words: StockWords,
  frame: Frame,
): EChartsOption {
  const { format, palette } = frame;
  const floors = counted.stock.map(() => floor);
  return {
    ...chartFrame(frame),
    tooltip: slotTooltip(
      frame,
      [
        [words.counted, counted.stock],
        [words.planned, planned.stock],
        [words.floor, floors],
      ],
      format.exact,
    ),
    yAxis: parcelAxis(words.axis, format, palette),
    series: [
      {
        type: 'line',
        symbol: 'none',
        data: within(frame, counted.stock),
        lineStyle: { color: palette.planned, width: 2.5 },
        areaStyle: { color: palette.planned, opacity: 0.16 },
        markLine: nowLine(frame),
      },
      {
        type: 'line',
        symbol: 'none',
        data: within(frame, planned.stock),
        lineStyle: { color: palette.parts[2], width: 2, type: 'dashed' },
      },
      {
        type: 'line',
        symbol: 'none',
        data: within(frame, floors),
        lineStyle: { color: palette.over, width: 2 },
      },
    ],
  };
}
