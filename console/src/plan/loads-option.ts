import type { EChartsOption, SeriesOption } from 'echarts';
import type { PlannedLoads } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

export interface LoadWords {
  readonly within: string;
  readonly over: string;
  readonly planned: string;
  readonly capacity: string;
  readonly price: string;
  readonly axis: string;
}

/**
 * Above, loads by slot: bars as they would be at once, the part over capacity apart and hatched, and
 * the plan as a line under the capacity. Below, the price of one parcel more, on the same slots.
 */
export function loadsOption(
  loads: PlannedLoads,
  slot: number,
  words: LoadWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const slots = loads.capacity.map((_, s) => s);
  const axis = { type: 'category' as const, data: slots, axisTick: { show: false } };
  const label = { color: palette.faint, fontSize: 12 };
  const rule = { lineStyle: { color: palette.line } };
  const valueAxis = { type: 'value' as const, splitNumber: 3, splitLine: rule };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => tooltip(loads, hoveredIndex(params), words, format),
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [
      { left: 64, right: 16, top: 30, bottom: 92 },
      { left: 64, right: 16, height: 34, bottom: 26 },
    ],
    xAxis: [
      { ...axis, axisLine: rule, axisLabel: { show: false } },
      {
        ...axis,
        gridIndex: 1,
        axisLine: rule,
        axisLabel: {
          ...label,
          hideOverlap: true,
          formatter: (s: string) => format.slotDate(Number(s)),
          interval: (s: number) => s === 0 || format.slotDate(s) !== format.slotDate(s - 1),
        },
      },
    ],
    yAxis: [
      {
        ...valueAxis,
        name: words.axis,
        nameTextStyle: { ...label, align: 'left', padding: [0, 0, 0, -56] },
        axisLabel: { ...label, formatter: (n: number) => format.count(n) },
      },
      {
        ...valueAxis,
        gridIndex: 1,
        splitNumber: 1,
        min: 0,
        axisLabel: { ...label, formatter: (n: number) => format.short(n), showMinLabel: false },
      },
    ],
    series: loadSeries(loads, slot, palette),
  };
}

function loadSeries(loads: PlannedLoads, slot: number, palette: Palette): SeriesOption[] {
  const within = loads.atOnce.map((load, s) => Math.min(load, loads.capacity[s]));
  const over = loads.atOnce.map((load, s) => Math.max(0, load - loads.capacity[s]));
  const bar = { type: 'bar' as const, stack: 'atOnce', barCategoryGap: '18%' };
  const step = { type: 'line' as const, step: 'middle' as const, symbol: 'none' };
  return [
    { ...bar, data: within, itemStyle: { color: palette.atOnce } },
    {
      ...bar,
      data: over,
      itemStyle: {
        color: palette.steps[3],
        decal: { color: palette.surface, dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 },
      },
    },
    {
      ...step,
      data: [...loads.planned],
      lineStyle: { color: palette.planned, width: 2.5 },
      areaStyle: { color: palette.planned, opacity: 0.12 },
      markLine: {
        silent: true,
        symbol: 'none',
        label: { show: false },
        lineStyle: { color: palette.faint, type: 'solid', width: 1 },
        data: [{ xAxis: slot }],
      },
    },
    {
      ...step,
      data: [...loads.capacity],
      lineStyle: { color: palette.capacity, width: 1.5, type: [6, 4] },
    },
    {
      type: 'bar',
      xAxisIndex: 1,
      yAxisIndex: 1,
      data: [...loads.price],
      barCategoryGap: '18%',
      itemStyle: { color: palette.price },
    },
  ];
}

function tooltip(loads: PlannedLoads, s: number, words: LoadWords, format: Format): string {
  const over = Math.max(0, loads.atOnce[s] - loads.capacity[s]);
  return [
    `<b>${format.slotTime(s)}</b>`,
    `${words.within}: ${format.exact(loads.atOnce[s] - over)}`,
    `${words.over}: ${format.exact(over)}`,
    `${words.planned}: ${format.exact(loads.planned[s])}`,
    `${words.capacity}: ${format.exact(loads.capacity[s])}`,
    `${words.price}: ${format.decimal(loads.price[s], 2)}`,
  ].join('<br>');
}
