import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../frame/data-table.tsx';
import { useShownSeason } from '../../words/season.tsx';
import { type CheckedFile, FIELDS, type OrderFault } from './orders.ts';
import { TITLES } from './titles.ts';

/** Every fault of a file in its place, with its rule and cure. */
export function FaultList({ name, checked }: { name: string; checked: CheckedFile }) {
  const { t, i18n } = useTranslation('import');
  const { format } = useShownSeason();
  const { faults, faultCount } = checked;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const titleOf = ({ column }: OrderFault) => {
    const field = FIELDS.find((each) => each === column);
    return field ? TITLES[field][language] : column;
  };
  const columns: Column<OrderFault>[] = [
    {
      key: 'row',
      title: t('fault.row'),
      value: ({ row }) => row,
      show: ({ row }) => (row === 0 ? t('fault.file') : row),
    },
    {
      key: 'column',
      title: t('fault.column'),
      value: titleOf,
      show: (fault) => <span translate="no">{titleOf(fault)}</span>,
    },
    {
      key: 'found',
      title: t('fault.found'),
      value: ({ found }) => found,
      show: ({ found }) => <code translate="no">{found}</code>,
    },
    { key: 'rule', title: t('fault.rule'), value: ({ rule }) => t(`rule.${rule}`) },
    { key: 'cure', title: t('fault.cure'), value: ({ rule }) => t(`cure.${rule}`) },
  ];
  return (
    <section className="card import-faults" aria-labelledby="faults">
      <Alert
        type="error"
        showIcon
        title={
          <h2 id="faults">
            <FileTitle
              text={t('faults.title', { file: FILE, n: format.exact(faultCount) })}
              file={name}
            />
          </h2>
        }
        description={
          faultCount > faults.length
            ? `${t('faults.text')} ${t('faults.first', { n: faults.length })}`
            : t('faults.text')
        }
      />
      <DataTable
        label={t('fault.rule')}
        columns={columns}
        rows={faults.map((fault, i) => ({ ...fault, i }))}
        rowKey={(fault) => ('i' in fault ? String(fault.i) : '')}
        first={50}
      />
    </section>
  );
}

/** Stands for a file's name until it is set in: it is no word of either language. */
export const FILE = '\uE000';

/** A sentence with a file's name in it. */
export function FileTitle({ text, file }: { text: string; file: string }) {
  const [before, after = ''] = text.split(FILE);
  return (
    <>
      {before}
      <span translate="no">{file}</span>
      {after}
    </>
  );
}
