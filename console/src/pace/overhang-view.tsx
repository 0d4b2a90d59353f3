import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOverhang, useSettle } from '../api/pace.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { mayAct } from './choices.ts';
import { useRefusal } from './refusal.ts';

interface Item {
  readonly resource: string;
  readonly slotStart: string;
  readonly parcels: number;
}

/** Tickets above the capacity in force, and moving them out of it. */
export function OverhangView() {
  const { t } = useTranslation('pace');
  const viewer = useViewer();
  const query = useOverhang();
  const settle = useSettle();
  const refusal = useRefusal();
  return (
    <section className="card" aria-label={t('overhang.title')}>
      <h2>{t('overhang.title')}</h2>
      <p className="note">{t('overhang.lead')}</p>
      <Answer query={query}>
        {({ items }) => (
          <>
            <List items={items} />
            {mayAct(viewer) && items.length > 0 && (
              <Button
                type="primary"
                loading={settle.isPending}
                onClick={() => settle.mutate(undefined)}
              >
                {t('settle')}
              </Button>
            )}
          </>
        )}
      </Answer>
      {settle.data && (
        <Alert type="success" showIcon title={t('settle.done', { count: settle.data.moved })} />
      )}
      {settle.error && (
        <Alert
          type="error"
          showIcon
          title={t('decided.failed', { detail: refusal(settle.error) })}
        />
      )}
    </section>
  );
}

function List({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation('pace');
  const { format, resourceById } = useShownSeason();
  const columns: readonly Column<Item>[] = [
    { key: 'resource', title: t('col.resource'), value: ({ resource }) => resourceById(resource) },
    {
      key: 'slot',
      title: t('overhang.time'),
      value: ({ slotStart }) => slotStart,
      show: ({ slotStart }) => format.minute(slotStart),
    },
    {
      key: 'parcels',
      title: t('overhang.parcels'),
      value: ({ parcels }) => parcels,
      show: ({ parcels }) => <span className="over">{format.count(parcels)}</span>,
    },
  ];
  return (
    <DataTable
      label={t('overhang.title')}
      columns={columns}
      rows={items}
      rowKey={({ resource, slotStart }) => `${resource} ${slotStart}`}
      none={t('overhang.none')}
    />
  );
}
