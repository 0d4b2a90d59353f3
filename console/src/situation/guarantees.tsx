import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { useShownSeason } from '../words/season.tsx';
import { seesFlows } from './sees-flows.ts';
import { Shape } from './shape.tsx';
import { type Guarantee, MARKS, toneOf } from './tones.ts';

const GUARANTEES: readonly Guarantee[] = ['smooth', 'safe', 'steady'];

/** The three guarantees, each held against what it would be if all were well. */
export function Guarantees({ figures }: { figures: SituationFigures }) {
  return (
    <dl className="guarantees">
      {GUARANTEES.filter((each) => each === 'safe' || seesFlows(figures)).map((guarantee) => (
        <Kept key={guarantee} guarantee={guarantee} value={figures[guarantee].value} />
      ))}
    </dl>
  );
}

function Kept({ guarantee, value }: { guarantee: Guarantee; value: number | null }) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const tone = toneOf(guarantee, value);
  const isShare = guarantee === 'safe';
  const told = (n: number, digits = 2) =>
    isShare ? format.percent(n, digits - 1) : format.decimal(n, digits);
  const { good, fair } = MARKS[guarantee];
  const marks = { good: told(good, 1), fair: told(fair, 1) };
  return (
    <div title={t(isShare ? 'tone.note.least' : 'tone.note', marks)}>
      <dt>
        {t(`keep.${guarantee}`)}
        <span className={`keep-tone tone-${tone}`}>
          <Shape tone={tone} /> {t(`tone.${tone}`)}
        </span>
      </dt>
      <dd>
        <strong>{value === null ? '—' : told(value)}</strong> {t(`keep.${guarantee}.unit`)}
        <small>{t(`keep.${guarantee}.of`)}</small>
      </dd>
    </div>
  );
}
