import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Key } from '../../../src/client/api.ts';
import { useKeys, useRevokeKey } from '../api/organisations.ts';
import { Refused } from '../forms/ask-form.tsx';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { instantText } from '../words/instants.ts';
import { AddKey } from './add-key.tsx';
import { useLanguage } from './names.ts';

/** Keys of one's own organisation: for programs. */
export function Keys({ id }: { id: string }) {
  const { t } = useTranslation('organisations');
  const [asked, choose] = useAddress('key');
  const columns = useColumns();
  return (
    <section className="card organisation-keys" aria-labelledby="keys">
      <h2 id="keys">{t('keys.title')}</h2>
      <p className="note">{t('keys.text')}</p>
      <Answer query={useKeys(id)}>
        {(keys) => {
          const chosen = keys.find((key) => key.id === asked);
          return (
            <>
              <DataTable
                label={t('keys.title')}
                columns={columns}
                rows={keys}
                rowKey={(key) => key.id}
                none={t('keys.none')}
                chosen={asked}
                onChoose={(key) => choose(key.id)}
              />
              {chosen && (
                <Chosen key={chosen.id} id={id} chosen={chosen} close={() => choose(undefined)} />
              )}
            </>
          );
        }}
      </Answer>
      <AddKey id={id} />
    </section>
  );
}

interface ChosenProps {
  /** Of the organisation. */
  readonly id: string;
  readonly chosen: Key;
  readonly close: () => void;
}

function Chosen({ id, chosen, close }: ChosenProps) {
  const { t } = useTranslation('organisations');
  const revoke = useRevokeKey(id);
  const [refused, setRefused] = useState<Error>();
  const end = async () => {
    try {
      await revoke(chosen.id);
      close();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setRefused(error);
    }
  };
  return (
    <div className="ask-in-card">
      <h3>
        <span translate="no">{chosen.label}</span>
        <small className="own-mark">{t('key.chosen', { id: chosen.id })}</small>
      </h3>
      <div className="ask-form-ways">
        {stateOf(chosen) === 'active' && (
          <Popconfirm
            title={t('key.revoke.sure')}
            okText={t('key.revoke.yes')}
            cancelText={t('cancel')}
            onConfirm={() => void end()}
          >
            <Button danger>{t('key.revoke')}</Button>
          </Popconfirm>
        )}
        <Button onClick={close}>{t('close')}</Button>
      </div>
      {refused && <Refused error={refused} conflict={undefined} />}
    </div>
  );
}

function stateOf({ revokedAt, expiresAt }: Key): 'active' | 'revoked' | 'expired' {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
}

function useColumns(): Column<Key>[] {
  const { t } = useTranslation('organisations');
  const language = useLanguage();
  const time = (iso: string) => instantText(iso, language);
  return [
    {
      key: 'label',
      title: t('column.label'),
      value: ({ label }) => label,
      show: ({ label }) => <span translate="no">{label}</span>,
    },
    { key: 'role', title: t('column.role'), value: ({ role }) => t(`role.${role}`) },
    {
      key: 'state',
      title: t('column.state'),
      value: (key) => t(`key.${stateOf(key)}`),
    },
    {
      key: 'expires',
      title: t('column.expires'),
      value: ({ expiresAt }) => expiresAt ?? t('key.never'),
      show: ({ expiresAt }) => (expiresAt === undefined ? t('key.never') : time(expiresAt)),
    },
    {
      key: 'made',
      title: t('column.made'),
      value: ({ madeAt }) => madeAt,
      show: ({ madeAt }) => time(madeAt),
    },
    {
      key: 'id',
      title: t('column.key'),
      value: ({ id }) => id,
      show: ({ id }) => <code translate="no">{id}</code>,
    },
  ];
}
