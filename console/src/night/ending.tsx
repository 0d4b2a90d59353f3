import { useTranslation } from 'react-i18next';
import { DataTable } from '../frame/data-table.tsx';
import type { Film } from './film.ts';
import { useNightFormat } from './use-format.ts';

const SHOWN = [
  'gridlockHours',
  'importantOverflowHours',
  'overflowHours',
  'meanHours',
  'p95Hours',
  'within72',
  'recoveryHours',
  'holdMeanHours',
] as const;
type Shown = (typeof SHOWN)[number];

interface Row {
  readonly name: Shown;
  readonly values: readonly (number | null)[];
}

/** What came of both sides, when both have been lived through. */
export function Ending({ film }: { film: Film }) {
  const { t } = useTranslation('night');
  const { format } = useNightFormat(film);
  const figures = film.sides.flatMap((side) => side.figures ?? []);
  if (figures.length < film.sides.length) return null;
  const rows = SHOWN.map((name): Row => ({ name, values: figures.map((of) => of[name]) }));
  const told = (name: Shown, value: number | null) => {
    if (value === null) return t('never');
    return name === 'within72'
      ? format.percent(value, 1)
      : format.decimal(value, Number.isInteger(value) ? 0 : 1);
  };
  const columns = film.sides.map(({ policy }, i) => ({
    key: policy,
    title: t(`side.${policy}`),
    value: ({ values }: Row) => values[i] ?? '',
    show: ({ name, values }: Row) => told(name, values[i]),
  }));
  const figure = {
    key: 'figure',
    title: t('end.figure'),
    value: ({ name }: Row) => t(`figure.${name}`),
  };
  return (
    <section className="card night-ending" aria-labelledby="night-ending">
      <h2 id="night-ending">{t('end.title')}</h2>
      <p className="note">{t('end.text')}</p>
      <DataTable
        label={t('end.title')}
        columns={[figure, ...columns]}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </section>
  );
}
