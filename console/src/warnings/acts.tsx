import { Button, Form, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Warning, WarningAdjustment } from '../../../src/client/api.ts';
import { useAcknowledge, useAdjust, useLift } from '../api/warnings.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { useViewer } from '../frame/session.tsx';
import { LEVELS, powersOf, reachesUp } from './choices.ts';
import { ReasonField, useFaultOf } from './reason-field.tsx';

type Act = 'acknowledge' | 'adjust' | 'lift';

/** What the viewer may do to a warning in force, each act with its reason. */
export function Acts({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const viewer = useViewer();
  const powers = powersOf(viewer);
  const [act, choose] = useState<Act>();
  const { endedAt, acknowledged, reach } = warning;
  if (endedAt !== undefined || acknowledged === undefined) return null;
  if (!powers.acknowledges) return <p className="note">{t('readOnly')}</p>;
  const decidesHere = powers.decides && reachesUp(viewer.organisation.level, warning);
  const acts: Act[] = [
    ...(acknowledged ? [] : (['acknowledge'] as const)),
    ...(decidesHere ? (['adjust', 'lift'] as const) : []),
  ];
  return (
    <div className="warning-acts">
      <div className="ask-form-ways">
        {acts.map((each) => (
          <Button
            key={each}
            type={each === 'acknowledge' ? 'primary' : 'default'}
            danger={each === 'lift'}
            aria-expanded={act === each}
            onClick={() => choose(act === each ? undefined : each)}
          >
            {t(each)}
          </Button>
        ))}
      </div>
      {powers.decides && !decidesHere && reach && (
        <p className="note">{t('above', { reach: word(`reach.${reach}`) })}</p>
      )}
      {act && <ActForm key={act} {...{ act, warning }} close={() => choose(undefined)} />}
    </div>
  );
}

interface ActFormProps {
  readonly act: Act;
  readonly warning: Warning;
  readonly close: () => void;
}

function ActForm({ act, warning: { id, level }, close }: ActFormProps) {
  const { t } = useTranslation('warnings');
  const acknowledge = useAcknowledge(id);
  const adjust = useAdjust(id);
  const lift = useLift(id);
  const send = ({ level: next, reason }: WarningAdjustment) => {
    if (act === 'adjust') return adjust({ level: next, reason });
    return act === 'lift' ? lift(reason) : acknowledge(reason);
  };
  return (
    <div className="ask-in-card">
      <p className="note">{t(`${act}.text`)}</p>
      <AskForm<WarningAdjustment>
        label={t(act)}
        initial={{ level }}
        submit={t(act)}
        isDanger={act === 'lift'}
        send={send}
        done={close}
        cancel={close}
        faultOf={useFaultOf()}
        conflict={t('conflict.ended')}
      >
        {act === 'adjust' && <LevelField label={t('adjust.level')} />}
        <ReasonField />
      </AskForm>
    </div>
  );
}

export function LevelField({ label }: { label: string }) {
  const { t } = useTranslation('warning');
  return (
    <Form.Item name="level" label={label} rules={[{ required: true }]}>
      <Segmented
        aria-label={label}
        options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
      />
    </Form.Item>
  );
}
