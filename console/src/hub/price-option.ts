import type { EChartsOption } from 'echarts';
import { chartFrame, type Frame, nowLine, slotTooltip, within } from './chart-parts.ts';

export interface PriceWords {
  readonly axis: string;
  readonly price: string;
}

/** What one parcel more would cost in each slot. */
export function priceOption(
  price: readonly (number | null)[],
  words: PriceWords,
  frame: Frame,
): EChartsOption {
  const { format, palette } = frame;
  const label = { color: palette.faint, fontSize: 12 };
  return {
    ...chartFrame(frame),
    tooltip: slotTooltip(frame, [[words.price, price]], (n) => format.decimal(n, 2)),
    yAxis: {
      type: 'value',
      splitNumber: 2,
      splitLine: { lineStyle: { color: palette.line } },
      name: words.axis,
      nameTextStyle: { ...label, align: 'left', padding: [0, 0, 0, -56] },
      axisLabel: label,
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '15%',
        data: within(frame, price),
        itemStyle: { color: palette.price },
        markLine: nowLine(frame),
      },
    ],
  };
}
