import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FigureName, FigureOfPolicy, SimulationAnswer } from '../api/simulations.ts';
import { DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useAsDifferences } from './choices.ts';
import { isBetterMore, isPercent, showDifference, showFigure, showInterval } from './figures.ts';

type Row = SimulationAnswer['figures'][number];

/** Every figure of every policy with its interval; or its paired difference to the base. */
export function FiguresTable({ simulation }: { simulation: SimulationAnswer }) {
  const { t } = useTranslation('simulate');
  const [asked, setDifferences] = useAsDifferences();
  const { base, figures } = simulation;
  const policies = figures[0].of.map(({ policy }) => policy);
  const canCompare = policies.includes(base) && policies.length > 1;
  const asDifferences = asked && canCompare;
  const isOne = figures.every(({ of }) => of.every(({ n }) => n < 2));
  const isDifference = (policy: string) => asDifferences && policy !== base;
  const figure = {
    key: 'figure',
    title: t('table.figure'),
    value: ({ name }: Row) => t(`figure.${name}`),
    show: ({ name }: Row) => (
      <>
        {t(`figure.${name}`)}
        {name !== 'ready' && <Better more={isBetterMore(name)} />}
      </>
    ),
  };
  const columns = policies.map((policy, i) => ({
    key: policy,
    title: t(`policy.${policy}`),
    value: ({ of }: Row) => (isDifference(policy) ? of[i].difference.mean : of[i].mean) ?? '',
    show: ({ name, of }: Row) =>
      isDifference(policy) ? (
        <Difference name={name} figure={of[i]} />
      ) : (
        <Value name={name} figure={of[i]} />
      ),
  }));
  const notes = [
    t('table.arrows'),
    ...(asDifferences ? [t('table.differences.text')] : []),
    t(isOne ? 'table.one' : 'table.intervals'),
  ];
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">{t('table.title')}</h2>
      {canCompare && (
        <div className="tools">
          <Segmented
            aria-label={t('table.title')}
            value={asDifferences ? 'difference' : 'value'}
            onChange={(value) => setDifferences(value === 'difference')}
            options={[
              { value: 'value', label: t('table.values') },
              {
                value: 'difference',
                label: t('table.differences', { base: t(`policy.${base}`) }),
              },
            ]}
          />
        </div>
      )}
      <div className="figures-table">
        <DataTable
          label={t('table.title')}
          columns={[figure, ...columns]}
          rows={figures}
          rowKey={({ name }) => name}
        />
      </div>
      <p className="note">{notes.join(' ')}</p>
    </section>
  );
}

/** Which way is better. */
function Better({ more }: { more: boolean }) {
  const { t } = useTranslation('simulate');
  const words = t(more ? 'table.more' : 'table.less');
  return (
    <span className="better" role="img" aria-label={words} title={words}>
      {more ? '↑' : '↓'}
    </span>
  );
}

interface CellProps {
  readonly name: FigureName;
  readonly figure: FigureOfPolicy;
}

function Value({ name, figure: { mean, low, high } }: CellProps) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  if (mean === null) {
    return t(name === 'recoveryHours' ? 'figure.never' : 'figure.noValue');
  }
  return (
    <>
      {showFigure(name, mean, format)}
      {low !== null && high !== null && (
        <small>({t('table.interval', showInterval(name, { low, high }, format))})</small>
      )}
    </>
  );
}

/** Coloured where the interval leaves out 0, by whether it is for the better. */
function Difference({ name, figure: { difference } }: CellProps) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const { mean, low, high } = difference;
  if (mean === null) return t('figure.noValue');
  const show = (value: number) => showDifference(name, value, format);
  const isSure = low !== null && high !== null && low * high > 0 && name !== 'ready';
  const isBetter = isBetterMore(name) ? mean > 0 : mean < 0;
  return (
    <span className={isSure ? (isBetter ? 'calm' : 'over') : undefined}>
      {show(mean)}
      {isPercent(name) && <small className="inline"> {t('unit.points')}</small>}
      {low !== null && high !== null && (
        <small>({t('table.interval', { low: show(low), high: show(high) })})</small>
      )}
    </span>
  );
}
