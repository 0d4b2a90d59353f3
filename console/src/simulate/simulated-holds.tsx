import { Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type HoldsBy,
  type ShownRuns,
  type SimulatedHoldsAnswer,
  useSimulatedHolds,
} from '../api/simulations.ts';
import { DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';

const WAYS: readonly HoldsBy[] = ['service', 'origin'];

/** Who waits how long at the shippers, under each policy. */
export function SimulatedHolds({ shown }: { shown: ShownRuns }) {
  const { t } = useTranslation('simulate');
  const [by, setBy] = useState<HoldsBy>('service');
  const query = useSimulatedHolds(shown, by);
  return (
    <section className="card" aria-labelledby="simulated-holds">
      <h2 id="simulated-holds">{t('holds.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('holds.title')}
          value={by}
          onChange={setBy}
          options={WAYS.map((value) => ({ value, label: t(`holds.${value}`) }))}
        />
      </div>
      <Answer query={query}>
        {({ groups }) =>
          groups.length === 0 ? (
            <Empty description={t('holds.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <HoldsTable key={by} by={by} groups={groups} />
          )
        }
      </Answer>
      <p className="note">{t('holds.text')}</p>
    </section>
  );
}

const FIRST_ROWS = 10;

type Group = SimulatedHoldsAnswer['groups'][number];

function HoldsTable({ by, groups }: SimulatedHoldsAnswer & { by: HoldsBy }) {
  const { t } = useTranslation('simulate');
  const { format, place, service } = useShownSeason();
  const name = by === 'service' ? service : place;
  const hours = (value: number | null) => (value === null ? '–' : format.decimal(value));
  const columns = groups[0].policies.map(({ policy }, i) => ({
    key: policy,
    title: t(`policy.${policy}`),
    value: ({ policies }: Group) => policies[i].meanHours ?? '',
    show: ({ policies }: Group) => (
      <>
        {hours(policies[i].meanHours)}{' '}
        <small className="inline">({hours(policies[i].p95Hours)})</small>
      </>
    ),
  }));
  const group = { key: 'group', title: t('holds.group'), value: ({ key }: Group) => name(key) };
  return (
    <DataTable
      label={t('holds.title')}
      columns={[group, ...columns]}
      rows={groups.toSorted((a, b) => longest(b) - longest(a))}
      rowKey={({ key }) => key}
      first={FIRST_ROWS}
    />
  );
}

function longest({ policies }: Group): number {
  return Math.max(...policies.map(({ meanHours }) => meanHours ?? 0));
}
