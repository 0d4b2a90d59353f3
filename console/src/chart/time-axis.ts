import type { Format } from '../words/format.ts';
import type { Palette } from './palette.ts';

/** An axis of so many slots, labelled with the day where one begins. */
export function timeAxis(slots: number, format: Format, palette: Palette) {
  return {
    type: 'category' as const,
    data: Array.from({ length: slots }, (_, s) => s),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    axisLabel: {
      color: palette.faint,
      fontSize: 12,
      hideOverlap: true,
      formatter: (s: string) => format.slotDate(Number(s)),
      interval: (s: number) => s === 0 || format.slotDate(s) !== format.slotDate(s - 1),
    },
  };
}

/** A value axis that names its unit above. */
export function parcelAxis(name: string, format: Format, palette: Palette) {
  const label = { color: palette.faint, fontSize: 12 };
  return {
    type: 'value' as const,
    splitNumber: 3,
    splitLine: { lineStyle: { color: palette.line } },
    name,
    nameTextStyle: { ...label, align: 'left' as const, padding: [0, 0, 0, -56] },
    axisLabel: { ...label, formatter: (n: number) => format.short(n) },
  };
}

/** A vertical line where the season ends and only what is under way goes on. */
export function seasonEnd(slot: number, words: string, palette: Palette) {
  return {
    silent: true,
    symbol: 'none',
    label: { formatter: words, color: palette.faint, position: 'end' as const },
    lineStyle: { color: palette.faint, type: 'solid' as const, width: 1 },
    data: [{ xAxis: slot }],
  };
}
