import type { EChartsOption } from 'echarts';
import type { HubsAnswer } from '../api/simulations.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { timeAxis } from '../chart/time-axis.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

/** Upper ends of the steps of stock over floor, per cent; beyond the last it overflows. */
export const FILL_ENDS = [50, 70, 90, 100] as const;

/** One colour a step, overflow last. */
export function fillColours({ land, steps }: Palette): readonly string[] {
  return [land, ...steps];
}

interface Heat extends HubsAnswer {
  /** Hubs that block each other, by slot. */
  readonly gridlocked: readonly number[];
  /** Slots shown. */
  readonly slots: number;
}

interface HeatWords {
  readonly gridlock: string;
  readonly gridlocked: (hubs: number) => string;
  readonly hub: (row: number) => string;
}

/** Above all per cents: the colour of a network that stands still. */
const GRIDLOCK = 1e6;
const NAME_PX = 168;
const NAME_LETTERS = 24;

/**
 * Row 0 says when hubs block each other, the others how full each hub is. The data are laid out row by row,
 * `slots` a row, so that an index tells both.
 */
export function heatOption(
  heat: Heat,
  words: HeatWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const { hubs, full, gridlocked, slots } = heat;
  const gridlock = Array.from({ length: slots }, (_, s) => [
    s,
    0,
    gridlocked[s] > 0 ? GRIDLOCK : 0,
  ]);
  const cells = full.flatMap((row, i) =>
    Array.from({ length: slots }, (_, s) => [s, i + 1, row[s] ?? 0]),
  );
  const names = full.map((_, i) => `${hubs[i].important ? '★ ' : ''}${words.hub(i)}`);
  const colours = fillColours(palette);
  const data = [...gridlock, ...cells];
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      formatter: (params) => {
        const [s, row, percent] = data[hoveredIndex(params)];
        const what =
          row === 0
            ? words.gridlocked(gridlocked[s] ?? 0)
            : `${plainText(names[row - 1])}: ${format.percent(percent / 100)}`;
        return `<b>${format.slotTime(s)}</b><br>${what}`;
      },
    },
    grid: { left: NAME_PX, right: 8, top: 4, bottom: 28 },
    xAxis: timeAxis(slots, format, palette),
    yAxis: {
      type: 'category',
      inverse: true,
      data: [words.gridlock, ...names.map(shorten)],
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: palette.faint, fontSize: 11, interval: 0 },
    },
    visualMap: {
      show: false,
      type: 'piecewise',
      dimension: 2,
      pieces: [
        ...FILL_ENDS.map((end, i) => ({
          ...(i === 0 ? {} : { gt: FILL_ENDS[i - 1] }),
          lte: end,
          color: colours[i],
        })),
        { gt: FILL_ENDS[FILL_ENDS.length - 1], lt: GRIDLOCK, color: colours[FILL_ENDS.length] },
        { gte: GRIDLOCK, color: palette.text },
      ],
    },
    series: [
      {
        type: 'heatmap',
        data,
        progressive: 0,
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1 } },
      },
    ],
  };
}

/** The row among the hubs of a cell's index; undefined for the row above them. */
export function rowHub(index: number, slots: number): number | undefined {
  const row = Math.floor(index / slots) - 1;
  return row < 0 ? undefined : row;
}

function shorten(name: string): string {
  return name.length <= NAME_LETTERS ? name : `${name.slice(0, NAME_LETTERS - 1)}…`;
}
