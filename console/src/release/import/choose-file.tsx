import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveCsv, saveXlsx } from '../../frame/export-table.ts';
import { Scroll } from '../../frame/scroll.tsx';
import { useShownSeason } from '../../words/season.tsx';
import { slotStart } from '../slot-time.ts';
import { BYTES_MOST, FIELDS, OPTIONAL, ROWS_MOST } from './orders.ts';
import { templateTable } from './template.ts';
import { TITLES } from './titles.ts';

interface ChooseFileProps {
  /** Name of the file that is being read. */
  readonly reading: string | undefined;
  readonly onFile: (file: File) => void;
  readonly operators: readonly string[];
}

/** A place to drop a file on, the template, and how each column is written. */
export function ChooseFile({ reading, onFile, operators }: ChooseFileProps) {
  const { t } = useTranslation('import');
  const { format } = useShownSeason();
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (file: File | undefined) => {
    if (file) onFile(file);
    if (input.current) input.current.value = '';
  };
  return (
    <section className="card" aria-labelledby="import">
      <h2 id="import">{t('title')}</h2>
      <p>{t('text')}</p>
      {/** biome-ignore lint/a11y/noStaticElementInteractions: whoever cannot drag has the button inside */}
      <div
        className={`import-drop${isOver ? ' over-it' : ''}`}
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files.item(0) ?? undefined);
        }}
      >
        <input
          ref={input}
          type="file"
          hidden
          data-import="file"
          accept=".csv,.txt,.tsv,.xlsx"
          onChange={(event) => take(event.target.files?.item(0) ?? undefined)}
        />
        <p>
          {t('drop')}{' '}
          <Button type="primary" onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
        </p>
        <p className="note" aria-live="polite">
          {reading === undefined
            ? t('limits', { size: `${BYTES_MOST / 2 ** 20} MB`, rows: format.count(ROWS_MOST) })
            : t('reading', { file: reading })}
        </p>
      </div>
      <p className="note">{t('privacy')}</p>
      <Template operators={operators} />
      <h3>{t('columns')}</h3>
      <Columns />
    </section>
  );
}

function Template({ operators }: { operators: readonly string[] }) {
  const { t, i18n } = useTranslation('import');
  const season = useShownSeason();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const table = () => {
    const readyAt = slotStart(season, 0).slice(0, 16).replace('T', ' ');
    const notAfter = slotStart(season, season.scenario.slots - 1)
      .slice(0, 16)
      .replace('T', ' ');
    return templateTable(language, {
      operator: season.operator(operators[0] ?? 'ZTO'),
      origin: season.place(ORIGIN),
      destination: season.place(DESTINATION),
      service: season.service('standard'),
      readyAt,
      notAfter,
    });
  };
  return (
    <div className="tools" role="group" aria-label={t('template')}>
      <Button onClick={() => void saveXlsx(table())}>{t('template.xlsx')}</Button>
      <Button onClick={() => saveCsv(table())}>{t('template.csv')}</Button>
    </div>
  );
}

/** Shanghai and Shenzhen, for the template. */
const ORIGIN = '310000';
const DESTINATION = '440300';

function Columns() {
  const { t, i18n } = useTranslation('import');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <Scroll label={t('columns')}>
      <table className="table import-columns">
        <thead>
          <tr>
            <th scope="col">{t('column.title')}</th>
            <th scope="col">{t('column.needed')}</th>
            <th scope="col">{t('column.text')}</th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => (
            <tr key={field}>
              <th scope="row">{TITLES[field][language]}</th>
              <td>{t(OPTIONAL.has(field) ? 'column.no' : 'column.yes')}</td>
              <td>{t(`about.${field}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
