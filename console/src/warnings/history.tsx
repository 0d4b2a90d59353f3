import { useTranslation } from 'react-i18next';
import type { WarningEvent } from '../../../src/client/api.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';

/** All that became of a warning, the latest first: when, what, by whom and why, and who was told. */
export function History({ events }: { events: readonly WarningEvent[] }) {
  const { t } = useTranslation('warnings');
  return (
    <div className="warning-history">
      <h3>{t('history.title')}</h3>
      <DataTable
        label={t('history.title')}
        columns={useColumns(events)}
        rows={events.toReversed()}
        rowKey={({ seq }) => String(seq)}
        first={8}
      />
    </div>
  );
}

/** By whom, why and who was told is for those who see the warning whole. */
function useColumns(events: readonly WarningEvent[]): Column<WarningEvent>[] {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const { format } = useShownSeason();
  const isWhole = events.some(({ reach }) => reach !== undefined);
  const whole: Column<WarningEvent>[] = [
    {
      key: 'by',
      title: t('column.by'),
      value: ({ actor }) => actor ?? t('rule'),
      show: ({ actor }) => (actor === undefined ? t('rule') : <span translate="no">{actor}</span>),
    },
    {
      key: 'reason',
      title: t('column.reason'),
      value: ({ reason = '' }) => reason,
      show: ({ reason = '' }) => <span translate="no">{reason}</span>,
    },
    {
      key: 'reach',
      title: t('column.reach'),
      value: ({ reach }) => (reach === undefined ? '' : word(`reach.${reach}`)),
    },
    {
      key: 'notified',
      title: t('column.notified'),
      value: ({ notified = [] }) => notified.join(t('separator')),
      show: ({ notified = [] }) => <span translate="no">{notified.join(t('separator'))}</span>,
    },
  ];
  return [
    {
      key: 'at',
      title: t('column.at'),
      value: ({ at }) => at,
      show: ({ at }) => format.minute(at),
    },
    { key: 'act', title: t('column.act'), value: ({ act }) => t(`act.${act}`) },
    { key: 'level', title: t('column.level'), value: ({ level }) => word(`level.${level}`) },
    ...(isWhole ? whole : []),
  ];
}
