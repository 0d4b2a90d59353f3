import { useTranslation } from 'react-i18next';
import type { TicketSum } from '../../../src/client/api.ts';
import { useDestinationSums } from '../api/release.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { gone } from './slot-time.ts';

const FIRST = 12;

/** How many parcels may go in a slot, by operator and destination. */
export function Destinations({ slotStart }: { slotStart: string }) {
  const { t } = useTranslation('release');
  const { format, operator, place } = useShownSeason();
  const query = useDestinationSums(slotStart);
  const name = (row: TicketSum) => `${operator(row.operator)} → ${place(row.destination ?? '')}`;
  const columns: Column<TicketSum>[] = [
    { key: 'flow', title: t('destinations.flow'), value: name },
    count('share', t('slots.share'), ({ share }) => share),
    count('issued', t('slots.issued'), ({ issued }) => issued),
    count('gone', t('slots.gone'), gone),
  ];
  function count(key: string, title: string, value: (row: TicketSum) => number): Column<TicketSum> {
    return {
      key,
      title,
      value,
      show: (row) => <span title={format.exact(value(row))}>{format.count(value(row))}</span>,
    };
  }
  const title = t('destinations.title', { time: format.minute(slotStart) });
  return (
    <section className="card" aria-labelledby="destinations">
      <h2 id="destinations">{title}</h2>
      <Answer query={query}>
        {({ rows }) => (
          <DataTable
            label={title}
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.operator}/${row.destination}`}
            first={FIRST}
            none={t('destinations.none')}
          />
        )}
      </Answer>
    </section>
  );
}
