import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '../../../src/client/api.ts';
import { api, CallProblem } from '../api/client.ts';
import type { TicketsChosen } from '../api/release.ts';
import { useTicketColumns } from './ticket-table.tsx';

/** Tickets of one file, and of one call. */
const TICKETS_MOST = 100_000;
const PAGE = 1000;
const NONE = new Map();

type Told =
  | { readonly fetched: number }
  | { readonly failed: string }
  | { readonly cutAt: number }
  | undefined;

/** Saves all tickets that pass the filters, those that the page has not loaded as well. */
export function ExportAll({ chosen }: { chosen: TicketsChosen }) {
  const { t } = useTranslation('release');
  const { t: inFrame } = useTranslation('frame');
  const columns = useTicketColumns(NONE);
  const [told, tell] = useState<Told>();
  const save = async (form: string) => {
    try {
      const { tickets, isCut } = await fetchAll(chosen, (fetched) => tell({ fetched }));
      const { saveCsv, saveXlsx } = await import('../frame/export-table.ts');
      const table = {
        name: t('tickets.title'),
        head: [t('tickets.ticket'), ...columns.map(({ title }) => title)],
        rows: tickets.map((row) => [row.ticket, ...columns.map(({ value }) => value(row))]),
      };
      if (form === 'csv') saveCsv(table);
      else await saveXlsx(table);
      tell(isCut ? { cutAt: tickets.length } : undefined);
    } catch (error) {
      tell({ failed: error instanceof CallProblem ? error.message : String(error) });
    }
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={told !== undefined && 'fetched' in told}
        menu={{
          items: [
            { key: 'csv', label: inFrame('export.csv') },
            { key: 'xlsx', label: inFrame('export.xlsx') },
          ],
          onClick: ({ key }) => void save(key),
        }}
      >
        <Button size="small">{t('tickets.exportAll')}</Button>
      </Dropdown>{' '}
      <span aria-live="polite">
        {told && 'fetched' in told && t('tickets.exporting', { n: told.fetched })}
        {told && 'failed' in told && t('tickets.exportFailed', { detail: told.failed })}
        {told && 'cutAt' in told && t('tickets.exportCut', { n: told.cutAt })}
      </span>
    </>
  );
}

async function fetchAll(chosen: TicketsChosen, onProgress: (fetched: number) => void) {
  const tickets: TicketView[] = [];
  let cursor: string | undefined;
  do {
    onProgress(tickets.length);
    const page = await api.listTickets({ ...chosen, limit: PAGE, ...(cursor && { cursor }) });
    tickets.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && tickets.length < TICKETS_MOST);
  return { tickets, isCut: cursor !== undefined };
}
