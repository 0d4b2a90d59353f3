import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Situation, Warning } from '../../../src/client/api.ts';
import { useSituation } from '../api/situation.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Loading } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { mapOf } from './map-state.ts';

const NetworkMap = lazy(async () => ({
  default: (await import('../map/network-map.tsx')).NetworkMap,
}));

/** Where warnings in force are; without a place that has coordinates, there is no map. */
export function WarningMap({ warnings }: { warnings: readonly Warning[] }) {
  const { data } = useSituation();
  const isPlaced = data?.places.some(({ lat, lng }) => lat !== null && lng !== null) ?? false;
  if (!data || !isPlaced) return null;
  return <Placed places={data.places} warnings={warnings} />;
}

interface PlacedProps {
  readonly places: Situation['places'];
  readonly warnings: readonly Warning[];
}

function Placed({ places, warnings }: PlacedProps) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const { organisation } = useViewer();
  const season = useShownSeason();
  const [chosen, choose] = useAddress('warning');
  const { nodes, state, warningOf } = useMemo(
    () => mapOf(places, warnings, season.resource),
    [places, warnings, season],
  );
  const place = warningOf.findIndex((each) => each !== undefined && each.id === chosen);
  const n = warningOf.filter((each) => each !== undefined).length;
  const tell = (node: number) => {
    const level = warningOf[node]?.level;
    return [level === undefined ? t('map.calm') : word(`level.${level}`)];
  };
  return (
    <section className="card" aria-labelledby="map">
      <h2 id="map">{t('map.title')}</h2>
      <Suspense fallback={<Loading />}>
        <NetworkMap
          nodes={nodes}
          lanes={NO_LANES}
          state={state}
          label={t('map.label', { n })}
          height="360px"
          region={organisation.region}
          chosen={place < 0 ? undefined : place}
          onChoose={(node) => {
            const id = warningOf[node]?.id;
            if (id !== undefined) choose(id);
          }}
          tell={tell}
        />
      </Suspense>
      <p className="note">{t('map.note')}</p>
    </section>
  );
}

const NO_LANES: readonly never[] = [];
