import type { EChartsOption } from 'echarts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis, timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';
import type { Film, Side } from './film.ts';

export const CURVES = ['pickedUp', 'inside', 'delivered'] as const;
export type Curve = (typeof CURVES)[number];

/** Pixels around the plot: night.css lays the veil over the same. */
const PLOT = { left: 58, right: 12, top: 30, bottom: 24 };

interface CurveWords {
  readonly axis: string;
  readonly side: (side: Side) => string;
}

/** One line a side, as far as it is made. */
export function curveOption(
  { night, sides }: Film,
  curve: Curve,
  words: CurveWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const lines = sides.map((side) => ({ side, data: valuesOf(side, curve) }));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const s = hoveredIndex(params);
        const shown = lines.map(
          ({ side, data }) => `${words.side(side)}: ${format.exact(data[s] ?? 0)}`,
        );
        return [`<b>${format.slotTime(s)}</b>`, ...shown].join('<br>');
      },
    },
    grid: PLOT,
    xAxis: { ...timeAxis(night.until, format, palette), boundaryGap: false },
    yAxis: parcelAxis(words.axis, format, palette),
    series: lines.map(({ side, data }) => ({
      type: 'line',
      symbol: 'none',
      data,
      z: side.policy === 'plan' ? 4 : 3,
      lineStyle: lineOf(side, palette),
    })),
  };
}

/** Told apart by dashes as well as colours. */
export function lineOf({ policy }: Side, palette: Palette) {
  return policy === 'plan'
    ? { color: palette.planned, width: 2.5, type: 'solid' as const }
    : { color: palette.over, width: 2, type: [6, 3] };
}

function valuesOf({ total }: Side, curve: Curve): number[] {
  if (curve === 'pickedUp') return [...total.pickedUp];
  if (curve === 'delivered') return [...total.delivered];
  return Array.from(total.released, (released, t) => released - total.delivered[t]);
}
