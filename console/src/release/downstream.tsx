import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OwnParcels } from '../../../src/client/api.ts';
import { useOwnParcels } from '../api/release.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { resourceName } from './names.ts';

/** Where a platform's own parcels are after release, and which were not heard of for too long. */
export function Downstream() {
  const { t } = useTranslation('release');
  return (
    <section className="card" aria-labelledby="downstream">
      <h2 id="downstream">{t('downstream.title')}</h2>
      <Answer query={useOwnParcels()}>{(parcels) => <Parcels parcels={parcels} />}</Answer>
    </section>
  );
}

type State = keyof OwnParcels['counts'];
const STATES = [
  'declared',
  'accepted',
  'arrived',
  'held',
  'exception',
  'departed',
  'out',
  'placed',
  'delivered',
  'returned',
] as const satisfies State[];

function Parcels({ parcels }: { parcels: OwnParcels }) {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const { counts, late, at } = parcels;
  const all = STATES.reduce((sum, state) => sum + counts[state], 0);
  if (all === 0) {
    return <Empty description={t('downstream.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />;
  }
  const columns: Column<(typeof STATES)[number]>[] = [
    { key: 'state', title: t('downstream.state'), value: (state) => t(`parcel.${state}`) },
    {
      key: 'parcels',
      title: t('downstream.parcels'),
      value: (state) => counts[state],
      show: (state) => format.exact(counts[state]),
    },
    {
      key: 'share',
      title: t('downstream.share'),
      value: (state) => counts[state] / all,
      show: (state) => format.percent(counts[state] / all, 1),
    },
  ];
  return (
    <>
      <p className="note">{t('downstream.text', { at: format.moment(at) })}</p>
      <p className={late > 0 ? 'told over' : 'told calm'}>
        {late > 0 ? t('downstream.late', { n: format.exact(late) }) : t('downstream.notLate')}
      </p>
      <div className="half-and-half">
        <DataTable
          label={t('downstream.title')}
          columns={columns}
          rows={STATES}
          rowKey={(state) => state}
        />
        {late > 0 && <Late parcels={parcels} />}
      </div>
    </>
  );
}

type Item = OwnParcels['items'][number];

function Late({ parcels: { items } }: { parcels: OwnParcels }) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format } = season;
  const where = ({ resource }: Item) =>
    resource === undefined ? undefined : resourceName(season, resource);
  const columns: Column<Item>[] = [
    {
      key: 'parcel',
      title: t('downstream.parcel'),
      value: ({ parcel }) => parcel,
      show: ({ parcel }) => <span translate="no">{parcel}</span>,
    },
    { key: 'state', title: t('downstream.state'), value: ({ state }) => t(`parcel.${state}`) },
    {
      key: 'since',
      title: t('downstream.since'),
      value: ({ since }) => since,
      show: ({ since }) => format.minute(since),
    },
    { key: 'where', title: t('downstream.where'), value: where },
    {
      key: 'ticket',
      title: t('downstream.ticket'),
      value: ({ ticket }) => ticket,
      show: ({ ticket }) => <span translate="no">{ticket}</span>,
    },
  ];
  return (
    <div>
      <h3>{t('downstream.lateTitle')}</h3>
      <DataTable
        label={t('downstream.lateTitle')}
        columns={columns}
        rows={items.filter((item) => item.late)}
        rowKey={({ parcel }) => parcel}
        first={10}
      />
    </div>
  );
}
