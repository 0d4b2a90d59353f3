import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WarningPolicy, WarningPolicyInForce } from '../../../src/client/api.ts';
import { useWarningPolicy } from '../api/warnings.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { Answer } from '../frame/states.tsx';
import { instantText } from '../words/instants.ts';
import { type Season, useShownSeason } from '../words/season.tsx';
import { LEVELS } from './choices.ts';
import { isShare, RULES, THRESHOLDS } from './policy-fields.ts';
import { SetPolicy } from './set-policy.tsx';

/** By what levels warnings are issued; who may set another version, sets it here. */
export function Policy({ maySet }: { maySet: boolean }) {
  const { t } = useTranslation('warnings');
  const query = useWarningPolicy();
  // The form goes on from the version it was opened with: who set another meanwhile is found by the server.
  const [base, setBase] = useState<WarningPolicy>();
  return (
    <section className="card warnings-policy" aria-labelledby="policy">
      <h2 id="policy">{t('policy.title')}</h2>
      <Answer query={query}>
        {(answer) => (
          <>
            <Origin answer={answer} />
            <Levels policy={answer.policy} />
            <Rules policy={answer.policy} />
            <Escalation policy={answer.policy} />
            {maySet && !base && (
              <Button onClick={() => setBase(answer.policy)}>{t('policy.set.open')}</Button>
            )}
          </>
        )}
      </Answer>
      {base && <SetPolicy base={base} close={() => setBase(undefined)} />}
    </section>
  );
}

function Origin({ answer }: { answer: WarningPolicyInForce }) {
  const { t, i18n } = useTranslation('warnings');
  const { policy, madeBy, madeAt, reason } = answer;
  const { version, basis } = policy;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return (
    <div className="policy-origin">
      <strong>{t(`policy.${basis}`, { version })}</strong>
      {madeBy === undefined ? (
        <p className="note">{t('policy.none')}</p>
      ) : (
        <p className="note" translate="no">
          {t('policy.madeBy', { by: madeBy, time: madeAt ? instantText(madeAt, language) : '' })}
          {' · '}
          {t('policy.reason', { reason })}
        </p>
      )}
    </div>
  );
}

type Level = (typeof LEVELS)[number];

function Levels({ policy }: { policy: WarningPolicy }) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const { format } = useShownSeason();
  const columns: Column<Level>[] = [
    {
      key: 'level',
      title: t('policy.column.level'),
      value: (level) => word(`level.${level}`),
      show: (level) => <span className={`level level-${level}`}>{word(`level.${level}`)}</span>,
    },
    ...THRESHOLDS.map((threshold) => ({
      key: threshold,
      title: t(`policy.${threshold}`),
      value: (level: Level) => policy.levels[level][threshold],
      show: (level: Level) => numberText(threshold, policy.levels[level][threshold], format),
    })),
  ];
  return (
    <>
      <p className="note">{t('policy.read')}</p>
      <DataTable
        label={t('policy.title')}
        columns={columns}
        rows={LEVELS}
        rowKey={(level) => level}
      />
    </>
  );
}

function numberText(
  field: Parameters<typeof isShare>[0],
  value: number,
  format: Season['format'],
): string {
  return isShare(field) ? format.percent(value) : format.exact(value);
}

function Rules({ policy }: { policy: WarningPolicy }) {
  const { t } = useTranslation('warnings');
  const { format } = useShownSeason();
  return (
    <dl className="warning-facts policy-rules">
      {RULES.map((rule) => (
        <div key={rule}>
          <dt>{t(`policy.${rule}`)}</dt>
          <dd>{numberText(rule, ruleOf(policy, rule), format)}</dd>
        </div>
      ))}
    </dl>
  );
}

function ruleOf(policy: WarningPolicy, rule: (typeof RULES)[number]): number {
  const { costs, limits } = policy;
  switch (rule) {
    case 'costs.addCapacity':
      return costs.addCapacity;
    case 'costs.clearStock':
      return costs.clearStock;
    case 'limits.addCapacity':
      return limits.addCapacity;
    case 'limits.clearStock':
      return limits.clearStock;
    case 'limits.floorShare':
      return limits.floorShare;
    default:
      return policy[rule];
  }
}

function Escalation({ policy }: { policy: WarningPolicy }) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  return (
    <>
      <h3>{t('policy.escalation')}</h3>
      <ul className="policy-escalation">
        {policy.escalation.map(({ to, level, afterHours, unlessAcknowledged }) => (
          <li key={`${to} ${level} ${afterHours}`}>
            {t(afterHours > 0 ? 'policy.escalation.rule' : 'policy.escalation.now', {
              level: word(`level.${level}`),
              hours: afterHours,
              unless: unlessAcknowledged ? t('policy.escalation.unless') : '',
              to: word(`reach.${to}`),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
