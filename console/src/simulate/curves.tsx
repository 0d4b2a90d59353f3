import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurvesAnswer } from '../api/simulations.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useShownSeason } from '../words/season.tsx';
import { useSummed } from './choices.ts';
import { type Curve, curvesOption } from './curves-option.ts';
import { PolicyName } from './scores.tsx';

interface CurvesProps {
  readonly curves: CurvesAnswer;
  /** Slots shown. */
  readonly slots: number;
}

/** Pick-up and delivery of each policy, and what became ready. */
export function Curves({ curves, slots }: CurvesProps) {
  const { t } = useTranslation('simulate');
  const [summed, setSummed] = useSummed();
  return (
    <section className="card" aria-labelledby="curves">
      <h2 id="curves">{t('curves.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('curves.title')}
          value={summed ? 'sum' : 'slot'}
          onChange={(value) => setSummed(value === 'sum')}
          options={[
            { value: 'slot', label: t('curves.hourly') },
            { value: 'sum', label: t('curves.sum') },
          ]}
        />
      </div>
      <PolicyLegend curves={curves} />
      <div className="maps">
        <CurveChart curves={curves} slots={slots} curve="pickedUp" />
        <CurveChart curves={curves} slots={slots} curve="delivered" />
      </div>
      <p className="note">{t('curves.until')}</p>
    </section>
  );
}

function PolicyLegend({ curves }: { curves: CurvesAnswer }) {
  const { t } = useTranslation('simulate');
  const palette = usePalette();
  return (
    <div className="legend">
      {curves.policies.map(({ policy }) => (
        <PolicyName key={policy} policy={policy} />
      ))}
      <span className="legend-step">
        <i className="box" style={{ background: palette.atOnce, opacity: 0.45 }} />
        {t('curves.ready')}
      </span>
    </div>
  );
}

const HEIGHT = '300px';

function CurveChart({ curves, slots, curve }: CurvesProps & { curve: Curve }) {
  const { t } = useTranslation('simulate');
  const { scenario, format } = useShownSeason();
  const palette = usePalette();
  const [summed] = useSummed();
  const option = useMemo(() => {
    const words = {
      ready: t('curves.ready'),
      end: t('curves.end'),
      axis: t(summed ? 'curves.axisSum' : 'curves.axis'),
      policy: (policy: (typeof curves.policies)[number]['policy']) => t(`policy.${policy}`),
    };
    return curvesOption(
      { curves, curve, summed, slots, seasonSlots: scenario.slots },
      words,
      format,
      palette,
    );
  }, [curves, curve, summed, slots, scenario.slots, t, format, palette]);
  const peaks = curves.policies.map((each) => {
    const peak = Math.max(...each[curve]);
    return t('curves.peak', {
      policy: t(`policy.${each.policy}`),
      peak: format.count(peak),
      time: format.slotTime(each[curve].indexOf(peak)),
    });
  });
  const label = t('curves.label', { what: t(`curves.${curve}`), policies: peaks.join(' ') });
  return (
    <figure className="map">
      <figcaption>
        <strong>{t(`curves.${curve}`)}</strong>
      </figcaption>
      <Chart option={option} label={label} height={HEIGHT} />
    </figure>
  );
}
