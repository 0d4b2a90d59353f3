import { Button, Form, Input, Segmented, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewAccount } from '../../../src/client/api.ts';
import { useAddPerson } from '../api/organisations.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { useFaultOf } from './faults.ts';
import { newPassword, PASSWORD_LEAST, PASSWORD_MOST } from './password.ts';
import { RoleField } from './role-field.tsx';

/** As the server has it: a part in the organisation and a number. */
const LOGIN = /^[a-z]{2,16}(-[a-z]{2,16}){0,2}(-[0-9]{1,3})?$/;

/** Lets somebody in, by a login that says nothing of who it is. */
export function AddPerson({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation('organisations');
  const add = useAddPerson(id);
  const [way, setWay] = useState<'password' | 'subject'>('password');
  return (
    <div className="ask-in-card">
      <h3>{t('person.add')}</h3>
      <AskForm<NewAccount>
        label={t('person.add')}
        initial={{ role: 'dispatcher' }}
        submit={t('person.submit')}
        send={add}
        done={close}
        cancel={close}
        faultOf={useFaultOf()}
        conflict={t('conflict.login')}
      >
        <Form.Item
          name="login"
          label={t('person.login')}
          extra={t('person.login.hint')}
          rules={[{ required: true }, { pattern: LOGIN, message: t('fault.login') }]}
        >
          <Input autoComplete="off" maxLength={54} />
        </Form.Item>
        <RoleField />
        <Form.Item label={t('person.way')}>
          <Segmented
            aria-label={t('person.way')}
            value={way}
            onChange={setWay}
            options={[
              { value: 'password', label: t('way.password') },
              { value: 'subject', label: t('way.oidc') },
            ]}
          />
        </Form.Item>
        {way === 'password' ? <PasswordField /> : <SubjectField />}
      </AskForm>
    </div>
  );
}

function PasswordField() {
  const { t } = useTranslation('organisations');
  const form = Form.useFormInstance<NewAccount>();
  return (
    <Form.Item label={t('person.password')} htmlFor="password" extra={t('person.password.hint')}>
      <Space.Compact block>
        <Form.Item
          name="password"
          noStyle
          rules={[
            { required: true, message: t('fault.password') },
            { min: PASSWORD_LEAST, max: PASSWORD_MOST, message: t('fault.password') },
          ]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button onClick={() => form.setFieldsValue({ password: newPassword() })}>
          {t('person.generate')}
        </Button>
      </Space.Compact>
    </Form.Item>
  );
}

function SubjectField() {
  const { t } = useTranslation('organisations');
  return (
    <Form.Item
      name="subject"
      label={t('person.subject')}
      extra={t('person.subject.hint')}
      rules={[{ required: true }]}
    >
      <Input autoComplete="off" maxLength={255} />
    </Form.Item>
  );
}
