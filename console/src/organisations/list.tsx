import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useViewer } from '../frame/session.tsx';
import { AddOrganisation } from './add-organisation.tsx';
import { useLevelName, useRegionName } from './names.ts';
import { type Branch, KINDS, treeOf } from './tree.ts';

interface ListProps {
  readonly all: readonly Organisation[];
  readonly chosen: string | undefined;
}

/** Organisations, each below the one above it. */
export function OrganisationList({ all, chosen }: ListProps) {
  const { t } = useTranslation('organisations');
  const { organisation, role } = useViewer();
  const [kind, setKind] = useAddress('kind');
  const [search = '', setSearch] = useAddress('find');
  const [, choose] = useAddress('organisation');
  const [isAdding, setAdding] = useState(false);
  const regionName = useRegionName();
  const rows = treeOf(all).filter(
    ({ organisation: { id, kind: its, region } }) =>
      (kind === undefined || its === kind) && `${id} ${regionName(region)}`.includes(search),
  );
  const kinds = KINDS.filter((each) => all.some((one) => one.kind === each));
  const mayAdd = organisation.kind === 'administration' && role === 'manager';
  return (
    <section className="card organisation-list" aria-labelledby="organisations">
      <h2 id="organisations">{t('list.title')}</h2>
      <div className="tools">
        <Select
          aria-label={t('filter.kind')}
          value={kind ?? ''}
          onChange={(value) => setKind(value === '' ? undefined : value)}
          options={[
            { value: '', label: t('filter.all') },
            ...kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
          popupMatchSelectWidth={false}
        />
        <Input
          className="organisation-search"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          value={search}
          allowClear
          onChange={({ target }) => setSearch(target.value === '' ? undefined : target.value)}
        />
        {mayAdd && !isAdding && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('add.title')}
          </Button>
        )}
      </div>
      {isAdding && (
        <AddOrganisation
          all={all}
          close={(id) => {
            setAdding(false);
            if (id !== undefined) choose(id);
          }}
        />
      )}
      <DataTable
        label={t('list.title')}
        columns={useColumns(organisation.id)}
        rows={rows}
        rowKey={({ organisation: { id } }) => id}
        none={t('none.match')}
        chosen={chosen}
        onChoose={({ organisation: { id } }) => choose(id)}
      />
    </section>
  );
}

/** Space before a name a level. */
const INDENT_PX = 16;

function useColumns(own: string): Column<Branch>[] {
  const { t } = useTranslation('organisations');
  const regionName = useRegionName();
  const levelName = useLevelName();
  return [
    {
      key: 'id',
      title: t('column.id'),
      value: ({ organisation: { id } }) => id,
      show: ({ organisation: { id }, depth }) => (
        <span style={{ paddingInlineStart: depth * INDENT_PX }}>
          <span translate="no">{id}</span>
          {id === own && <small className="own-mark">{t('own')}</small>}
        </span>
      ),
    },
    {
      key: 'kind',
      title: t('column.kind'),
      value: ({ organisation: { kind } }) => t(`kind.${kind}`),
    },
    {
      key: 'level',
      title: t('column.level'),
      value: ({ organisation: one }) => levelName(one),
    },
    {
      key: 'region',
      title: t('column.region'),
      value: ({ organisation: { region } }) => regionName(region),
    },
    {
      key: 'state',
      title: t('column.state'),
      value: ({ organisation: { suspended } }) => t(suspended ? 'suspended' : 'active'),
      show: ({ organisation: { suspended } }) =>
        suspended ? <strong className="over">{t('suspended')}</strong> : t('active'),
    },
  ];
}
