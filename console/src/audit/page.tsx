import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { entriesOf, useAudit, useReadAll } from '../api/audit.ts';
import { Answer } from '../frame/states.tsx';
import { Chain } from './chain.tsx';
import { Entries } from './entries.tsx';
import './words.ts';
import './audit.css';

/** What was done in and to one's organisation, and whether that is told truly. */
export default function AuditPage() {
  const { t } = useTranslation('audit');
  const query = useAudit();
  const all = useReadAll();
  const isWhole = !query.hasNextPage;
  return (
    <>
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      <Answer query={query}>
        {(data) => {
          const entries = entriesOf(data);
          return (
            <>
              <Chain entries={entries} readAt={query.dataUpdatedAt} isWhole={isWhole} {...all} />
              <section className="card audit-entries" aria-label={t('title')}>
                <Entries entries={entries} />
                {!isWhole && (
                  <Button
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {t('older')}
                  </Button>
                )}
              </section>
            </>
          );
        }}
      </Answer>
    </>
  );
}
