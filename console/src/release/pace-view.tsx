import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { Downstream } from './downstream.tsx';
import type { Summed } from './figures.tsx';
import { paceOption, paceParts } from './pace-option.ts';
import {
  gone,
  type SlotSum,
  slotOf,
  slotStart,
  sumBySlot,
  ticketed,
  useSeasonNow,
} from './slot-time.ts';

const HEIGHT = '320px';

/** Whether the pace was kept: what was ready, ticketed and let go, slot by slot, and what becomes of it downstream. */
export default function PaceView({ summary, heardAt }: Summed) {
  const season = useShownSeason();
  const now = slotOf(season, useSeasonNow(summary, heardAt));
  const sums = useMemo(() => sumBySlot(season, summary.rows), [season, summary.rows]);
  return (
    <>
      <Pace sums={sums} now={now} />
      <Downstream />
    </>
  );
}

function Pace({ sums, now }: { sums: readonly SlotSum[]; now: number }) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const palette = usePalette();
  const isEmpty = sums.every(({ tickets }) => tickets === 0);
  const parts = useMemo(() => {
    const names = {
      gone: t('pace.gone'),
      issued: t('pace.issued'),
      lapsed: t('pace.lapsed'),
      ready: t('pace.ready'),
    };
    return paceParts(sums, names, palette);
  }, [sums, t, palette]);
  const option = useMemo(
    () => paceOption(parts, { axis: t('pace.axis'), now: t('slots.now') }, now, season, palette),
    [parts, t, now, season, palette],
  );
  return (
    <section className="card" aria-labelledby="pace">
      <h2 id="pace">{t('pace.title')}</h2>
      {isEmpty ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            <>
              {t('pace.none')}
              <br />
              {t('pace.none.text')}
            </>
          }
        />
      ) : (
        <>
          <p className="note">{t('pace.text')}</p>
          <div className="legend">
            {parts.map(({ name, color, isLine }) => (
              <span key={name} className="legend-step">
                <i
                  className={isLine ? 'rule' : 'box'}
                  style={isLine ? { borderTop: `2px solid ${color}` } : { background: color }}
                />
                {name}
              </span>
            ))}
          </div>
          <Chart option={option} label={t('pace.title')} height={HEIGHT} />
          <h3>{t('pace.table')}</h3>
          <PaceTable rows={sums.filter((row) => row.tickets > 0 || row.ready > 0)} now={now} />
        </>
      )}
    </section>
  );
}

/** Mean over the slot's tickets, hours. */
function hold(row: SlotSum): number | undefined {
  return ticketed(row) > 0 ? row.heldHours / ticketed(row) : undefined;
}

function PaceTable({ rows, now }: { rows: readonly SlotSum[]; now: number }) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format } = season;
  const kept = (row: SlotSum) =>
    row.slot < now && ticketed(row) > 0 ? gone(row) / ticketed(row) : undefined;
  const count = (
    key: 'ready' | 'ticketed' | 'gone' | 'lapsed' | 'cancelled',
    value: (row: SlotSum) => number,
  ): Column<SlotSum> => ({
    key,
    title: t(`pace.column.${key}`),
    value,
    show: (row) => <span title={format.exact(value(row))}>{format.count(value(row))}</span>,
  });
  const columns: Column<SlotSum>[] = [
    {
      key: 'slot',
      title: t('pace.column.slot'),
      value: ({ slot }) => slotStart(season, slot),
      show: ({ slot }) => format.slotTime(slot),
    },
    count('ready', ({ ready }) => ready),
    count('ticketed', ticketed),
    count('gone', gone),
    count('lapsed', ({ lapsed }) => lapsed),
    count('cancelled', ({ cancelled }) => cancelled),
    {
      key: 'kept',
      title: t('pace.column.kept'),
      value: kept,
      show: (row) => {
        const share = kept(row);
        return share === undefined ? '—' : format.percent(share, 1);
      },
    },
    {
      key: 'hold',
      title: t('pace.column.hold'),
      value: hold,
      show: (row) => {
        const hours = hold(row);
        return hours === undefined ? '—' : format.decimal(hours);
      },
    },
  ];
  return (
    <DataTable
      label={t('pace.table')}
      columns={columns}
      rows={rows}
      rowKey={({ slot }) => String(slot)}
    />
  );
}
