import { useTranslation } from 'react-i18next';
import { Figure } from '../frame/figure.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useShownPlan } from './shown-plan.tsx';

/** What the plan does, in six figures. */
export function Figures() {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { holds, overload } = useShownPlan();
  const share = (n: number) =>
    t('figure.ofReady', { share: format.percent(n / Math.max(1, holds.ready), 1) });
  const parcels = t('unit.parcels');
  const hours = t('unit.hours');
  const before =
    overload &&
    t('figure.overload.before', {
      slots: format.count(overload.atOnce.resourceSlots),
      ratio: format.peak(overload.atOnce.peakRatio, overload.atOnce.resourceSlots),
    });
  return (
    <dl className="figures">
      <Figure name={t('figure.ready')} value={format.count(holds.ready)} unit={parcels} />
      <Figure name={t('figure.released')} value={format.count(holds.released)} unit={parcels}>
        {share(holds.released)}
      </Figure>
      <Figure name={t('figure.held')} value={format.count(holds.held)} unit={parcels}>
        {share(holds.held)}
      </Figure>
      <Figure name={t('figure.carried')} value={format.count(holds.carried)} unit={parcels}>
        {t('figure.carriedNote', {
          share: format.percent(holds.carried / Math.max(1, holds.ready), 1),
        })}
      </Figure>
      <Figure name={t('figure.mean')} value={format.decimal(holds.meanHours)} unit={hours}>
        {t('figure.p95', { hours: format.decimal(holds.p95Hours) })}
      </Figure>
      {overload && (
        <Figure
          name={t('figure.overload')}
          value={format.count(overload.planned.resourceSlots)}
          unit={t('unit.resourceSlots')}
        >
          {before}
        </Figure>
      )}
    </dl>
  );
}
