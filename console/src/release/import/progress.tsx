import { Alert, Progress as Bar, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShownSeason } from '../../words/season.tsx';
import { FILE, FileTitle } from './fault-list.tsx';
import type { Sending } from './sending.ts';

interface ProgressProps {
  readonly sending: Sending;
  readonly onStop: () => void;
  readonly onResume: () => void;
}

/** How far an import is; it can be stopped, left, found again and taken up. */
export function Progress({ sending, onStop, onResume }: ProgressProps) {
  const { t } = useTranslation('import');
  const { format } = useShownSeason();
  const { file, orders, results, state, problem } = sending;
  const progress = t('send.progress', {
    file: FILE,
    n: format.exact(results.length),
    all: format.exact(orders.length),
  });
  const left = format.exact(orders.length - results.length);
  return (
    <section className="card" aria-labelledby="progress">
      <h2 id="progress">
        <FileTitle text={progress} file={file} />
      </h2>
      <Bar
        percent={Math.floor((100 * results.length) / orders.length)}
        status={state === 'stopped' ? 'exception' : 'active'}
        aria-labelledby="progress"
      />
      {state === 'sending' ? (
        <>
          <p className="note">{t('send.leave')}</p>
          <Button onClick={onStop}>{t('send.stop')}</Button>
        </>
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t('send.stopped', { n: left })}
          description={
            problem && <FileTitle text={t('send.problem', { detail: FILE })} file={problem} />
          }
          action={
            <Button type="primary" onClick={onResume}>
              {t('send.resume')}
            </Button>
          }
        />
      )}
    </section>
  );
}
