import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { useShownSeason } from '../../words/season.tsx';
import { FILE, FileTitle } from './fault-list.tsx';
import type { CheckedFile, Order } from './orders.ts';

interface PreviewProps {
  readonly name: string;
  readonly checked: CheckedFile;
  readonly onSend: () => void;
  readonly onOther: () => void;
}

interface FlowCount {
  readonly operator: string;
  readonly destination: string;
  rows: number;
  parcels: number;
}

/** What a sound file asks for, before it is sent. */
export function Preview({ name, checked, onSend, onOther }: PreviewProps) {
  const { t } = useTranslation('import');
  const { format, operator, place } = useShownSeason();
  const { orders, ignored } = checked;
  const { flows, parcels, from, until } = useMemo(() => countOf(orders), [orders]);
  const columns: Column<FlowCount>[] = [
    {
      key: 'flow',
      title: t('preview.flow'),
      value: (flow) => `${operator(flow.operator)} → ${place(flow.destination)}`,
    },
    { key: 'rows', title: t('preview.rows'), value: ({ rows }) => rows },
    {
      key: 'parcels',
      title: t('preview.parcels'),
      value: (flow) => flow.parcels,
      show: (flow) => format.exact(flow.parcels),
    },
  ];
  return (
    <section className="card" aria-labelledby="preview">
      <h2 id="preview">
        <FileTitle text={t('preview.title', { file: FILE })} file={name} />
      </h2>
      <p className="lead">
        {t('preview.counts', {
          n: format.exact(orders.length),
          parcels: format.exact(parcels),
          from: format.minute(from),
          until: format.minute(until),
        })}
      </p>
      {ignored.length > 0 && (
        <p className="note">
          <FileTitle text={t('ignored', { columns: FILE })} file={ignored.join(' · ')} />
        </p>
      )}
      <div className="tools">
        <Button type="primary" onClick={onSend}>
          {t('preview.send', { n: format.exact(orders.length) })}
        </Button>
        <Button onClick={onOther}>{t('preview.other')}</Button>
      </div>
      <DataTable
        label={t('preview.flow')}
        columns={columns}
        rows={flows}
        rowKey={(flow) => `${flow.operator}/${flow.destination}`}
      />
    </section>
  );
}

function countOf(orders: readonly Order[]) {
  const flows = new Map<string, FlowCount>();
  const [first] = orders;
  let [from, until] = [first.request.readyAt, first.request.readyAt];
  let parcels = 0;
  for (const { request } of orders) {
    const { operator, destination, readyAt } = request;
    const key = JSON.stringify([operator, destination]);
    const flow = flows.get(key) ?? { operator, destination, rows: 0, parcels: 0 };
    flow.rows += 1;
    flow.parcels += request.parcels;
    flows.set(key, flow);
    parcels += request.parcels;
    if (Date.parse(readyAt) < Date.parse(from)) from = readyAt;
    if (Date.parse(readyAt) > Date.parse(until)) until = readyAt;
  }
  return { flows: [...flows.values()], parcels, from, until };
}
