import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ROLES } from './tree.ts';

/** What somebody may do there, each role with what that is. */
export function RoleField() {
  const { t } = useTranslation('organisations');
  return (
    <Form.Item name="role" label={t('column.role')}>
      <Select
        options={ROLES.map((value) => ({
          value,
          label: `${t(`role.${value}`)} · ${t(`role.${value}.text`)}`,
        }))}
      />
    </Form.Item>
  );
}
