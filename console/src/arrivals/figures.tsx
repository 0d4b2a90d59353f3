import { useTranslation } from 'react-i18next';
import type { Arrivals } from '../../../src/client/api.ts';
import { Figure } from '../frame/figure.tsx';
import { useShownSeason } from '../words/season.tsx';
import { type Days, outlookOf, type Place, together } from './expected.ts';

/** Whether what comes can be taken, in one sentence, and the figures behind it. */
export function Figures({ arrivals, days }: { arrivals: Arrivals; days: Days }) {
  const { t } = useTranslation('arrivals');
  const { format } = useShownSeason();
  const { places, slots } = arrivals;
  const all = together(places);
  const outlook = outlookOf(all, slots.now, days);
  const worst = places
    .map((place) => outlookOf(place, slots.now, days).worst)
    .reduce((a, b) => (b.share > a.share ? b : a));
  const late = places.filter(({ stale }) => stale).length;
  const time = format.slotTime(worst.slot);
  return (
    <>
      <p className={worst.share > 1 ? 'arrivals-verdict over' : 'arrivals-verdict calm'}>
        {worst.share > 1 ? t('tight', { time, share: format.percent(worst.share) }) : t('calm')}
      </p>
      <dl className="figures">
        <Figure name={t('figure.stock')} value={format.count(all.stock)} unit={t('parcels')}>
          <Floor place={all} />
        </Figure>
        <Figure name={t('figure.bound')} value={format.count(all.bound)} unit={t('parcels')} />
        <Figure name={t('figure.today')} value={format.count(outlook.today)} unit={t('parcels')} />
        <Figure
          name={t('figure.tomorrow')}
          value={format.count(outlook.tomorrow)}
          unit={t('parcels')}
        />
        <Figure name={t('figure.worst')} value={format.percent(worst.share)} unit={t('ofCapacity')}>
          {worst.share === 0
            ? t('worst.none')
            : t('worst.at', { time, n: format.count(worst.parcels) })}
        </Figure>
        <Figure name={t('figure.late')} value={format.exact(late)} unit={t('stations')}>
          {late === 0 ? t('late.none') : t('late.some')}
        </Figure>
      </dl>
    </>
  );
}

function Floor({ place: { stock, floor } }: { place: Place }) {
  const { t } = useTranslation('arrivals');
  const { format } = useShownSeason();
  if (floor === null || floor === 0) return t('no.floor');
  return t('of.floor', { share: format.percent(stock / floor) });
}
