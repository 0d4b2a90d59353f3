import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { useShownSeason } from '../words/season.tsx';
import { FiguresAge, type FiguresMoment } from './figures-age.tsx';

const STEPS = ['pickedUp', 'inNetwork', 'delivered'] as const;

/** A difference below this share of the plan is none worth a word. */
const EQUAL = 0.0005;

/** How far the season has come, against what the plan expected by now. */
export function Progress({
  figures,
  moment,
}: {
  figures: SituationFigures;
  moment: FiguresMoment;
}) {
  const { t } = useTranslation('situation');
  return (
    <div className="progress">
      <dl aria-label={t('progress')}>
        {STEPS.map((step) => (
          <Step
            key={step}
            step={step}
            amounts={figures[step]}
            before={step === 'inNetwork' ? inNetworkBefore(figures) : 0}
          />
        ))}
      </dl>
      <FiguresAge {...moment} />
    </div>
  );
}

/** What was in the network when the season began, which no plan of it has: nothing is lost in between. */
function inNetworkBefore({ inNetwork, pickedUp, delivered }: SituationFigures): number {
  if (inNetwork.seen === null || pickedUp.seen === null || delivered.seen === null) return 0;
  return Math.max(0, inNetwork.seen - pickedUp.seen + delivered.seen);
}

interface StepProps {
  readonly step: (typeof STEPS)[number];
  readonly amounts: SituationFigures['pickedUp'];
  /** Beyond what is planned. */
  readonly before: number;
}

function Step({ step, amounts, before }: StepProps) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const { seen } = amounts;
  const planned = amounts.planned === null ? null : amounts.planned + before;
  return (
    <div>
      <dt>{t(`progress.${step}`)}</dt>
      <dd>
        <strong>{seen === null ? '—' : format.count(seen)}</strong> {t('progress.unit')}
        <small>
          {planned !== null && t('progress.planned', { planned: format.count(planned) })}
          {planned !== null && seen !== null && <Difference seen={seen} planned={planned} />}
          {before > 0 && t('progress.before', { before: format.count(before) })}
        </small>
      </dd>
    </div>
  );
}

function Difference({ seen, planned }: { seen: number; planned: number }) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const by = seen - planned;
  if (Math.abs(by) <= EQUAL * planned) return <b>{t('progress.equal')}</b>;
  const n = format.count(Math.abs(by));
  const title = planned > 0 ? format.percent(by / planned, 1) : undefined;
  return <b title={title}>{t(by > 0 ? 'progress.more' : 'progress.less', { n })}</b>;
}
