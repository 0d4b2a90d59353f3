import { useTranslation } from 'react-i18next';
import { useShownSeason } from './season.tsx';

/** How good the plan provably is, in words first. */
export function Certificate() {
  const { t } = useTranslation('plan');
  const { plan, format } = useShownSeason();
  const { objective, bound, gap } = plan.certificate;
  const shown = gapText(gap, format.percent);
  return (
    <section className="card certificate" aria-labelledby="certificate">
      <div>
        <h2 id="certificate">{t('certificate.title')}</h2>
        <p className="certificate-text">
          {gap > 0 ? t('certificate.text', { gap: shown }) : t('certificate.met')}
        </p>
        <p className="note">
          {t('certificate.unit')} {t('certificate.check')}
        </p>
      </div>
      <dl className="pairs">
        <dt>{t('certificate.z')}</dt>
        <dd>{format.exact(objective)}</dd>
        <dt>{t('certificate.l')}</dt>
        <dd>{format.exact(bound)}</dd>
        <dt>{t('certificate.gap')}</dt>
        <dd>{shown}</dd>
      </dl>
    </section>
  );
}

/** The gap rounded up, so that the sentence it stands in stays true. */
function gapText(gap: number, percent: (share: number, digits: number) => string): string {
  const digits = gap < 0.001 ? 3 : 2;
  const unit = 10 ** -(digits + 2);
  return percent(Math.ceil(gap / unit - 1e-9) * unit, digits);
}
