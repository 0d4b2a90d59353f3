import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arrivals } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';
import { type Days, type Outlook, outlookOf, type Place } from './expected.ts';

interface Row {
  readonly place: Place;
  readonly outlook: Outlook;
}

/** Each station: what is there, what comes, and its worst hour; the worst first. */
export function Stations({ arrivals, days }: { arrivals: Arrivals; days: Days }) {
  const { t } = useTranslation('arrivals');
  const [chosen, choose] = useAddress('station');
  const columns = useColumns(arrivals);
  const { places, slots } = arrivals;
  const rows = useMemo(
    () =>
      places
        .map((place) => ({ place, outlook: outlookOf(place, slots.now, days) }))
        .toSorted((a, b) => b.outlook.worst.share - a.outlook.worst.share),
    [places, slots.now, days],
  );
  return (
    <section className="card" aria-label={t('table.title')}>
      <h2>{t('table.title')}</h2>
      <DataTable
        label={t('table.title')}
        columns={columns}
        rows={rows}
        rowKey={({ place }) => place.id}
        chosen={chosen}
        onChoose={({ place }) => choose(place.id === chosen ? undefined : place.id)}
      />
    </section>
  );
}

function useColumns({ at }: Arrivals): readonly Column<Row>[] {
  const { t } = useTranslation('arrivals');
  const { format, resource } = useShownSeason();
  const parcels = (key: string, title: string, of: (row: Row) => number): Column<Row> => ({
    key,
    title,
    value: of,
    show: (row) => format.count(of(row)),
  });
  const percent = (n: number | undefined) =>
    n === undefined ? t('unknown') : format.percent(n / 100);
  const floorShare = ({ place: { stock, floor } }: Row) =>
    floor ? (100 * stock) / floor : undefined;
  return [
    { key: 'place', title: t('col.place'), value: ({ place }) => resource(place) },
    parcels('stock', t('col.stock'), ({ place }) => place.stock),
    {
      key: 'floor',
      title: t('col.floor'),
      value: floorShare,
      show: (row) => percent(floorShare(row)),
    },
    parcels('bound', t('col.bound'), ({ place }) => place.bound),
    parcels('today', t('col.today'), ({ outlook }) => outlook.today),
    parcels('tomorrow', t('col.tomorrow'), ({ outlook }) => outlook.tomorrow),
    {
      key: 'worst',
      title: t('col.worst'),
      value: ({ outlook }) => Math.round(1000 * outlook.worst.share) / 10,
      show: ({ outlook: { worst } }) => (
        <span className={worst.share > 1 ? 'over' : ''}>{format.percent(worst.share)}</span>
      ),
    },
    {
      key: 'worstAt',
      title: t('col.worstAt'),
      value: ({ outlook: { worst } }) => (worst.share > 0 ? format.slotTime(worst.slot) : ''),
    },
    {
      key: 'newest',
      title: t('col.newest'),
      value: ({ place: { newestAt } }) => newestAt ?? t('never'),
      show: ({ place: { newestAt, stale } }) => (
        <span className={stale ? 'over' : ''}>
          {newestAt === null ? t('never') : <Age ms={Date.parse(at) - Date.parse(newestAt)} />}
          {stale && newestAt !== null && ` · ${t('stale')}`}
        </span>
      ),
    },
  ];
}
