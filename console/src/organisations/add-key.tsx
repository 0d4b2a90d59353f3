import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedKey, NewKey } from '../../../src/client/api.ts';
import { useAddKey } from '../api/organisations.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { Copy } from '../words/copy.tsx';
import { useFaultOf } from './faults.ts';
import { RoleField } from './role-field.tsx';

/** For how long keys are made; 0: without an end. */
const DAYS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;

interface AskedKey extends Pick<NewKey, 'label' | 'role'> {
  readonly days: (typeof DAYS)[number] | 0;
}

/** Makes a key; its secret is on this page until it is hidden or left, and nowhere else. */
export function AddKey({ id }: { id: string }) {
  const { t } = useTranslation('organisations');
  const add = useAddKey(id);
  const faultOf = useFaultOf();
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<CreatedKey>();
  const send = async ({ days, ...asked }: AskedKey) => {
    const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
    setMade(await add({ ...asked, ...(days > 0 && { expiresAt }) }));
    setAdding(false);
  };
  if (made) return <Secret made={made} hide={() => setMade(undefined)} />;
  if (!isAdding) return <Button onClick={() => setAdding(true)}>{t('key.add')}</Button>;
  return (
    <div className="ask-in-card">
      <h3>{t('key.add')}</h3>
      <AskForm<AskedKey>
        label={t('key.add')}
        initial={{ role: 'dispatcher', days: 90 }}
        submit={t('key.submit')}
        send={send}
        cancel={() => setAdding(false)}
        faultOf={faultOf}
      >
        <Form.Item
          name="label"
          label={t('key.label')}
          extra={t('key.label.hint')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
        <RoleField />
        <Form.Item name="days" label={t('key.days')}>
          <Select
            options={[
              ...DAYS.map((value) => ({ value, label: t(`key.days.${value}`) })),
              { value: 0, label: t('key.never') },
            ]}
          />
        </Form.Item>
      </AskForm>
    </div>
  );
}

function Secret({ made: { label, secret }, hide }: { made: CreatedKey; hide: () => void }) {
  const { t } = useTranslation('organisations');
  return (
    <Alert
      type="warning"
      showIcon
      title={t('key.secret.title')}
      description={
        <>
          <p>{t('key.secret.text')}</p>
          <p className="key-secret">
            <strong translate="no">{label}</strong>
            <code translate="no">{secret}</code>
          </p>
          <div className="ask-form-ways">
            <Copy text={secret} label={t('copy')} done={t('copied')} />
            <Button size="small" onClick={hide}>
              {t('key.secret.kept')}
            </Button>
          </div>
        </>
      }
    />
  );
}
