import { Button, Form, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewWarning, Session } from '../../../src/client/api.ts';
import { useSituation } from '../api/situation.ts';
import { useIssue } from '../api/warnings.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { isWithin, NATION, provinceOf } from '../words/regions.ts';
import { type Season, useShownSeason } from '../words/season.tsx';
import { LevelField } from './acts.tsx';
import { KINDS } from './choices.ts';
import { ReasonField, useFaultOf } from './reason-field.tsx';
import { seasonNow, type ToldClock } from './season-clock.ts';

const HOUR_MS = 3_600_000;

interface AskedWarning extends Omit<NewWarning, 'breachAt'> {
  readonly hours?: number | null;
}

/** Issues a warning by hand. */
export function Issue({ told }: { told: ToldClock | undefined }) {
  const { t } = useTranslation('warnings');
  const [isAsked, ask] = useState(false);
  const [, choose] = useAddress('warning');
  const issue = useIssue();
  const faultOf = useFaultOf();
  if (!isAsked) {
    return (
      <Button className="warnings-issue" onClick={() => ask(true)}>
        {t('issue')}
      </Button>
    );
  }
  const send = async ({ hours, ...asked }: AskedWarning) => {
    const breach = new Date(seasonNow(told) + (hours ?? 0) * HOUR_MS);
    const breachAt = hours && told ? { breachAt: breach.toISOString() } : {};
    const { id } = await issue({ ...asked, ...breachAt });
    choose(id);
  };
  return (
    <div className="ask-in-card">
      <h3>{t('issue')}</h3>
      <p className="note">{t('issue.text')}</p>
      <AskForm<AskedWarning>
        label={t('issue')}
        initial={{ level: 'yellow' }}
        submit={t('issue')}
        send={send}
        done={() => ask(false)}
        cancel={() => ask(false)}
        faultOf={faultOf}
        conflict={t('conflict.issue')}
      >
        <SubjectField />
        <LevelField label={t('filter.level')} />
        <Form.Item name="hours" label={t('issue.hours')}>
          <InputNumber min={0} max={240} suffix={t('issue.hours.unit')} />
        </Form.Item>
        <ReasonField />
      </AskForm>
    </div>
  );
}

function SubjectField() {
  const { t } = useTranslation('warnings');
  const { organisation } = useViewer();
  const season = useShownSeason();
  const form = Form.useFormInstance<AskedWarning>();
  const kind = Form.useWatch(['subject', 'kind'], form) ?? 'resource';
  const { data } = useSituation();
  const kinds = KINDS.filter((each) => isTheirs(each, organisation.level));
  return (
    <>
      <Form.Item name={['subject', 'kind']} label={t('issue.kind')} initialValue="resource">
        <Select
          onChange={() => form.resetFields([['subject', 'id']])}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={['subject', 'id']} label={t('issue.subject')} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={
            kind === 'nation'
              ? [{ value: NATION, label: t('kind.nation') }]
              : subjectsOf(kind, organisation.region, data?.places ?? [], season)
          }
        />
      </Form.Item>
    </>
  );
}

/** Kinds of subject that somebody of a level can be in charge of. */
function isTheirs(kind: (typeof KINDS)[number], level: Session['organisation']['level']): boolean {
  if (kind === 'operator' || kind === 'nation') return level === 'nation';
  return kind !== 'province' || level !== 'city';
}

interface Place {
  readonly id: string;
  readonly kind: string;
  readonly operator: string;
  readonly region: string;
}

function subjectsOf(
  kind: Exclude<(typeof KINDS)[number], 'nation'>,
  region: string,
  places: readonly Place[],
  season: Season,
): { value: string; label: string }[] {
  const { place, operator, resource } = season;
  if (kind === 'resource') {
    return places.map((each) => ({ value: each.id, label: resource(each) }));
  }
  if (kind === 'operator') {
    return named(
      places.map((each) => each.operator),
      operator,
    );
  }
  const cities = places.map((each) => each.region);
  const codes =
    kind === 'city' ? cities.filter((code) => !code.endsWith('0000')) : cities.map(provinceOf);
  return named(
    codes.filter((code) => isWithin(region, code)),
    place,
  );
}

function named(
  ids: readonly string[],
  name: (id: string) => string,
): { value: string; label: string }[] {
  return [...new Set(ids)].toSorted().map((value) => ({ value, label: name(value) }));
}
