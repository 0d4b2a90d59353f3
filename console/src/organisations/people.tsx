import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../src/client/api.ts';
import { usePeople } from '../api/organisations.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { AddPerson } from './add-person.tsx';
import { ChangePerson } from './change-person.tsx';

interface PeopleProps {
  readonly id: string;
  readonly isOwn: boolean;
}

/** Who may sign in to an organisation. */
export function People({ id, isOwn }: PeopleProps) {
  const { t } = useTranslation('organisations');
  const [login, choose] = useAddress('person');
  const [isAdding, setAdding] = useState(false);
  const columns = useColumns();
  return (
    <section className="card organisation-people" aria-labelledby="people">
      <h2 id="people">{t('people.title')}</h2>
      <Answer query={usePeople(id)}>
        {(people) => {
          const chosen = people.find((each) => each.login === login);
          return (
            <>
              <DataTable
                label={t('people.title')}
                columns={columns}
                rows={people}
                rowKey={(person) => person.login}
                none={t('people.none')}
                chosen={login}
                onChoose={(person) => choose(person.login)}
              />
              {chosen && (
                <ChangePerson
                  key={chosen.login}
                  {...{ id, isOwn }}
                  person={chosen}
                  close={() => choose(undefined)}
                />
              )}
            </>
          );
        }}
      </Answer>
      {isAdding ? (
        <AddPerson id={id} close={() => setAdding(false)} />
      ) : (
        <Button onClick={() => setAdding(true)}>{t('person.add')}</Button>
      )}
    </section>
  );
}

function useColumns(): Column<Account>[] {
  const { t } = useTranslation('organisations');
  return [
    {
      key: 'login',
      title: t('column.login'),
      value: ({ login }) => login,
      show: ({ login }) => <span translate="no">{login}</span>,
    },
    { key: 'role', title: t('column.role'), value: ({ role }) => t(`role.${role}`) },
    {
      key: 'ways',
      title: t('column.ways'),
      value: ({ password, oidc }) => {
        const ways = [password && t('way.password'), oidc && t('way.oidc')].filter(Boolean);
        return ways.length === 0 ? t('way.none') : ways.join(' · ');
      },
    },
    {
      key: 'state',
      title: t('column.state'),
      value: ({ suspended }) => t(suspended ? 'suspended' : 'active'),
      show: ({ suspended }) =>
        suspended ? <strong className="over">{t('suspended')}</strong> : t('active'),
    },
  ];
}
