import { Button, Empty } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketSum, TicketView } from '../../../src/client/api.ts';
import { useTickets } from '../api/release.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { Act, type ActOutcome } from './act.tsx';
import { useChosenTickets, useView } from './choices.ts';
import { ExportAll } from './export-all.tsx';
import { Filters } from './filters.tsx';
import { TicketTable } from './ticket-table.tsx';

/** Tickets as they stand, page by page, cut by the filters; whoever may, confirms and cancels those picked. */
export function Tickets({ rows }: { rows: readonly TicketSum[] }) {
  const { t } = useTranslation('release');
  const chosen = useChosenTickets();
  const query = useTickets(chosen);
  const tickets = useMemo(
    () => query.data?.pages.flatMap(({ items }) => items) ?? [],
    [query.data],
  );
  const [picked, pick] = useState<ReadonlySet<string>>(NONE);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, ActOutcome>>(new Map());
  const mayAct = useViewer().role !== 'viewer';
  return (
    <section className="card" aria-labelledby="tickets">
      <h2 id="tickets">{t('tickets.title')}</h2>
      <Filters sums={rows} />
      {mayAct && tickets.length > 0 && (
        <Act
          tickets={tickets}
          picked={picked}
          pick={pick}
          onDone={(told) => setOutcomes((before) => new Map([...before, ...told]))}
        />
      )}
      <Answer query={query}>
        {() =>
          tickets.length === 0 && !query.hasNextPage ? (
            <NoTickets isCut={Object.keys(chosen).length > 0} />
          ) : (
            <TicketTable
              tickets={tickets}
              outcomes={outcomes}
              {...(mayAct && {
                picked,
                pick: (ticket) => pick((before) => toggled(before, ticket)),
              })}
            />
          )
        }
      </Answer>
      {query.hasNextPage && (
        <p className="note">
          {t('tickets.loaded', { n: tickets.length })}{' '}
          <Button
            size="small"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('tickets.more', { n: PAGE })}
          </Button>{' '}
          <ExportAll chosen={chosen} />
        </p>
      )}
    </section>
  );
}

const NONE: ReadonlySet<string> = new Set();
const PAGE = 200;

function toggled(picked: ReadonlySet<string>, { ticket }: TicketView): ReadonlySet<string> {
  const next = new Set(picked);
  if (!next.delete(ticket)) next.add(ticket);
  return next;
}

function NoTickets({ isCut }: { isCut: boolean }) {
  const { t } = useTranslation('release');
  const [, setView] = useView();
  const mayAct = useViewer().role !== 'viewer';
  const [slot, setSlot] = useAddress('slot');
  if (isCut) {
    return (
      <Empty description={t('tickets.noneSuch')} image={Empty.PRESENTED_IMAGE_SIMPLE}>
        {slot !== undefined && (
          <Button onClick={() => setSlot(undefined)}>{t('filter.clear')}</Button>
        )}
      </Empty>
    );
  }
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          {t('tickets.none')}
          <br />
          {t('tickets.none.text')}
        </>
      }
    >
      {mayAct && (
        <Button type="primary" onClick={() => setView('import')}>
          {t('tickets.none.import')}
        </Button>
      )}
    </Empty>
  );
}
