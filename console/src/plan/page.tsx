import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan as PlanAnswer, PlannedResource } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { Certificate } from './certificate.tsx';
import { Comparison } from './comparison.tsx';
import { CostlyHolds } from './costly-holds.tsx';
import { Figures } from './figures.tsx';
import { Heat } from './heat.tsx';
import { Holds } from './holds.tsx';
import { busiestSlot, placesOf } from './network.ts';
import { NetworkMap } from './network-map.tsx';
import { ResourceLoads } from './resource-loads.tsx';
import { Runs } from './runs.tsx';
import { useMap, useResources, useShownPlan, WithPlan } from './shown-plan.tsx';
import { Versions } from './versions.tsx';
import './words.ts';
import './plan.css';

/** The release plan: what it does, how good it is, where it binds, who waits and why. */
export default function PlanPage() {
  return (
    <WithSeason>
      <Heading />
      <WithPlan otherwise={<Making />}>
        <PartNote />
        <Plan />
      </WithPlan>
    </WithSeason>
  );
}

function Plan() {
  const plan = useShownPlan();
  if (plan.holds.ready === 0) return <NothingReady />;
  return (
    <>
      <Figures />
      <Certificate />
      <Making />
      <Comparison />
      {plan.part === 'own' ? <Holds /> : <Network kind={kindOnMap(plan.kinds)} />}
      <CostlyHolds />
    </>
  );
}

/** Versions, for all; making one, for those whose business it is. */
function Making() {
  const { organisation } = useViewer();
  const { kind, level } = organisation;
  const plans = kind === 'analyst' || (kind === 'administration' && level === 'nation');
  return (
    <div className={plans ? 'half-and-half' : undefined}>
      <Versions />
      {plans && <Runs />}
    </div>
  );
}

/** Which version, how much of it is seen, how old it is. */
function PartNote() {
  const { t } = useTranslation('plan');
  const { format, operator, place } = useShownSeason();
  const { organisation } = useViewer();
  const { version, part, seconds } = useShownPlan();
  const made = t('season.made', {
    time: format.instant(version.madeAt),
    seconds: format.decimal(seconds),
  });
  const names = {
    operator: organisation.operator === undefined ? '' : operator(organisation.operator),
    region: place(organisation.region),
    shipper: organisation.id,
  };
  const isAll = part === 'network' && organisation.level === 'nation';
  return (
    <p className="marks">
      <span>
        <strong>{t('versions.number', { version: version.version })}</strong>{' '}
        <small>
          {t(version.inForce ? 'versions.inForce' : 'versions.notInForce')} · {made}
        </small>
      </span>
      {part !== 'whole' && (
        <span>
          <strong>{t('part.title')}</strong>{' '}
          <small>{t(isAll ? 'part.operator' : `part.${part}`, names)}</small>
        </span>
      )}
    </p>
  );
}

/** Hubs where the scenario has some: they are what a season is about. */
function kindOnMap(kinds: PlanAnswer['kinds']): string {
  return kinds.find(({ kind }) => kind === 'hub')?.kind ?? kinds[0]?.kind ?? 'hub';
}

function Heading() {
  const { t } = useTranslation('plan');
  const { scenario, format } = useShownSeason();
  const notes = [
    ...(scenario.generated ? [] : [scenario.name]),
    t('season.places', { count: scenario.places }),
    t('season.operators', { count: scenario.operators }),
    t('season.horizon', { slots: scenario.slots, minutes: scenario.slotMinutes }),
  ];
  const days = { from: format.slotDay(0), until: format.slotDay(scenario.slots - 1) };
  return (
    <div className="heading">
      <h1>{t(days.from === days.until ? 'season.titleDay' : 'season.title', days)}</h1>
      <p className="note">{notes.join(' · ')}</p>
      {scenario.generated && (
        <p className="modelled">
          <strong>{t('season.generated')}</strong> {t('season.generated.text')}
        </p>
      )}
    </div>
  );
}

function NothingReady() {
  const { t } = useTranslation('plan');
  return (
    <section className="card">
      <Empty
        description={
          <>
            <strong>{t('season.empty')}</strong>
            <br />
            {t('season.empty.text')}
          </>
        }
      />
    </section>
  );
}

function Network({ kind }: { kind: string }) {
  const { t } = useTranslation('plan');
  const { kindNames } = useShownSeason();
  const map = useMap(kind);
  const resources = useResources(kind);
  const [operator] = useAddress('operator');
  const busiest = useMemo(() => {
    if (!map.data || !resources.data) return 0;
    const places = placesOf(map.data, resources.data.resources, operator);
    return busiestSlot(map.data, places);
  }, [map.data, resources.data, operator]);
  return (
    <>
      <section className="card" aria-labelledby="network">
        <h2 id="network">{t('map.title', { kinds: kindNames(kind) })}</h2>
        <Answer query={map}>
          {(answer) => (
            <Answer query={resources}>
              {(list) => (
                <>
                  <Overloads kind={kind} resources={list.resources} />
                  <NetworkMap map={answer} resources={list.resources} />
                </>
              )}
            </Answer>
          )}
        </Answer>
      </section>
      {map.data && resources.data && <Heat map={map.data} resources={resources.data.resources} />}
      <div className="half-and-half">
        <section className="card" aria-labelledby="loads">
          <h2 id="loads">{t('hub.title')}</h2>
          <Answer query={resources}>
            {(list) => <ResourceLoads resources={list.resources} busiest={busiest} />}
          </Answer>
        </section>
        <Holds />
      </div>
    </>
  );
}

/** How many of the resources on the map would be overloaded, and how many are as planned. */
function Overloads({ kind, resources }: { kind: string; resources: readonly PlannedResource[] }) {
  const { t } = useTranslation('plan');
  const { kindNames, format } = useShownSeason();
  const over = resources.filter((r) => r.overloadedAtOnce > 0);
  const after = resources.filter((r) => r.overloadedPlanned > 0).length;
  const figures = {
    kinds: kindNames(kind),
    resources: resources.length,
    over: over.length,
    ratio: format.peak(Math.max(0, ...resources.map((r) => r.peakAtOnce)), over.length),
    after,
  };
  return (
    <p className="lead">
      {over.length === 0 ? t('map.calm', figures) : t('map.overloads', figures)}{' '}
      <strong className={after > 0 ? 'over' : 'calm'}>
        {t(after > 0 ? 'map.stillOver' : 'map.noneOver', figures)}
      </strong>
    </p>
  );
}
