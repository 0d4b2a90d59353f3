import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Why: kept with the act, for all who see the warning. */
export function ReasonField() {
  const { t } = useTranslation('warnings');
  return (
    <Form.Item
      name="reason"
      label={t('reason')}
      extra={t('reason.hint')}
      rules={[{ required: true, whitespace: true }]}
    >
      <Input autoComplete="off" maxLength={500} />
    </Form.Item>
  );
}

/** What is wrong with a field that the server refuses. */
export function useFaultOf(): (field: string) => string | undefined {
  const { t } = useTranslation('warnings');
  return (field) => {
    if (field === 'reason' || field === 'breachAt') return t(`fault.${field}`);
    return field.startsWith('policy') ? t('policy.fault') : undefined;
  };
}
