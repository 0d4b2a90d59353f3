import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../src/client/api.ts';
import { useViewer } from '../frame/session.tsx';
import { Copy } from '../words/copy.tsx';
import { type ChainReport, canVerify, verifyChain } from './verify.ts';

interface ChainProps {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** When they came: others come later. */
  readonly readAt: number;
  /** The first entry of the chain is among them. */
  readonly isWhole: boolean;
  readonly readAll: () => Promise<void>;
  readonly isReading: boolean;
}

/** Whether what is shown is what was written down. */
export function Chain({ entries, readAt, isWhole, readAll, isReading }: ChainProps) {
  const { t } = useTranslation('audit');
  const report = useReport(entries, readAt);
  if (entries.length === 0) return null;
  return (
    <section className="card audit-chain" aria-labelledby="chain">
      <h2 id="chain">{t('verify.title')}</h2>
      <div className="audit-verdict" role="status">
        {canVerify() ? (
          <Verdict {...{ entries, isWhole, report }} />
        ) : (
          <Alert type="warning" showIcon title={t('verify.unable')} />
        )}
      </div>
      <p className="note">{t('verify.how')}</p>
      {isWhole ? (
        <End entry={entries[0]} />
      ) : (
        <Button loading={isReading} onClick={() => void readAll()}>
          {t('verify.all')}
        </Button>
      )}
    </section>
  );
}

/** Undefined while hashes are recomputed. */
function useReport(entries: readonly AuditEntry[], readAt: number): ChainReport | undefined {
  const { organisation } = useViewer();
  return useQuery({
    queryKey: ['audit report', organisation.id, readAt],
    queryFn: () => verifyChain(organisation.id, entries),
    enabled: canVerify(),
  }).data;
}

interface VerdictProps extends Pick<ChainProps, 'entries' | 'isWhole'> {
  readonly report: ChainReport | undefined;
}

function Verdict({ entries, isWhole, report }: VerdictProps) {
  const { t } = useTranslation('audit');
  if (!report) return t('verify.running');
  const { fault } = report;
  if (fault) {
    return (
      <Alert
        type="error"
        showIcon
        title={t(`verify.${fault.rule}`, { seq: fault.seq })}
        description={t('verify.broken')}
      />
    );
  }
  const range = { n: entries.length, first: entries.at(-1)?.seq, last: entries[0].seq };
  return (
    <Alert type="success" showIcon title={t(isWhole ? 'verify.whole' : 'verify.part', range)} />
  );
}

/** To be kept elsewhere. */
function End({ entry: { seq, hash } }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  return (
    <>
      <p className="audit-end">
        {t('verify.end', { seq })} <code translate="no">{hash}</code>{' '}
        <Copy text={`${seq} ${hash}`} label={t('copy')} done={t('copied')} />
      </p>
      <p className="note">{t('verify.endNote')}</p>
    </>
  );
}
