import type { EChartsOption } from 'echarts';
import type { Explanation as ExplanationAnswer } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';
import type { Season } from '../words/season.tsx';
import { chosenSlots, comparedOptions, priceShares } from './explanation-parts.ts';

export interface CostPart {
  readonly name: string;
  readonly color: string;
  readonly sizes: readonly number[];
}

/** Resources with a colour of their own. */
const SHOWN_RESOURCES = 4;

/** What each option's cost is made of, in the order it is stacked. */
export function costParts(
  answer: ExplanationAnswer,
  words: { holding: string; penalty: string; detour: string; others: string },
  season: Season,
  palette: Palette,
): CostPart[] {
  const options = comparedOptions(answer);
  const { shares, others } = priceShares(options, SHOWN_RESOURCES);
  const [holding, penalty, detour, ...colors] = palette.parts;
  const parts = [
    {
      name: words.holding,
      color: holding,
      sizes: options.map(({ waiting, lateness, growth }) => waiting + lateness + growth),
    },
    { name: words.penalty, color: penalty, sizes: options.map((option) => option.penalty) },
    { name: words.detour, color: detour, sizes: options.map((option) => option.detour) },
    ...shares.map((share, i) => ({
      name: season.resource(share.resource),
      color: colors[i],
      sizes: share.sizes,
    })),
    { name: words.others, color: colors[SHOWN_RESOURCES], sizes: others },
  ];
  return parts.filter(({ sizes }) => sizes.some((size) => size > 0));
}

/** Bars of the cost per parcel by release slot, carrying over last; what the plan does is marked. */
export function explanationOption(
  answer: ExplanationAnswer,
  parts: readonly CostPart[],
  words: { chosen: string; carried: string; axis: string },
  { format }: Season,
  palette: Palette,
): EChartsOption {
  const options = comparedOptions(answer);
  const label = { color: palette.faint, fontSize: 12 };
  const used = new Set(chosenSlots(answer).map(({ slot }) => slot));
  const totals = options.map(({ total }) => total);
  const timeOf = (slot: number | null) => (slot === null ? words.carried : format.slotTime(slot));
  const cost = (size: number) => format.decimal(size, 2);
  const top = Math.max(...totals, 1e-9);
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 52, right: 12, top: 34, bottom: 28 },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const i = hoveredIndex(params);
        const lines = parts.map((part) => `${plainText(part.name)}: ${cost(part.sizes[i])}`);
        return [`<b>${timeOf(options[i].slot)}: ${cost(totals[i])}</b>`, ...lines].join('<br>');
      },
    },
    xAxis: {
      type: 'category',
      data: options.map((_, i) => i),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        ...label,
        hideOverlap: true,
        showMaxLabel: true,
        formatter: (i: string) => {
          const { slot } = options[Number(i)];
          return slot === null ? words.carried : format.slotClock(slot);
        },
      },
    },
    yAxis: {
      type: 'value',
      name: words.axis,
      max: (range: { max: number }) => Math.max(range.max, top * 1.12),
      nameTextStyle: { ...label, align: 'left', padding: [0, 0, 0, -44] },
      splitNumber: 4,
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...label, showMaxLabel: false, formatter: (n: number) => format.short(n) },
    },
    series: [
      ...parts.map(({ name, color, sizes }) => ({
        type: 'bar' as const,
        name,
        stack: 'cost',
        barCategoryGap: '22%',
        barMaxWidth: 36,
        data: [...sizes],
        itemStyle: { color },
      })),
      {
        type: 'scatter' as const,
        name: words.chosen,
        data: options.map(({ slot, total }) => (used.has(slot) ? total : null)),
        symbol: 'triangle',
        symbolRotate: 180,
        symbolSize: 11,
        symbolOffset: [0, -9],
        itemStyle: { color: palette.text },
      },
    ],
  };
}
