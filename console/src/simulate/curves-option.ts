import type { EChartsOption } from 'echarts';
import type { CurvesAnswer } from '../api/simulations.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis, seasonEnd, timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';
import { lineOf, type Policy } from './policies.ts';

export type Curve = 'pickedUp' | 'delivered';

interface Shown {
  readonly curves: CurvesAnswer;
  readonly curve: Curve;
  /** From the start, instead of by slot. */
  readonly summed: boolean;
  readonly slots: number;
  readonly seasonSlots: number;
}

interface CurveWords {
  readonly ready: string;
  readonly end: string;
  readonly axis: string;
  readonly policy: (policy: Policy) => string;
}

/** One line a policy over what became ready, which is the same for all. */
export function curvesOption(
  { curves, curve, summed, slots, seasonSlots }: Shown,
  words: CurveWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const along = (values: readonly number[]) =>
    summed ? sumUp(values, slots) : values.slice(0, slots);
  const ready = along(curves.policies[0].ready);
  const lines = curves.policies.map((each) => ({ policy: each.policy, data: along(each[curve]) }));
  const line = { type: 'line' as const, symbol: 'none' };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const s = hoveredIndex(params);
        const shown = (name: string, data: readonly number[]) =>
          `${name}: ${format.exact(data[s] ?? 0)}`;
        return [
          `<b>${format.slotTime(s)}</b>`,
          shown(words.ready, ready),
          ...lines.map(({ policy, data }) => shown(words.policy(policy), data)),
        ].join('<br>');
      },
    },
    grid: { left: 64, right: 16, top: 34, bottom: 28 },
    xAxis: timeAxis(slots, format, palette),
    yAxis: parcelAxis(words.axis, format, palette),
    series: [
      {
        ...line,
        data: [...ready],
        lineStyle: { width: 0 },
        areaStyle: { color: palette.atOnce, opacity: 0.45 },
        markLine: seasonEnd(Math.min(seasonSlots, slots - 1), words.end, palette),
      },
      ...lines.map(({ policy, data }) => ({
        ...line,
        data: [...data],
        lineStyle: lineOf(policy, palette),
        z: policy === 'plan' ? 4 : 3,
      })),
    ],
  };
}

/** The sum up to each slot; after the last it stays. */
function sumUp(values: readonly number[], slots: number): number[] {
  let sum = 0;
  return Array.from({ length: slots }, (_, s) => {
    sum += values[s] ?? 0;
    return sum;
  });
}
