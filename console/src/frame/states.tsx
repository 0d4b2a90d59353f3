import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';

export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation('frame');
  return (
    <div aria-busy="true" aria-label={t('loading')} role="status">
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** A page that is only a sentence and a way on. */
export function Message(props: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="message">
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}

/** What was asked for, or why it is not there yet. */
export function Answer<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}

function Failure({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation('frame');
  const text =
    error instanceof CallProblem
      ? t('error.answer', { detail: error.message, status: error.status })
      : t('error.unreachable');
  return (
    <Alert
      type="error"
      showIcon
      title={t('error.title')}
      description={text}
      action={<Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
