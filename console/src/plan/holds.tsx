import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanHolds } from '../../../src/client/api.ts';
import type { HoldsQuery } from '../../../src/edge/http/plan/schema.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useHolds, useShownPlan } from './shown-plan.tsx';

type By = HoldsQuery['by'];
const WAYS: readonly By[] = ['origin', 'destination', 'shipper', 'service'];

/** Who waits how long: holds by group, and how equally they fall. */
export function Holds() {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { inequality } = useShownPlan();
  const [asked, ask] = useAddress('by');
  const by = WAYS.find((way) => way === asked) ?? 'origin';
  const query = useHolds(by);
  return (
    <section className="card" aria-labelledby="holds">
      <h2 id="holds">{t('holds.title')}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('holds.title')}
          value={by}
          onChange={ask}
          options={WAYS.map((value) => ({ value, label: t(`holds.${value}`) }))}
        />
      </div>
      <Answer query={query}>{(answer) => <HoldsTable key={by} by={by} {...answer} />}</Answer>
      <p className="note">
        {t('holds.inequality', {
          shipper: format.decimal(inequality.shipper, 2),
          origin: format.decimal(inequality.origin, 2),
        })}
      </p>
    </section>
  );
}

/** Rows shown at first: as many as fit beside the rest of the page. */
const FIRST_ROWS = 10;

type Group = PlanHolds['groups'][number];

function HoldsTable({ by, groups }: PlanHolds & { by: By }) {
  const { t } = useTranslation('plan');
  const { format, place, service } = useShownSeason();
  const sorted = groups.toSorted((a, b) => b.figures.meanHours - a.figures.meanHours);
  const longest = Math.max(...groups.map(({ figures }) => figures.p95Hours), 1e-9);
  const names = { shipper: (id: string) => id, destination: place, origin: place, service };
  const columns: Column<Group>[] = [
    {
      key: 'group',
      title: t('holds.column.group'),
      value: ({ key }) => names[by](key),
      show: ({ key, figures }) => (
        <>
          {by === 'shipper' ? <span translate="no">{key}</span> : names[by](key)}
          <Range mean={figures.meanHours / longest} p95={figures.p95Hours / longest} />
        </>
      ),
    },
    {
      key: 'ready',
      title: t('holds.column.ready'),
      value: ({ figures }) => figures.ready,
      show: ({ figures }) => format.count(figures.ready),
    },
    {
      key: 'held',
      title: t('holds.column.held'),
      value: ({ figures }) => figures.held / Math.max(1, figures.ready),
      show: ({ figures }) => format.percent(figures.held / Math.max(1, figures.ready)),
    },
    {
      key: 'carried',
      title: t('holds.column.carried'),
      value: ({ figures }) => figures.carried,
      show: ({ figures }) => format.count(figures.carried),
    },
    {
      key: 'mean',
      title: t('holds.column.mean'),
      value: ({ figures }) => figures.meanHours,
      show: ({ figures }) => format.decimal(figures.meanHours),
    },
    {
      key: 'p95',
      title: t('holds.column.p95'),
      value: ({ figures }) => figures.p95Hours,
      show: ({ figures }) => format.decimal(figures.p95Hours),
    },
  ];
  return (
    <DataTable
      label={`${t('holds.title')} ${t(`holds.${by}`)}`}
      columns={columns}
      rows={sorted}
      rowKey={({ key }) => key}
      first={FIRST_ROWS}
      none={t('holds.none')}
    />
  );
}

/** Mean and 95th percentile on one scale: a bar within a bar. */
function Range({ mean, p95 }: { mean: number; p95: number }) {
  return (
    <div className="range" aria-hidden="true">
      <i style={{ width: `${100 * p95}%` }} />
      <b style={{ width: `${100 * mean}%` }} />
    </div>
  );
}
