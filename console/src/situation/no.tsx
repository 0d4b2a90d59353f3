import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { useShownSeason } from '../words/season.tsx';
import { FiguresAge, type FiguresMoment } from './figures-age.tsx';
import { HubLink } from './hub-link.tsx';
import { Shape } from './shape.tsx';
import { holds } from './tones.ts';

interface NoProps {
  readonly which: 'stopped' | 'overflowing';
  readonly kept: SituationFigures['stopped'];
  readonly moment: FiguresMoment;
}

/** The worst places named under a no that is broken. */
const NAMED = 2;

/** One of the two no's: how many hubs break it, and which are the worst. */
export function No({ which, kept, moment }: NoProps) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const { value, of, worst } = kept;
  const broken = worst.filter((place) => which === 'stopped' || place.value > 1);
  const isKept = holds(kept);
  const tone = isKept === undefined ? 'unknown' : isKept ? 'good' : 'poor';
  const state = isKept === undefined ? 'unknown' : isKept ? 'holds' : 'broken';
  const told = (amount: number) =>
    t(`worst.${which}`, {
      value: which === 'stopped' ? format.decimal(amount) : format.percent(amount, 1),
    });
  return (
    <div className={`no ground-${tone}`}>
      <h2>{t(`no.${which}`)}</h2>
      <p className={`no-state tone-${tone}`}>
        <Shape tone={tone} /> {t(`no.${state}`)}
      </p>
      <p className="no-value">
        <strong className={`tone-${tone}`}>
          {value === null || isKept === undefined ? '—' : format.exact(value)}
        </strong>{' '}
        {t(`no.${which}.unit`)}
      </p>
      <p className="note">{t(`no.${which}.of`, { of: of === null ? '—' : format.exact(of) })}</p>
      {isKept === false && (
        <ul className="no-worst">
          {broken.slice(0, NAMED).map((place) => (
            <li key={place.resource.id}>
              <HubLink place={place.resource} /> {told(place.value)}
            </li>
          ))}
        </ul>
      )}
      <FiguresAge {...moment} />
    </div>
  );
}
