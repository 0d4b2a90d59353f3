import type { EChartsOption } from 'echarts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis, seasonEnd, timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';
import type { Season } from '../words/season.tsx';
import { gone, type SlotSum } from './slot-time.ts';

export interface PacePart {
  readonly name: string;
  readonly color: string;
  /** By slot. */
  readonly sizes: readonly number[];
  readonly isLine?: true;
}

/** What the chart shows: parcels by the slot of their ticket, stacked, and by the slot in which they were ready. */
export function paceParts(
  sums: readonly SlotSum[],
  names: Readonly<Record<'gone' | 'issued' | 'lapsed' | 'ready', string>>,
  palette: Palette,
): PacePart[] {
  return [
    { name: names.gone, color: palette.planned, sizes: sums.map(gone) },
    { name: names.issued, color: palette.atOnce, sizes: sums.map(({ issued }) => issued) },
    { name: names.lapsed, color: palette.steps[3], sizes: sums.map(({ lapsed }) => lapsed) },
    { name: names.ready, color: palette.text, sizes: sums.map(({ ready }) => ready), isLine: true },
  ];
}

export function paceOption(
  parts: readonly PacePart[],
  words: { readonly axis: string; readonly now: string },
  now: number,
  { format, scenario }: Season,
  palette: Palette,
): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 64, right: 14, top: 34, bottom: 28 },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const slot = hoveredIndex(params);
        const lines = parts.map(
          ({ name, sizes }) => `${plainText(name)}: ${format.exact(sizes[slot])}`,
        );
        return [`<b>${format.slotTime(slot)}</b>`, ...lines].join('<br>');
      },
    },
    xAxis: timeAxis(scenario.slots, format, palette),
    yAxis: parcelAxis(words.axis, format, palette),
    series: parts.map(({ name, color, sizes, isLine }, i) =>
      isLine
        ? {
            type: 'line' as const,
            name,
            step: 'middle' as const,
            symbol: 'none',
            lineStyle: { color, width: 1.5 },
            data: [...sizes],
          }
        : {
            type: 'bar' as const,
            name,
            stack: 'ticketed',
            barCategoryGap: '15%',
            itemStyle: { color },
            data: [...sizes],
            ...(i === 0 && { markLine: seasonEnd(now, words.now, palette) }),
          },
    ),
  };
}
