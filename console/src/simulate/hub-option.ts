import type { EChartsOption } from 'echarts';
import type { HubAnswer } from '../api/simulations.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis, seasonEnd, timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';
import { lineOf, type Policy } from './policies.ts';

interface ShownHub {
  readonly hub: HubAnswer;
  readonly slots: number;
  readonly seasonSlots: number;
}

interface HubWords {
  readonly floor: string;
  readonly outside: string;
  readonly axis: string;
  readonly axisOutside: string;
  readonly end: string;
  readonly policy: (policy: Policy) => string;
}

/** Above, stock by slot under each policy against the floor; below, what waits outside, on the same slots. */
export function hubOption(
  { hub, slots, seasonSlots }: ShownHub,
  words: HubWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const line = { type: 'line' as const, symbol: 'none' };
  const axis = timeAxis(slots, format, palette);
  const floor = hub.floor === null ? [] : Array.from({ length: slots }, () => hub.floor);
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const s = hoveredIndex(params);
        const rows = hub.policies.map(({ policy, stock, outside }) => {
          const waiting = outside[s] > 0 ? ` (${words.outside} ${format.exact(outside[s])})` : '';
          return `${words.policy(policy)}: ${format.exact(stock[s] ?? 0)}${waiting}`;
        });
        return [`<b>${format.slotTime(s)}</b>`, ...rows].join('<br>');
      },
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [
      { left: 64, right: 16, top: 34, bottom: 128 },
      { left: 64, right: 16, height: 66, bottom: 28 },
    ],
    xAxis: [
      { ...axis, axisLabel: { show: false } },
      { ...axis, gridIndex: 1 },
    ],
    yAxis: [
      parcelAxis(words.axis, format, palette),
      { ...parcelAxis(words.axisOutside, format, palette), gridIndex: 1, splitNumber: 2, min: 0 },
    ],
    series: [
      {
        ...line,
        data: floor,
        lineStyle: { color: palette.over, width: 2 },
        markLine: seasonEnd(Math.min(seasonSlots, slots - 1), words.end, palette),
      },
      ...hub.policies.map(({ policy, stock }) => ({
        ...line,
        data: stock.slice(0, slots),
        lineStyle: lineOf(policy, palette),
      })),
      ...hub.policies.map(({ policy, outside }) => ({
        ...line,
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: outside.slice(0, slots),
        lineStyle: lineOf(policy, palette),
      })),
    ],
  };
}
