import type { EChartsOption } from 'echarts';
import type { Acceptance } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis, timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

interface PaceWords {
  readonly planned: string;
  readonly ticketed: string;
  readonly accepted: string;
  readonly axis: string;
  readonly now: string;
}

export function paceColours(palette: Palette) {
  return {
    planned: palette.planned,
    ticketed: palette.steps[0],
    accepted: palette.policies[1],
  };
}

/** By slot: tickets as bars, the plan and what was picked up as lines; now as a rule. */
export function paceOption(
  { planned, ticketed, accepted }: Acceptance['pace'],
  now: number,
  words: PaceWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const colours = paceColours(palette);
  // What is still to come was not picked up: it has no figure.
  const seen = accepted?.map((n, slot) => (slot <= now ? n : null)) ?? [];
  const line = { type: 'line' as const, step: 'middle' as const, symbol: 'none' };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      formatter: (params) => {
        const slot = hoveredIndex(params);
        const scans = seen[slot] ?? undefined;
        return [
          `<b>${format.slotTime(slot)}</b>`,
          `${words.planned}: ${format.exact(planned[slot])}`,
          `${words.ticketed}: ${format.exact(ticketed[slot])}`,
          ...(scans === undefined ? [] : [`${words.accepted}: ${format.exact(scans)}`]),
        ].join('<br>');
      },
    },
    grid: { left: 64, right: 16, top: 30, bottom: 28 },
    xAxis: timeAxis(planned.length, format, palette),
    yAxis: parcelAxis(words.axis, format, palette),
    series: [
      {
        type: 'bar',
        data: [...ticketed],
        itemStyle: { color: colours.ticketed },
        barCategoryGap: '18%',
      },
      {
        ...line,
        data: [...planned],
        lineStyle: { color: colours.planned, width: 2.5 },
        areaStyle: { color: colours.planned, opacity: 0.1 },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { formatter: words.now, color: palette.text, position: 'end' },
          lineStyle: { color: palette.text, type: 'solid', width: 1 },
          data: now >= 0 && now < planned.length ? [{ xAxis: now }] : [],
        },
      },
      { ...line, data: seen, lineStyle: { color: colours.accepted, width: 2.5 } },
    ],
  };
}
