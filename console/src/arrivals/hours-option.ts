import type { EChartsOption } from 'echarts';
import { FONT, type Palette } from '../chart/palette.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';
import type { Place } from './expected.ts';

export interface HoursWords {
  readonly arrived: string;
  readonly onTheWay: string;
  readonly inNetwork: string;
  readonly planned: string;
  readonly capacity: string;
  readonly axis: string;
  readonly now: string;
}

/** The colours of what arrived and what will, and how sure it is: the surest the strongest. */
export function hoursColours(palette: Palette) {
  return {
    arrived: palette.atOnce,
    onTheWay: palette.policies[4],
    inNetwork: palette.planned,
    planned: palette.steps[0],
  };
}

/** Bars by slot: what arrived, then what is expected by how far it has come; the line is what can be taken. */
export function hoursOption(
  place: Place,
  slots: { readonly from: number; readonly now: number; readonly until: number },
  words: HoursWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const past = slots.now - slots.from;
  const gap = Array.from({ length: past }, () => null);
  const colours = hoursColours(palette);
  const label = { color: palette.faint, fontSize: 12 };
  const names = Array.from({ length: slots.until - slots.from }, (_, i) => slots.from + i);
  const bar = (name: keyof typeof colours, data: readonly (number | null)[]) => ({
    type: 'bar' as const,
    stack: 'arrivals',
    name: words[name],
    data: [...data],
    barCategoryGap: '22%',
    itemStyle: { color: colours[name] },
  });
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => tooltip(place, hoveredIndex(params), past, slots.from, words, format),
    },
    grid: { left: 64, right: 16, top: 30, bottom: 44 },
    xAxis: {
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        ...label,
        hideOverlap: true,
        formatter: (s: string) => axisText(Number(s), format),
        interval: (i: number) => i % 6 === (6 - (slots.from % 6)) % 6,
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      name: words.axis,
      nameTextStyle: { ...label, align: 'left', padding: [0, 0, 0, -56] },
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...label, formatter: (n: number) => format.short(n) },
    },
    series: [
      {
        ...bar('arrived', place.past.arrived),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: words.now, color: palette.text, position: 'end' },
          lineStyle: { color: palette.text, type: 'solid', width: 1 },
          data: [{ xAxis: past }],
        },
      },
      bar('onTheWay', [...gap, ...place.onTheWay]),
      bar('inNetwork', [...gap, ...place.inNetwork]),
      bar('planned', [...gap, ...place.planned]),
      {
        type: 'line',
        step: 'middle',
        symbol: 'none',
        name: words.capacity,
        data: [...gap, ...place.capacity],
        lineStyle: { color: palette.over, width: 1.5, type: [6, 4] },
      },
    ],
  };
}

/** The hour; the date where a day begins. */
function axisText(slot: number, format: Format): string {
  const isNew = format.slotDate(slot) !== format.slotDate(slot - 1);
  return isNew ? `${format.slotClock(slot)}\n${format.slotDate(slot)}` : format.slotClock(slot);
}

function tooltip(
  place: Place,
  index: number,
  past: number,
  from: number,
  words: HoursWords,
  format: Format,
): string {
  const head = `<b>${format.slotTime(from + index)}</b>`;
  if (index < past)
    return `${head}<br>${words.arrived}: ${format.exact(place.past.arrived[index])}`;
  const u = index - past;
  return [
    head,
    `${words.onTheWay}: ${format.exact(place.onTheWay[u])}`,
    `${words.inNetwork}: ${format.exact(place.inNetwork[u])}`,
    `${words.planned}: ${format.exact(place.planned[u])}`,
    `${words.capacity}: ${format.exact(place.capacity[u])}`,
  ].join('<br>');
}
