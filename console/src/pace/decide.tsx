import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Declaration } from '../../../src/client/api.ts';
import type { Decision, useDecide } from '../api/pace.ts';
import { useViewer } from '../frame/session.tsx';
import { useShownSeason } from '../words/season.tsx';
import { mayApprove, mayDeclare } from './choices.ts';

const TAKEN_BACK = ['in force', 'approved', 'waiting'];

interface DecideProps {
  readonly declaration: Declaration;
  readonly decide: ReturnType<typeof useDecide>;
  readonly close: () => void;
}

/** One declaration, and what whoever sees it may do about it. */
export function Decide({ declaration, decide, close }: DecideProps) {
  const { t } = useTranslation('pace');
  const { format, resourceById } = useShownSeason();
  const viewer = useViewer();
  const { id, resource, from, until, parcels, licensed, state } = declaration;
  const ways: Decision[] = [];
  if (mayApprove(viewer) && state === 'waiting') ways.push('approve', 'reject');
  if (mayDeclare(viewer) && TAKEN_BACK.includes(state)) ways.push('withdraw');
  const title = t('declaration.title', {
    resource: resourceById(resource),
    from: format.minute(from),
    until: format.minute(until),
    parcels: format.exact(parcels),
    licensed: format.exact(licensed),
  });
  return (
    <section className="pace-decide" aria-label={title}>
      <h3>{title}</h3>
      <Ways id={id} ways={ways} decide={decide} />
      <Button onClick={close}>{t('close')}</Button>
    </section>
  );
}

interface WaysProps {
  readonly id: string;
  readonly ways: readonly Decision[];
  readonly decide: DecideProps['decide'];
}

function Ways({ id, ways, decide }: WaysProps) {
  const { t } = useTranslation('pace');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isMissing = isAsked && reason.trim() === '';
  const act = (to: Decision) => {
    setAsked(true);
    if (reason.trim() !== '') decide.mutate({ id, to, reason: reason.trim() });
  };
  return (
    <>
      {ways.length > 0 && (
        <>
          <label className="pace-reason">
            {t('reason')}
            <Input
              value={reason}
              maxLength={200}
              aria-invalid={isMissing}
              {...(isMissing && { status: 'error' as const })}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          {isMissing && <p className="over">{t('reason.missing')}</p>}
          {ways.map((way) => (
            <Button
              key={way}
              type={way === 'approve' ? 'primary' : 'default'}
              danger={way !== 'approve'}
              loading={decide.isPending && decide.variables.to === way}
              disabled={decide.isPending}
              onClick={() => act(way)}
            >
              {t(way)}
            </Button>
          ))}
        </>
      )}
    </>
  );
}
