import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewWarningPolicy, WarningPolicy } from '../../../src/client/api.ts';
import { useSetPolicy } from '../api/warnings.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { Scroll } from '../frame/scroll.tsx';
import { LEVELS } from './choices.ts';
import { isShare, RULES, THRESHOLDS } from './policy-fields.ts';
import { ReasonField, useFaultOf } from './reason-field.tsx';

interface SetPolicyProps {
  /** The version that the next one is to replace. */
  readonly base: WarningPolicy;
  readonly close: () => void;
}

/** Sets the next version of the thresholds; what escalates, and when it began to count, is taken over from the one before. */
export function SetPolicy({ base, close }: SetPolicyProps) {
  const { t } = useTranslation('warnings');
  const set = useSetPolicy();
  const { version, basis: _basis, ...policy } = base;
  const send = ({ policy: numbers, reason }: NewWarningPolicy) =>
    set({ base: version, reason, policy: { ...policy, ...numbers } });
  return (
    <div className="ask-in-card policy-set">
      <h3>{t('policy.set.open')}</h3>
      <p className="note">{t('policy.set.text')}</p>
      <AskForm<NewWarningPolicy>
        label={t('policy.set.open')}
        initial={{ policy }}
        submit={t('policy.set.submit', { version: version + 1 })}
        send={send}
        done={close}
        cancel={close}
        faultOf={useFaultOf()}
        conflict={t('policy.conflict')}
      >
        <LevelFields />
        <div className="policy-rule-fields">
          {RULES.map((rule) => (
            <NumberField
              key={rule}
              path={['policy', ...rule.split('.')]}
              label={t(`policy.${rule}`)}
              isPercent={isShare(rule)}
            />
          ))}
        </div>
        <ReasonField />
      </AskForm>
    </div>
  );
}

function LevelFields() {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  return (
    <Scroll label={t('policy.title')}>
      <table className="table policy-table">
        <thead>
          <tr>
            <th scope="col">{t('policy.column.level')}</th>
            {THRESHOLDS.map((threshold) => (
              <th key={threshold} scope="col">
                {t(`policy.${threshold}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) => (
            <tr key={level}>
              <th scope="row">
                <span className={`level level-${level}`}>{word(`level.${level}`)}</span>
              </th>
              {THRESHOLDS.map((threshold) => (
                <td key={threshold}>
                  <NumberField
                    path={['policy', 'levels', level, threshold]}
                    name={`${word(`level.${level}`)} ${t(`policy.${threshold}`)}`}
                    isPercent={isShare(threshold)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface NumberFieldProps {
  readonly path: string[];
  readonly label?: string;
  /** Where no label is shown. */
  readonly name?: string;
  readonly isPercent: boolean;
}

/** Shares are typed as per cent, and kept to a hundredth of one. */
function NumberField({ path, label, name, isPercent }: NumberFieldProps) {
  const shown = (value: unknown) =>
    typeof value === 'number' && isPercent ? Math.round(value * 10_000) / 100 : value;
  const kept = (value: unknown) =>
    typeof value === 'number' && isPercent ? Math.round(value * 100) / 10_000 : value;
  return (
    <Form.Item
      name={path}
      {...(label !== undefined && { label })}
      rules={[{ required: true }]}
      getValueProps={(value: unknown) => ({ value: shown(value) })}
      normalize={kept}
    >
      <InputNumber
        min={0}
        {...(name !== undefined && { 'aria-label': name })}
        {...(isPercent && { suffix: '%' })}
      />
    </Form.Item>
  );
}
