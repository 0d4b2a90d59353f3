import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ExportedTable } from './export-table.ts';

/** Saves a table, made when asked for. */
export function ExportMenu({ table }: { table: () => ExportedTable }) {
  const { t } = useTranslation('frame');
  const save = async (form: string) => {
    const { saveCsv, saveXlsx } = await import('./export-table.ts');
    if (form === 'csv') saveCsv(table());
    else await saveXlsx(table());
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'csv', label: t('export.csv') },
          { key: 'xlsx', label: t('export.xlsx') },
        ],
        onClick: ({ key }) => void save(key),
      }}
    >
      <Button size="small">{t('export.menu')}</Button>
    </Dropdown>
  );
}
