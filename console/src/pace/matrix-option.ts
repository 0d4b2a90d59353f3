import type { EChartsOption } from 'echarts';
import type { Acceptance } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';

export const MEASURES = ['planned', 'ticketed', 'confirmed', 'share'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Matrix {
  readonly origins: readonly string[];
  readonly destinations: readonly string[];
  readonly cells: readonly {
    readonly origin: string;
    readonly destination: string;
    readonly value: number;
  }[];
}

/** All operators together; places with the most first. */
export function matrixOf(pairs: Acceptance['pairs'], measure: Measure): Matrix {
  const cells = new Map<
    string,
    { origin: string; destination: string; of: number; planned: number }
  >();
  const [origins, destinations] = [new Map<string, number>(), new Map<string, number>()];
  for (const pair of pairs) {
    const { origin, destination, planned } = pair;
    const key = `${origin} ${destination}`;
    const cell = cells.get(key) ?? { origin, destination, of: 0, planned: 0 };
    cell.of += measure === 'share' ? pair.ticketed : pair[measure];
    cell.planned += planned;
    cells.set(key, cell);
    origins.set(origin, (origins.get(origin) ?? 0) + planned);
    destinations.set(destination, (destinations.get(destination) ?? 0) + planned);
  }
  return {
    origins: mostFirst(origins),
    destinations: mostFirst(destinations),
    cells: [...cells.values()].map(({ origin, destination, of, planned }) => ({
      origin,
      destination,
      value: measure !== 'share' ? of : planned > 0 ? of / planned : 0,
    })),
  };
}

function mostFirst(places: ReadonlyMap<string, number>): string[] {
  return [...places].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id]) => id);
}

interface Telling {
  readonly place: (code: string) => string;
  readonly tell: (value: number) => string;
}

/** Upper ends of the steps of colour, per cent of the most: volumes between places differ by powers. */
const STEP_ENDS = [0, 3, 12, 40, 100] as const;

/** Half as strong. */
function fade(colour: string): string {
  return `${colour}80`;
}

/** A heat map: the deeper the more. */
export function matrixOption(
  { origins, destinations, cells }: Matrix,
  { place, tell }: Telling,
  palette: Palette,
): EChartsOption {
  const most = cells.reduce((all, { value }) => Math.max(all, value), 0);
  const rowOf = new Map(origins.map((origin, i) => [origin, i]));
  const columnOf = new Map(destinations.map((destination, i) => [destination, i]));
  const { land, steps, planned } = palette;
  const colours = [land, fade(steps[0]), steps[0], steps[1], planned];
  const axis = {
    type: 'category' as const,
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: palette.faint, fontSize: 11, interval: 0 },
  };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      formatter: (params) => {
        const { origin, destination, value } = cells[hoveredIndex(params)];
        return `<b>${plainText(place(origin))} → ${plainText(place(destination))}</b><br>${tell(value)}`;
      },
    },
    grid: { left: 84, right: 12, top: 8, bottom: 96 },
    xAxis: {
      ...axis,
      axisLabel: { ...axis.axisLabel, rotate: 60 },
      data: destinations.map(place),
    },
    yAxis: { ...axis, inverse: true, data: origins.map(place) },
    visualMap: {
      show: false,
      type: 'piecewise',
      dimension: 2,
      pieces: colours.map((color, i) => ({
        gt: i === 0 ? -1 : (most * STEP_ENDS[i - 1]) / 100,
        lte: (most * STEP_ENDS[i]) / 100,
        color,
      })),
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map(({ origin, destination, value }) => [
          columnOf.get(destination) ?? 0,
          rowOf.get(origin) ?? 0,
          value,
        ]),
        itemStyle: { borderColor: palette.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 1 } },
        progressive: 0,
      },
    ],
  };
}
