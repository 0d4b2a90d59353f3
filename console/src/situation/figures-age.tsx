import { useTranslation } from 'react-i18next';
import { Age } from '../words/age.tsx';
import { useEachSecond } from '../words/each-second.ts';
import { useShownSeason } from '../words/season.tsx';

/** When figures were counted, and when they were answered. */
export interface FiguresMoment {
  readonly at: string;
  readonly ageMs: number;
  /** By this machine's clock, ms. */
  readonly updatedAt: number;
}

/** Figures come every five seconds: older than this, they are said to be stale, ms. */
const STALE_MS = 20_000;

/** How old figures are; seen again every second. */
export function FiguresAge({ at, ageMs, updatedAt }: FiguresMoment) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  useEachSecond();
  const age = ageMs + (Date.now() - updatedAt);
  return (
    <span className="figures-age">
      {t('asOf', { time: format.moment(at) })} · <Age ms={age} />
      {age > STALE_MS && <span className="stale">{t('stale')}</span>}
    </span>
  );
}
