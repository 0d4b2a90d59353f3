import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanMap, PlannedResource } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { type Show, useShow, useSlot } from './choices.ts';
import { Legend } from './legend.tsx';
import { mapOption } from './map-option.ts';
import {
  busiestSlot,
  type Loads,
  largestLoad,
  overloadedBySlot,
  type Place,
  placeLoad,
  placesOf,
} from './network.ts';
import { Timeline } from './timeline.tsx';

interface NetworkMapProps {
  readonly map: PlanMap;
  readonly resources: readonly PlannedResource[];
}

/** The network slot by slot: at once, as planned, or both beside each other. */
export function NetworkMap({ map, resources }: NetworkMapProps) {
  const { t } = useTranslation('plan');
  const [operator] = useAddress('operator');
  const [show] = useShow();
  const places = useMemo(() => placesOf(map, resources, operator), [map, resources, operator]);
  const counts = useMemo(
    () => ({
      atOnce: overloadedBySlot(map, 'atOnce', places),
      planned: overloadedBySlot(map, 'planned', places),
    }),
    [map, places],
  );
  const busiest = useMemo(() => busiestSlot(map, places), [map, places]);
  const [chosenSlot, setSlot] = useSlot(busiest);
  const slot = Math.min(chosenSlot, Math.max(0, counts.atOnce.length - 1));
  const largest = useMemo(() => largestLoad(map, places), [map, places]);
  const shown: Loads[] = show === 'both' ? ['atOnce', 'planned'] : [show];
  return (
    <>
      <MapTools resources={resources} />
      {places.length === 0 ? (
        <Empty description={t('map.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <div className="maps">
          {shown.map((loads) => (
            <OneMap key={loads} {...{ map, places, loads, slot, largest }} />
          ))}
        </div>
      )}
      <Timeline counts={counts} slot={slot} setSlot={setSlot} />
      <Legend />
    </>
  );
}

function MapTools({ resources }: { resources: readonly PlannedResource[] }) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const [operator, setOperator] = useAddress('operator');
  const [show, setShow] = useShow();
  const operators = [...new Set(resources.map((r) => r.operator))].filter((id) => id !== '');
  const shows: Show[] = ['both', 'atOnce', 'planned'];
  return (
    <div className="tools">
      <Segmented
        aria-label={t('map.show')}
        value={show}
        onChange={setShow}
        options={shows.map((value) => ({ value, label: t(`map.${value}`) }))}
      />
      {operators.length > 1 && (
        <Select
          aria-label={t('map.operator')}
          value={operator ?? ''}
          onChange={(id: string) => setOperator(id === '' ? undefined : id)}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('map.allOperators') },
            ...operators.map((id) => ({ value: id, label: season.operator(id) })),
          ]}
        />
      )}
    </div>
  );
}

interface OneMapProps {
  readonly map: PlanMap;
  readonly places: readonly Place[];
  readonly loads: Loads;
  readonly slot: number;
  readonly largest: number;
}

const MAP_HEIGHT = 'min(400px, 74vw)';

function OneMap({ map, places, loads, slot, largest }: OneMapProps) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const palette = usePalette();
  const [chosen, choose] = useAddress('resource');
  const outlines = useOutlines();
  const at = places.map((place) => placeLoad(map, loads, place, slot));
  const over = at.filter(({ step }) => step === 3).length;
  const closed = t('map.closed');
  const outlined = outlines.data !== undefined;
  const option = useMemo(
    () => mapOption({ map, places, loads, slot, largest, chosen, closed }, season, palette),
    [map, places, loads, slot, largest, chosen, closed, season, palette],
  );
  const time = season.format.slotTime(slot);
  const label = t('map.label', { what: t(`map.${loads}`), time, places: places.length, over });
  return (
    <figure className="map">
      <figcaption>
        <span>{t(`map.${loads}.text`)}</span>
        <strong className={over > 0 ? 'over' : 'calm'}>{t('map.over', { count: over })}</strong>
      </figcaption>
      {outlines.isPending ? (
        <div style={{ height: MAP_HEIGHT }} />
      ) : (
        <Chart
          option={option}
          label={label}
          height={MAP_HEIGHT}
          outlines={outlines.data ?? NO_OUTLINES}
          onChoose={(index) => choose(at[index].worst.id)}
        />
      )}
      <p className="note">{t(outlined ? 'map.schematic' : 'map.noOutline')}</p>
    </figure>
  );
}

/** A frame around the country, so that positions can be drawn when the outlines are missing. */
const NO_OUTLINES = {
  type: 'FeatureCollection' as const,
  features: [
    {
      type: 'Feature' as const,
      properties: { name: '' },
      geometry: {
        type: 'Polygon' as const,
        coordinates: [
          [
            [73, 18],
            [135, 18],
            [135, 54],
            [73, 54],
            [73, 18],
          ],
        ],
      },
    },
  ],
};

function useOutlines() {
  return useQuery({
    queryKey: ['outlines'],
    queryFn: async ({ signal }): Promise<string> => {
      const response = await fetch('/outlines/china.json', { signal });
      if (!response.ok) throw new Error(response.statusText);
      return response.text();
    },
  });
}
