import { useTranslation } from 'react-i18next';
import { useShownSeason } from '../words/season.tsx';
import { useShownPlan } from './shown-plan.tsx';

/** How good the plan provably is, in words first. */
export function Certificate() {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { certificate, version } = useShownPlan();
  const { objective, bound, gap } = certificate;
  const shown = gap > 0 ? format.percent(...roundedUp(gap)) : format.percent(0);
  return (
    <section className="card certificate" aria-labelledby="certificate">
      <div>
        <h2 id="certificate">{t('certificate.title')}</h2>
        <p className="certificate-text">
          {gap > 0 ? t('certificate.text', { gap: shown }) : t('certificate.met')}
        </p>
        <p className="note">
          {version.from
            ? t('certificate.from', { time: format.slotTime(version.from) })
            : t('certificate.check')}{' '}
          {t(objective === undefined ? 'certificate.part' : 'certificate.unit')}
        </p>
      </div>
      <dl className="pairs">
        {objective !== undefined && bound !== undefined && (
          <>
            <dt>{t('certificate.z')}</dt>
            <dd>{format.exact(objective)}</dd>
            <dt>{t('certificate.l')}</dt>
            <dd>{format.exact(bound)}</dd>
          </>
        )}
        <dt>{t('certificate.gap')}</dt>
        <dd>
          <data value={gap}>{shown}</data>
        </dd>
      </dl>
    </section>
  );
}

/**
 * The gap with three digits that matter, rounded up so that the sentence it stands in stays true, and
 * how many digits after the point that takes as per cent.
 */
function roundedUp(gap: number): [gap: number, digits: number] {
  const first = Math.floor(Math.log10(Math.max(gap, SMALLEST_SHOWN)));
  const unit = 10 ** (first - 2);
  return [Math.ceil(gap / unit - 1e-9) * unit, Math.max(0, -first)];
}

const SMALLEST_SHOWN = 1e-6;
