import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import type { ActOutcome } from './act.tsx';
import { useFeed } from './changes-feed.ts';
import { routeNumber } from './names.ts';

interface TicketTableProps {
  readonly tickets: readonly TicketView[];
  /** What came of confirming or cancelling, where it was not done. */
  readonly outcomes: ReadonlyMap<string, ActOutcome>;
  /** Left out for those who only look. */
  readonly picked?: ReadonlySet<string>;
  readonly pick?: (ticket: TicketView) => void;
}

/** Tickets with their slots and routes; one is opened for its reason. */
export function TicketTable({ tickets, outcomes, picked, pick }: TicketTableProps) {
  const { t } = useTranslation('release');
  const [open, setOpen] = useAddress('ticket');
  const columns = useTicketColumns(outcomes);
  const name: Column<TicketView> = {
    key: 'ticket',
    title: t('tickets.ticket'),
    value: ({ ticket }) => ticket,
    show: (row) => (
      <span className="release-pick">
        {pick && (
          <input
            type="checkbox"
            aria-label={t('tickets.pick', { ticket: row.ticket })}
            checked={picked?.has(row.ticket) ?? false}
            onChange={() => pick(row)}
          />
        )}
        <button
          type="button"
          className="row-button"
          translate="no"
          aria-pressed={open === row.ticket}
          onClick={() => setOpen(open === row.ticket ? undefined : row.ticket)}
        >
          {row.ticket}
        </button>
      </span>
    ),
  };
  return (
    <DataTable
      label={t('tickets.title')}
      columns={[name, ...columns]}
      rows={tickets}
      rowKey={({ ticket }) => ticket}
      chosen={open}
    />
  );
}

const HOUR_MS = 3_600_000;

export function holdHours({ readyStart, slotStart }: TicketView): number {
  return (Date.parse(slotStart) - Date.parse(readyStart)) / HOUR_MS;
}

export function useTicketColumns(outcomes: ReadonlyMap<string, ActOutcome>): Column<TicketView>[] {
  const { t } = useTranslation('release');
  const { format, operator, place, service } = useShownSeason();
  const route = ({ route: id }: TicketView) => {
    const n = routeNumber(id);
    return n === undefined ? id : t('tickets.route.number', { n });
  };
  return [
    {
      key: 'slot',
      title: t('tickets.slot'),
      value: ({ slotStart }) => slotStart,
      show: (row) => (
        <>
          {format.minute(row.slotStart)}
          <Moved ticket={row.ticket} />
        </>
      ),
    },
    {
      key: 'state',
      title: t('tickets.state'),
      value: ({ state }) => t(`state.${state}`),
      show: (row) => (
        <>
          <span className={`release-state ${row.state}`}>{t(`state.${row.state}`)}</span>
          <Outcome outcome={outcomes.get(row.ticket)} />
        </>
      ),
    },
    {
      key: 'parcels',
      title: t('tickets.parcels'),
      value: ({ parcels }) => parcels,
      show: ({ parcels }) => format.exact(parcels),
    },
    {
      key: 'hold',
      title: t('tickets.hold'),
      value: holdHours,
      show: (row) => format.decimal(holdHours(row)),
    },
    {
      key: 'flow',
      title: t('tickets.flow'),
      value: ({ origin, destination }) => `${place(origin)} → ${place(destination)}`,
    },
    { key: 'operator', title: t('tickets.operator'), value: (row) => operator(row.operator) },
    { key: 'service', title: t('tickets.service'), value: (row) => service(row.service) },
    { key: 'route', title: t('tickets.route'), value: route },
    {
      key: 'ready',
      title: t('tickets.ready'),
      value: ({ readyStart }) => readyStart,
      show: ({ readyStart }) => format.minute(readyStart),
    },
    {
      key: 'request',
      title: t('tickets.request'),
      value: ({ id }) => id,
      show: ({ id }) => <span translate="no">{id}</span>,
    },
  ];
}

/** Of a ticket that moved since the page was opened. */
function Moved({ ticket }: { ticket: string }) {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const move = useFeed().moved.get(ticket);
  if (!move) return null;
  const from = move.from && t('tickets.moved.from', { time: format.minute(move.from.slotStart) });
  return (
    <small className="release-moved">
      {t('tickets.moved')} {from}
    </small>
  );
}

function Outcome({ outcome }: { outcome: ActOutcome | undefined }) {
  const { t } = useTranslation('release');
  if (outcome === undefined || outcome === 'done') return null;
  const word = { 'too-late': 'tooLate', 'not-in-force': 'notInForce', unknown: 'unknown' } as const;
  return <small className="over">{t(`row.${word[outcome]}`)}</small>;
}
