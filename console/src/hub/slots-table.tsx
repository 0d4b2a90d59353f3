import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hub } from '../../../src/client/api.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { isKnown } from './chart-parts.ts';

interface Row {
  readonly slot: number;
  /** Its place in the answer's columns. */
  readonly i: number;
}

/** Slots before now that are listed first: what has been is below, behind what is to come. */
const BEFORE = 3;

/** All columns by slot, from shortly before now on; then what was before. */
export const SlotsTable = memo(function SlotsTable({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  const columns = useColumns(hub);
  const { from, now, until } = hub.slots;
  const rows = useMemo(() => {
    const all = Array.from({ length: until - from }, (_, i): Row => ({ slot: from + i, i }));
    const first = Math.max(0, now - from - BEFORE);
    return [...all.slice(first), ...all.slice(0, first).toReversed()];
  }, [from, now, until]);
  return (
    <section className="card" aria-labelledby="slots">
      <h2 id="slots">{t('table.title')}</h2>
      <DataTable
        label={t('table.title')}
        columns={columns}
        rows={rows}
        rowKey={({ slot }) => String(slot)}
        first={24}
      />
    </section>
  );
});

function useColumns(hub: Hub): readonly Column<Row>[] {
  const { t } = useTranslation('hub');
  const { format } = useShownSeason();
  const { slots, counted, planned } = hub;
  const basis = ({ slot }: Row) =>
    t(slot < slots.now ? 'basis.counted' : slot === slots.now ? 'basis.now' : 'basis.planned');
  const figures = [
    ['stock', counted.stock],
    ['plannedStock', planned.stock],
    ['arrived', counted.arrived],
    ['departed', counted.departed],
    ['plannedArrivals', planned.arrivals],
    ['capacity', hub.capacity],
    ['ticketed', hub.ticketed],
    ['atShippers', hub.atShippers],
    ['price', hub.price],
  ] as const;
  return [
    {
      key: 'slot',
      title: t('column.slot'),
      value: ({ slot }) => format.slotTime(slot),
      show: ({ slot }) => (
        <span className={slot === slots.now ? 'slot-now' : undefined}>{format.slotTime(slot)}</span>
      ),
    },
    { key: 'basis', title: t('column.basis'), value: basis },
    ...figures
      .filter(([, column]) => isKnown(column))
      .map(
        ([key, column]): Column<Row> => ({
          key,
          title: t(`column.${key}`),
          value: ({ i }) => column[i] ?? undefined,
          show: ({ i }) => {
            const figure = column[i];
            if (figure === null || figure === undefined) return '—';
            return key === 'price' ? format.decimal(figure, 2) : format.exact(figure);
          },
        }),
      ),
  ];
}
