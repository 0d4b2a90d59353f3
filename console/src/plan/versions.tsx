import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanVersion } from '../../../src/client/api.ts';
import { usePlanVersions, usePublishing } from '../api/plans.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { ReasonBox } from './reason-box.tsx';
import { useShownVersion } from './shown-plan.tsx';

/** Versions of the plan: look at one, compare, bring one back. */
export function Versions() {
  const { t } = useTranslation('plan');
  const { plan } = useShownSeason();
  const query = usePlanVersions(plan);
  return (
    <section className="card" aria-labelledby="versions">
      <h2 id="versions">{t('versions.title')}</h2>
      <Answer query={query}>{({ versions }) => <VersionTable versions={versions} />}</Answer>
    </section>
  );
}

/** Rows shown at first: the last few are what one looks at. */
const FIRST_ROWS = 4;

function VersionTable({ versions }: { versions: readonly PlanVersion[] }) {
  const { t } = useTranslation('plan');
  const columns = useColumns(versions);
  const [shown, show] = useShownVersion();
  const chosen = versions.find(({ version }) => version === shown);
  return (
    <>
      <DataTable
        label={t('versions.title')}
        columns={columns}
        rows={versions}
        rowKey={({ version }) => String(version)}
        first={FIRST_ROWS}
        onChoose={({ version, inForce }) => show(inForce ? undefined : version)}
        chosen={String(shown)}
        none={t('none.title')}
      />
      {chosen && <VersionActs chosen={chosen} versions={versions} />}
    </>
  );
}

function useColumns(versions: readonly PlanVersion[]): Column<PlanVersion>[] {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const isTold = versions.some(({ reason }) => reason !== undefined);
  const told: Column<PlanVersion>[] = [
    {
      key: 'by',
      title: t('versions.by'),
      value: ({ by }) => by,
      show: ({ by }) => (
        <span translate="no">{by === 'command-line' ? t('versions.machine') : by}</span>
      ),
    },
    {
      key: 'reason',
      title: t('versions.reason'),
      value: ({ reason }) => reason,
      show: ({ reason, by }) => (
        <span translate="no">{by === 'command-line' ? t('versions.first') : reason}</span>
      ),
    },
  ];
  return [
    {
      key: 'version',
      title: t('versions.version'),
      value: ({ version }) => version,
      show: ({ version }) => t('versions.number', { version }),
    },
    {
      key: 'state',
      title: t('versions.state'),
      value: ({ inForce }) => (inForce ? t('versions.inForce') : ''),
      show: (each) => <State {...each} />,
    },
    {
      key: 'madeAt',
      title: t('versions.madeAt'),
      value: ({ madeAt }) => madeAt,
      show: ({ madeAt }) => format.instant(madeAt),
    },
    ...(isTold ? told : []),
    {
      key: 'from',
      title: t('versions.from'),
      value: ({ from }) => (from === undefined ? undefined : format.slotTime(from)),
      show: ({ from }) => (from ? format.slotTime(from) : t('versions.whole')),
    },
    {
      key: 'gap',
      title: t('versions.gap'),
      value: ({ gap }) => gap,
      show: ({ gap }) => (gap === undefined ? '–' : format.percent(gap, 3)),
    },
  ];
}

function State({ inForce, restores, hasFiles }: PlanVersion) {
  const { t } = useTranslation('plan');
  return (
    <>
      {inForce && <Tag color="blue">{t('versions.inForce')}</Tag>}
      {restores !== undefined && <Tag>{t('versions.restores', { version: restores })}</Tag>}
      {!hasFiles && <Tag>{t('versions.noFiles')}</Tag>}
    </>
  );
}

/** What can be done with the version on show: compare it with another, bring it back. */
function VersionActs(props: { chosen: PlanVersion; versions: readonly PlanVersion[] }) {
  const { t } = useTranslation('plan');
  const { chosen, versions } = props;
  const { organisation, role } = useViewer();
  const [, compare] = useAddress('compare');
  const [asks, ask] = useState(false);
  const isManager =
    organisation.kind === 'administration' && organisation.level === 'nation' && role === 'manager';
  const inForce = versions.find((each) => each.inForce);
  const others = versions.filter(({ version }) => version !== chosen.version).slice(0, FIRST_ROWS);
  if (organisation.kind === 'platform') return null;
  return (
    <>
      <div className="version-acts">
        {others.map(({ version }) => (
          <Button key={version} onClick={() => compare(String(version))}>
            {t('versions.compare', { a: chosen.version, b: version })}
          </Button>
        ))}
        {isManager && !chosen.inForce && chosen.hasFiles && (
          <Button onClick={() => ask(true)}>{t('restore.ask', { version: chosen.version })}</Button>
        )}
      </div>
      {asks && inForce && (
        <Restore version={chosen.version} base={inForce.version} leave={() => ask(false)} />
      )}
    </>
  );
}

function Restore({ version, base, leave }: { version: number; base: number; leave: () => void }) {
  const { t } = useTranslation('plan');
  const { restore } = usePublishing();
  const [, show] = useShownVersion();
  return (
    <ReasonBox
      text={t('restore.text', { version, next: base + 1 })}
      confirm={t('restore.confirm')}
      busy={restore.isPending}
      error={restore.error}
      onConfirm={(reason) =>
        restore.mutate(
          { version, base, reason },
          {
            onSuccess: () => {
              leave();
              show();
            },
          },
        )
      }
      onLeave={leave}
    />
  );
}
