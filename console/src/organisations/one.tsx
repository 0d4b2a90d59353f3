import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation, OrganisationChange } from '../../../src/client/api.ts';
import { useSuspend } from '../api/organisations.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { useViewer } from '../frame/session.tsx';
import { useFaultOf } from './faults.ts';
import { Keys } from './keys.tsx';
import { useLevelName, useRegionName } from './names.ts';
import { People } from './people.tsx';

interface OneProps {
  readonly organisation: Organisation;
}

/** One organisation: what it is, whether it is let in, its people and keys. */
export function OneOrganisation({ organisation }: OneProps) {
  const { t } = useTranslation('organisations');
  const viewer = useViewer();
  const isManager = viewer.role === 'manager';
  const isOwn = viewer.organisation.id === organisation.id;
  return (
    <>
      <Facts {...{ organisation, isOwn }} />
      {isManager ? (
        <>
          <People id={organisation.id} isOwn={isOwn} />
          {isOwn ? (
            <Keys id={organisation.id} />
          ) : (
            <section className="card" aria-labelledby="keys">
              <h2 id="keys">{t('keys.title')}</h2>
              <p className="note">{t('keys.others')}</p>
            </section>
          )}
        </>
      ) : (
        <section className="card" aria-labelledby="people">
          <h2 id="people">{t('people.title')}</h2>
          <p className="note">{t('people.notManager', { role: t(`role.${viewer.role}`) })}</p>
        </section>
      )}
    </>
  );
}

function Facts({ organisation, isOwn }: OneProps & { isOwn: boolean }) {
  const { t } = useTranslation('organisations');
  const { organisation: ours, role } = useViewer();
  const regionName = useRegionName();
  const levelName = useLevelName();
  const { id, kind, region, parent, operator, suspended } = organisation;
  const facts = [
    [t('column.kind'), t(`kind.${kind}`)],
    [t('column.level'), levelName(organisation)],
    [t('column.region'), regionName(region)],
    [t('fact.parent'), parent],
    [t('fact.operator'), operator === id ? undefined : operator],
    [t('column.state'), t(suspended ? 'suspended' : 'active')],
  ] as const;
  const mayStop = ours.kind === 'administration' && role === 'manager' && !isOwn;
  return (
    <section className="card" aria-labelledby="one">
      <h2 id="one">
        <span translate="no">{id}</span> {isOwn && <small className="own-mark">{t('own')}</small>}
      </h2>
      <dl className="organisation-facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd translate={value === parent || value === operator ? 'no' : 'yes'}>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {mayStop && <Suspension organisation={organisation} />}
    </section>
  );
}

/** Stops all of an organisation's people and keys, or lets them in again. */
function Suspension({ organisation: { id, suspended } }: OneProps) {
  const { t } = useTranslation('organisations');
  const [isAsked, ask] = useState(false);
  const suspend = useSuspend(id);
  const faultOf = useFaultOf();
  const what = suspended ? 'resume' : 'suspend';
  if (!isAsked) {
    return (
      <Button danger={!suspended} onClick={() => ask(true)}>
        {t(`${what}.submit`)}
      </Button>
    );
  }
  return (
    <div className="ask-in-card">
      <h3>{t(`${what}.title`, { id })}</h3>
      <p className="note">{t(`${what}.text`)}</p>
      <AskForm<Pick<OrganisationChange, 'reason'>>
        label={t(`${what}.title`, { id })}
        submit={t(`${what}.submit`)}
        isDanger={!suspended}
        send={({ reason }) => suspend({ suspended: !suspended, reason })}
        done={() => ask(false)}
        cancel={() => ask(false)}
        faultOf={faultOf}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          extra={t('reason.hint')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </AskForm>
    </div>
  );
}
