import { Alert, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, AccountChange } from '../../../src/client/api.ts';
import { useChangePerson } from '../api/organisations.ts';
import { AskForm, Refused } from '../forms/ask-form.tsx';
import { useViewer } from '../frame/session.tsx';
import { useFaultOf } from './faults.ts';
import { PASSWORD_LEAST, PASSWORD_MOST } from './password.ts';
import { RoleField } from './role-field.tsx';

interface ChangeProps {
  /** Of the organisation. */
  readonly id: string;
  readonly isOwn: boolean;
  readonly person: Account;
  readonly close: () => void;
}

/** What a person may do, how they sign in, and whether they are let in. */
export function ChangePerson({ id, isOwn, person, close }: ChangeProps) {
  const { t } = useTranslation('organisations');
  const { actor } = useViewer();
  const { login, role } = person;
  const change = useChangePerson(id, login);
  const send = ({ role: next, password, subject }: AccountChange) =>
    change({
      ...(next !== undefined && { role: next }),
      ...(password && { password }),
      ...(subject && { subject }),
    });
  return (
    <div className="ask-in-card">
      <h3>{t('person.change', { login })}</h3>
      {isOwn && login === actor ? (
        <Alert type="warning" showIcon title={t('person.self')} />
      ) : (
        <p className="note">{t('person.change.text')}</p>
      )}
      <AskForm<AccountChange>
        label={t('person.change', { login })}
        initial={{ role }}
        submit={t('person.save')}
        send={send}
        done={close}
        cancel={close}
        faultOf={useFaultOf()}
        conflict={t('conflict.login')}
      >
        <RoleField />
        <Form.Item
          name="password"
          label={t('person.newPassword')}
          rules={[{ min: PASSWORD_LEAST, max: PASSWORD_MOST, message: t('fault.password') }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="subject" label={t('person.newSubject')}>
          <Input autoComplete="off" maxLength={255} />
        </Form.Item>
      </AskForm>
      <LetIn person={person} change={change} />
    </div>
  );
}

interface LetInProps extends Pick<ChangeProps, 'person'> {
  readonly change: (change: AccountChange) => Promise<unknown>;
}

function LetIn({ person: { suspended }, change }: LetInProps) {
  const { t } = useTranslation('organisations');
  const [refused, setRefused] = useState<Error>();
  const set = async () => {
    try {
      await change({ suspended: !suspended });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setRefused(error);
    }
  };
  return (
    <div className="ask-form-ways">
      {suspended ? (
        <Button onClick={() => void set()}>{t('person.resume')}</Button>
      ) : (
        <Popconfirm
          title={t('person.suspend.sure')}
          okText={t('suspend.submit')}
          cancelText={t('cancel')}
          onConfirm={() => void set()}
        >
          <Button danger>{t('person.suspend')}</Button>
        </Popconfirm>
      )}
      {refused && <Refused error={refused} conflict={undefined} />}
    </div>
  );
}
