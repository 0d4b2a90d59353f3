import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Result } from '../../../../src/client/api.ts';
import { useAddress } from '../../frame/address.ts';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { Figure } from '../../frame/figure.tsx';
import { useShownSeason } from '../../words/season.tsx';
import { useView } from '../choices.ts';
import { routeNumber } from '../names.ts';
import { useReasonText } from '../reason-text.ts';
import { Why } from '../why.tsx';
import { FILE, FileTitle } from './fault-list.tsx';
import type { Order } from './orders.ts';
import type { Sending } from './sending.ts';

const STATUSES = ['ticketed', 'refused', 'error'] as const;
type Status = (typeof STATUSES)[number];

interface Row {
  readonly order: Order;
  readonly result: Result;
}

/** What became of each row: its slots, or why there are none. */
export function Results({ sending, onAnother }: { sending: Sending; onAnother: () => void }) {
  const { t } = useTranslation('import');
  const [, setView] = useView();
  const [text, setShown] = useAddress('result');
  const [ticket] = useAddress('ticket');
  const shown = STATUSES.find((status) => status === text);
  const rows = sending.orders.map((order, i): Row => ({ order, result: sending.results[i] }));
  const options = [
    { value: '', label: t('done.all') },
    ...STATUSES.map((status) => ({ value: status, label: t(`done.${status}`) })),
  ];
  return (
    <section className="card import-results" aria-labelledby="results">
      <h2 id="results">
        <FileTitle text={t('done.title', { file: FILE })} file={sending.file} />
      </h2>
      <Counts rows={rows} />
      <div className="tools">
        <Segmented
          aria-label={t('done.show')}
          value={shown ?? ''}
          options={options}
          onChange={(value) => setShown(value === '' ? undefined : value)}
        />
        <Button type="primary" onClick={() => setView('tickets')}>
          {t('done.tickets')}
        </Button>
        <Button onClick={onAnother}>{t('done.another')}</Button>
      </div>
      {ticket !== undefined && <Why id={ticket} />}
      <ResultTable rows={rows.filter(({ result }) => !shown || result.status === shown)} />
    </section>
  );
}

function Counts({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('import');
  const { format } = useShownSeason();
  const of = (status: Status) => rows.filter(({ result }) => result.status === status);
  return (
    <dl className="figures">
      {STATUSES.map((status) => (
        <Figure
          key={status}
          name={t(`done.${status}`)}
          value={format.exact(of(status).length)}
          unit={t('done.rows')}
        >
          {t('done.parcels', {
            parcels: format.exact(
              of(status).reduce((sum, row) => sum + row.order.request.parcels, 0),
            ),
          })}
        </Figure>
      ))}
    </dl>
  );
}

function ResultTable({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('import');
  const { t: inRelease } = useTranslation('release');
  const [open, setOpen] = useAddress('ticket');
  const { format, operator, place } = useShownSeason();
  const why = useWhy();
  const ticketsOf = ({ result }: Row) => (result.status === 'ticketed' ? result.tickets : []);
  const each = (row: Row, text: (ticket: ReturnType<typeof ticketsOf>[number]) => string) =>
    [...new Set(ticketsOf(row).map(text))].join(' · ');
  const routeText = (route: string) => {
    const n = routeNumber(route);
    return n === undefined ? route : inRelease('tickets.route.number', { n });
  };
  const columns: Column<Row>[] = [
    { key: 'row', title: t('result.row'), value: ({ order }) => order.row },
    {
      key: 'id',
      title: t('result.id'),
      value: ({ order }) => order.request.id,
      show: ({ order }) => <span translate="no">{order.request.id}</span>,
    },
    {
      key: 'flow',
      title: t('result.flow'),
      value: ({ order: { request } }) =>
        `${operator(request.operator)} ${place(request.origin)} → ${place(request.destination)}`,
    },
    {
      key: 'parcels',
      title: t('result.parcels'),
      value: ({ order }) => order.request.parcels,
      show: ({ order }) => format.exact(order.request.parcels),
    },
    {
      key: 'status',
      title: t('result.status'),
      value: ({ result }) => t(`status.${result.status}`),
      show: ({ result }) => (
        <span className={result.status === 'ticketed' ? 'calm' : 'over'}>
          {t(`status.${result.status}`)}
        </span>
      ),
    },
    {
      key: 'slots',
      title: t('result.slots'),
      value: (row) => each(row, ({ slotStart }) => slotStart),
      show: (row) => each(row, ({ slotStart }) => format.minute(slotStart)),
    },
    {
      key: 'route',
      title: t('result.route'),
      value: (row) => each(row, ({ route }) => routeText(route)),
    },
    {
      key: 'tickets',
      title: t('result.tickets'),
      value: (row) => each(row, ({ ticket }) => ticket),
      show: (row) =>
        ticketsOf(row).map(({ ticket }) => (
          <button
            key={ticket}
            type="button"
            className="row-button import-ticket"
            translate="no"
            aria-pressed={open === ticket}
            onClick={() => setOpen(open === ticket ? undefined : ticket)}
          >
            {ticket}
          </button>
        )),
    },
    { key: 'reason', title: t('result.reason'), value: ({ result }) => why(result) },
  ];
  return (
    <DataTable
      label={t('result.tickets')}
      columns={columns}
      rows={rows}
      rowKey={({ order }) => String(order.row)}
    />
  );
}

const KNOWN = [
  'conflict',
  'no-plan',
  'no-flow',
  'unknown-operator',
  'unknown-service',
  'unknown-origin',
  'unknown-destination',
] as const;

/** A result's reason, in the reader's language as far as it is known. */
function useWhy(): (result: Result) => string {
  const { t } = useTranslation('import');
  const reasonText = useReasonText();
  return (result) => {
    if (result.status !== 'error') return result.reason ? reasonText(result.reason).join(' ') : '';
    const { code, text } = result.error;
    const known = KNOWN.find((each) => each === code);
    return known ? t(`error.${known}`) : `${t('error.other')} ${text}`;
  };
}
