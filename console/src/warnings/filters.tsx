import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import type { WarningsAsked } from '../api/warnings.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { subjectText } from '../words/warning-text.ts';
import { KINDS, LEVELS, REACHES } from './choices.ts';

interface FiltersProps {
  readonly asked: WarningsAsked;
  /** Whose subjects can be chosen. */
  readonly warnings: readonly Warning[];
}

/** What is listed: each choice is in the address. */
export function Filters({ asked, warnings }: FiltersProps) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const [, setState] = useAddress('state');
  return (
    <>
      <h2 id="list">{t(`list.${asked.state}`)}</h2>
      <div className="tools">
        <Segmented
          aria-label={t('filter.state')}
          value={asked.state}
          onChange={(value) => setState(value === 'open' ? undefined : value)}
          options={(['open', 'ended'] as const).map((value) => ({
            value,
            label: t(`state.${value}`),
          }))}
        />
        <Choice
          field="level"
          value={asked.level}
          options={LEVELS.map((value) => ({ value, label: word(`level.${value}`) }))}
        />
        <Choice
          field="kind"
          value={asked.kind}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Choice
          field="reach"
          value={asked.reach}
          options={REACHES.map((value) => ({ value, label: word(`reach.${value}`) }))}
        />
        <SubjectChoice asked={asked} warnings={warnings} />
      </div>
    </>
  );
}

function SubjectChoice({ asked: { subject }, warnings }: FiltersProps) {
  const { t } = useTranslation('warning');
  const season = useShownSeason();
  const named = new Map(
    warnings.map(({ subject: each }) => [each.id, subjectText(each, { t, season })]),
  );
  if (subject !== undefined && !named.has(subject)) {
    named.set(subject, season.resourceById(subject));
  }
  const options = [...named].map(([value, label]) => ({ value, label }));
  return (
    <Choice
      field="subject"
      value={subject}
      options={options.toSorted((a, b) => a.label.localeCompare(b.label, 'zh-CN'))}
    />
  );
}

interface ChoiceProps {
  readonly field: 'level' | 'kind' | 'reach' | 'subject';
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Choice({ field, value, options }: ChoiceProps) {
  const { t } = useTranslation('warnings');
  const [, set] = useAddress(field);
  return (
    <Select
      className="warnings-choice"
      aria-label={t(`filter.${field}`)}
      showSearch={field === 'subject' ? { optionFilterProp: 'label' } : false}
      value={value ?? ''}
      onChange={(next) => set(next === '' ? undefined : next)}
      options={[{ value: '', label: t(`any.${field}`) }, ...options]}
      popupMatchSelectWidth={false}
    />
  );
}
