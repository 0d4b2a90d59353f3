import type { EChartsOption } from 'echarts';
import type { PlanMap } from '../../../src/client/api.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { hoveredIndex, plainText, tooltipStyle } from '../chart/tooltip.ts';
import type { Season } from '../words/season.tsx';
import { type Loads, type Place, placeLoad } from './network.ts';

export interface MapPicture {
  readonly map: PlanMap;
  readonly places: readonly Place[];
  readonly loads: Loads;
  readonly slot: number;
  readonly largest: number;
  /** The resource chosen, if any. */
  readonly chosen: string | undefined;
  readonly closed: string;
}

/**
 * Area of a circle ∝ load; colour by the step of load over capacity; overloads have a ring, and their
 * load over capacity beside them where there is room.
 */
export function mapOption(picture: MapPicture, season: Season, palette: Palette): EChartsOption {
  const data = picture.places.map((place) => circle(picture, place, season, palette));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      formatter: (params) => tooltip(picture, hoveredIndex(params), season),
    },
    geo: {
      map: 'china',
      roam: false,
      top: 8,
      bottom: 8,
      left: 8,
      right: 8,
      preserveAspect: 'contain',
      itemStyle: { areaColor: palette.land, borderColor: palette.border, borderWidth: 0.7 },
      emphasis: { disabled: true },
      silent: true,
      tooltip: { show: false },
    },
    series: [
      {
        type: 'scatter',
        coordinateSystem: 'geo',
        data,
        label: {
          position: 'right',
          color: palette.over,
          fontWeight: 'bold',
          textBorderColor: palette.land,
          textBorderWidth: 3,
        },
        labelLayout: { hideOverlap: true },
      },
    ],
  };
}

const SMALLEST = 6;
const LARGEST = 38;

function circle(picture: MapPicture, place: Place, { format }: Season, palette: Palette) {
  const { load, step, ratio } = placeLoad(picture.map, picture.loads, place, picture.slot);
  const chosen = place.stands.some(({ resource }) => resource.id === picture.chosen);
  const size = SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(load / picture.largest);
  return {
    value: [place.lng, place.lat],
    symbolSize: size,
    itemStyle: {
      color: palette.steps[step],
      opacity: 0.88,
      borderColor: chosen ? palette.text : step === 3 ? palette.steps[3] : palette.surface,
      borderWidth: chosen ? 3 : 1,
      ...(step === 3 ? { shadowBlur: 14, shadowColor: palette.steps[3] } : {}),
    },
    label: {
      show: step === 3,
      formatter: Number.isFinite(ratio) ? format.percent(ratio) : picture.closed,
    },
  };
}

function tooltip(picture: MapPicture, index: number, season: Season): string {
  const place = picture.places[index];
  const { format } = season;
  const lines = place.stands.map(({ row, resource }) => {
    const load = picture.map[picture.loads][row][picture.slot];
    const capacity = picture.map.capacity[row][picture.slot];
    const ratio = capacity > 0 ? format.percent(load / capacity) : picture.closed;
    const text = `${format.count(load)} / ${format.count(capacity)} (${ratio})`;
    return `${plainText(season.resource(resource))} ${text}`;
  });
  return [`<b>${plainText(season.place(place.region))}</b>`, ...lines].join('<br>');
}
