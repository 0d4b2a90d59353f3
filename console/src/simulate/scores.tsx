import { useTranslation } from 'react-i18next';
import type { FigureOfPolicy, SimulationAnswer } from '../api/simulations.ts';
import { usePalette } from '../chart/palette.ts';
import { useShownSeason } from '../words/season.tsx';
import {
  BOUNDS,
  GUARANTEES,
  isGuarantee,
  judgeGuarantee,
  judgeNo,
  NOS,
  showFigure,
  showInterval,
  type Verdict,
} from './figures.ts';
import { lineOf, type Policy } from './policies.ts';

type Scored = (typeof NOS)[number] | (typeof GUARANTEES)[number];
const SCORED: readonly Scored[] = [...NOS, ...GUARANTEES];

/** The two no's and three guarantees, one row each, what each policy makes of it side by side. */
export function Scores({ simulation }: { simulation: SimulationAnswer }) {
  const { t } = useTranslation('simulate');
  const runs = Math.max(...simulation.figures[0].of.map(({ n }) => n));
  return (
    <section className="card" aria-labelledby="scores">
      <h2 id="scores">{t('score.title')}</h2>
      <Kept simulation={simulation} />
      {SCORED.map((name) => (
        <Score
          key={name}
          name={name}
          of={simulation.figures.find((figure) => figure.name === name)?.of ?? []}
        />
      ))}
      <p className="note">
        {runs > 1 ? t('score.many', { runs }) : t('score.one')} {t('score.modelled')}
      </p>
    </section>
  );
}

/** Which policies keep both no's in every run. */
function Kept({ simulation }: { simulation: SimulationAnswer }) {
  const { t } = useTranslation('simulate');
  const nos = simulation.figures.filter(({ name }) => NOS.some((no) => no === name));
  const policies = nos[0].of.map(({ policy }) => policy);
  const keeps = (policy: Policy) =>
    nos.every(({ of }) => of.some((each) => each.policy === policy && judgeNo(each) === 'good'));
  const names = (some: readonly Policy[]) =>
    some.map((policy) => t(`policy.${policy}`)).join(t('separator'));
  const kept = policies.filter(keeps);
  const broken = policies.filter((policy) => !keeps(policy));
  return (
    <p className="lead">
      {kept.length > 0 ? (
        <strong className="calm">{t('score.kept', { policies: names(kept) })}</strong>
      ) : (
        <strong className="over">{t('score.keptNone')}</strong>
      )}{' '}
      {kept.length > 0 && broken.length > 0 && t('score.broken', { policies: names(broken) })}
    </p>
  );
}

function Score({ name, of }: { name: Scored; of: readonly FigureOfPolicy[] }) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const bounds = isGuarantee(name)
    ? {
        good: showFigure(name, BOUNDS[name].good, format),
        bad: showFigure(name, BOUNDS[name].bad, format),
      }
    : {};
  return (
    <div className="score">
      <div className="score-name">
        <h3>{t(`score.${name}`)}</h3>
        <p className="note">
          {t(`score.${name}.text`)} {t(`score.${name}.bounds`, bounds)}
        </p>
      </div>
      <ul className="score-values" aria-label={t(`score.${name}`)}>
        {of.map((figure) => (
          <Value key={figure.policy} name={name} figure={figure} />
        ))}
      </ul>
    </div>
  );
}

const MARKS: Readonly<Record<Verdict, string>> = { good: '✓', fair: '△', bad: '✕' };
const UNITS = {
  gridlockHours: 'unit.hours',
  importantOverflowHours: 'unit.hubHours',
  smooth: 'unit.times',
  safe: undefined,
  steady: 'unit.times',
} as const;

function Value({ name, figure }: { name: Scored; figure: FigureOfPolicy }) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const { policy, mean, low, high, zero, n } = figure;
  const verdict = isGuarantee(name) ? judgeGuarantee(name, mean ?? Number.NaN) : judgeNo(figure);
  const unit = UNITS[name];
  const interval =
    low !== null && high !== null && low < high
      ? t('table.interval', showInterval(name, { low, high }, format))
      : undefined;
  return (
    <li className={`value value-${verdict}`}>
      <PolicyName policy={policy} />
      <span className="value-figure">
        <strong>{mean === null ? t('figure.noValue') : showFigure(name, mean, format)}</strong>
        {unit && ` ${t(unit)}`}
      </span>
      {interval && <small>{interval}</small>}
      <span className="verdict">
        <i aria-hidden="true">{MARKS[verdict]}</i>{' '}
        {zero && n > 1
          ? t('verdict.zero', { runs: n, seeds: zero.seeds })
          : t(`verdict.${verdict}`)}
      </span>
    </li>
  );
}

/** A policy's name behind the line that stands for it in the charts. */
export function PolicyName({ policy }: { policy: Policy }) {
  const { t } = useTranslation('simulate');
  const { color, type, width } = lineOf(policy, usePalette());
  return (
    <span className="policy">
      <svg width={26} height={6} aria-hidden="true">
        <line
          x1={0}
          x2={26}
          y1={3}
          y2={3}
          stroke={color}
          strokeWidth={width + 0.5}
          strokeDasharray={type === 'solid' ? undefined : type.join(' ')}
        />
      </svg>
      {t(`policy.${policy}`)}
    </span>
  );
}
