import { Alert, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../src/client/api.ts';
import { useDecide, useDeclarations } from '../api/pace.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { mayAct } from './choices.ts';
import { Decide } from './decide.tsx';
import { useRefusal } from './refusal.ts';

const STATES = ['waiting', 'in force', 'approved', 'rejected', 'withdrawn', 'superseded'] as const;
const ALL = 'all';

/** What was declared: administrations begin with what waits for them, operators with all. */
export function DeclarationsView() {
  const { t } = useTranslation('pace');
  const viewer = useViewer();
  const [asked, choose] = useAddress('state');
  const usual = viewer.organisation.kind === 'administration' ? 'waiting' : ALL;
  const state = asked ?? usual;
  const query = useDeclarations(STATES.find((each) => each === state));
  return (
    <section className="card" aria-label={t('declarations.title')}>
      <h2>{t('declarations.title')}</h2>
      <div className="tools">
        <Select
          className="pace-select"
          aria-label={t('state')}
          value={state}
          onChange={(value: string) => choose(value)}
          options={[
            { value: ALL, label: t('state.all') },
            ...STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
      </div>
      <Answer query={query}>{({ items }) => <List items={items} />}</Answer>
    </section>
  );
}

function List({ items }: { items: readonly Declaration[] }) {
  const { t } = useTranslation('pace');
  const viewer = useViewer();
  const columns = useColumns();
  const [id, choose] = useAddress('declaration');
  // Kept here: what is decided may leave the list.
  const decide = useDecide();
  const refusal = useRefusal();
  const chosen = items.find((each) => each.id === id);
  return (
    <>
      {mayAct(viewer) && items.length > 0 && <p className="note">{t('declaration.choose')}</p>}
      <DataTable
        label={t('declarations.title')}
        columns={columns}
        rows={items}
        rowKey={(each) => each.id}
        none={t('declarations.none')}
        chosen={id}
        onChoose={(each) => choose(each.id === id ? undefined : each.id)}
      />
      {chosen && (
        <Decide key={chosen.id} declaration={chosen} decide={decide} close={() => choose()} />
      )}
      {decide.data && (
        <Alert
          type="success"
          showIcon
          title={t('decided.done', { state: t(`state.${decide.data.state}`) })}
        />
      )}
      {decide.error && (
        <Alert
          type="error"
          showIcon
          title={t('decided.failed', { detail: refusal(decide.error) })}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Declaration>[] {
  const { t } = useTranslation('pace');
  const { format, resourceById } = useShownSeason();
  const range = ({ from, until }: Declaration) =>
    `${format.minute(from)} – ${format.minute(until)}`;
  return [
    { key: 'resource', title: t('col.resource'), value: ({ resource }) => resourceById(resource) },
    { key: 'slots', title: t('col.slots'), value: range },
    {
      key: 'parcels',
      title: t('col.parcels'),
      value: ({ parcels }) => parcels,
      show: ({ parcels, licensed }) => (
        <span className={parcels > licensed ? 'over' : ''}>{format.exact(parcels)}</span>
      ),
    },
    {
      key: 'licensed',
      title: t('col.licensed'),
      value: ({ licensed }) => licensed,
      show: ({ licensed }) => format.exact(licensed),
    },
    {
      key: 'state',
      title: t('state'),
      value: ({ state }) => t(`state.${state}`),
      show: ({ state }) => (
        <span className={`pace-state-${state.replace(' ', '-')}`}>{t(`state.${state}`)}</span>
      ),
    },
    {
      key: 'reason',
      title: t('col.reason'),
      value: ({ reason }) => reason,
      show: ({ reason }) => <span translate="no">{reason}</span>,
    },
    {
      key: 'by',
      title: t('col.by'),
      value: ({ declaredBy }) => declaredBy,
      show: ({ declaredBy }) => <span translate="no">{declaredBy}</span>,
    },
    {
      key: 'decided',
      title: t('col.decided'),
      value: ({ decidedBy, decidedReason }) =>
        [decidedBy, decidedReason].filter(Boolean).join(': '),
      show: ({ decidedBy, decidedReason }) => (
        <span translate="no">{[decidedBy, decidedReason].filter(Boolean).join(': ')}</span>
      ),
    },
  ];
}
