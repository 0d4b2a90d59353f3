import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arrivals } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { together } from './expected.ts';
import { hoursColours, hoursOption } from './hours-option.ts';

const HEIGHT = '340px';

/** Arrivals by hour, of one station or of all. */
export function Hours({ arrivals: { places, slots } }: { arrivals: Arrivals }) {
  const { t } = useTranslation('arrivals');
  const { format, resource } = useShownSeason();
  const palette = usePalette();
  const [chosen, choose] = useAddress('station');
  const one = places.find(({ id }) => id === chosen);
  const place = useMemo(() => one ?? together(places), [one, places]);
  const option = useMemo(() => {
    const words = {
      arrived: t('arrived'),
      onTheWay: t('onTheWay'),
      inNetwork: t('inNetwork'),
      planned: t('planned'),
      capacity: t('capacity'),
      axis: t('chart.axis'),
      now: t('now'),
    };
    return hoursOption(place, slots, words, format, palette);
  }, [place, slots, t, format, palette]);
  const hours = place.onTheWay.map((n, u) => n + place.inNetwork[u] + place.planned[u]);
  const most = hours.reduce((at, n, u) => (n > hours[at] ? u : at), 0);
  const name = one ? resource(one) : t('chart.all');
  const label = t('chart.label', {
    place: name,
    n: format.exact(hours[most]),
    time: format.slotTime(slots.now + most),
  });
  return (
    <section className="card" aria-label={t('chart.title')}>
      <h2>{t('chart.title')}</h2>
      <div className="tools">
        <Select
          className="wide"
          aria-label={t('chart.choose')}
          value={one?.id ?? ''}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(id: string) => choose(id === '' ? undefined : id)}
          options={[
            { value: '', label: t('chart.all') },
            ...places.map((each) => ({ value: each.id, label: resource(each) })),
          ]}
        />
      </div>
      <Legend />
      <Chart option={option} label={label} height={HEIGHT} />
      <p className="note">{label}</p>
    </section>
  );
}

function Legend() {
  const { t } = useTranslation('arrivals');
  const palette = usePalette();
  const colours = hoursColours(palette);
  return (
    <div className="legend">
      {(['arrived', 'onTheWay', 'inNetwork', 'planned'] as const).map((name) => (
        <span key={name} className="legend-step">
          <i className="box" style={{ background: colours[name] }} />
          {t(name)}
        </span>
      ))}
      <span className="legend-step">
        <i className="rule" style={{ borderTop: `2px dashed ${palette.over}` }} />
        {t('capacity')}
      </span>
    </div>
  );
}
