import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Hub } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { useHub } from '../api/situation.ts';
import { useAddress, usePagePath } from '../frame/address.ts';
import { Answer, Message } from '../frame/states.tsx';
import { Age } from '../words/age.tsx';
import { useEachSecond } from '../words/each-second.ts';
import { ownerName } from '../words/owner.ts';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { Charts } from './charts.tsx';
import { HubFigures } from './figures.tsx';
import { HubWarnings } from './hub-warnings.tsx';
import { SlotsTable } from './slots-table.tsx';
import './words.ts';
import './hub.css';

/** One hub: how it stands, what comes to it, and what is planned, warned of and paid for it. */
export default function HubPage() {
  return (
    <WithSeason>
      <Chosen />
    </WithSeason>
  );
}

function Chosen() {
  const [id] = useAddress('id');
  const hub = useHub(id);
  if (id === undefined) return <Nothing which="none" />;
  if (hub.error instanceof CallProblem && hub.error.status === 404)
    return <Nothing which="missing" />;
  return (
    <Answer query={hub}>{(answer) => <OneHub hub={answer} updatedAt={hub.dataUpdatedAt} />}</Answer>
  );
}

function Nothing({ which }: { which: 'none' | 'missing' }) {
  const { t } = useTranslation('hub');
  const [, go] = usePagePath();
  return (
    <Message title={t(`${which}.title`)} text={t(`${which}.text`)}>
      <Button onClick={() => go('situation')}>{t('back')}</Button>
    </Message>
  );
}

interface HubProps {
  readonly hub: Hub;
  /** When it was answered, by this machine's clock, ms. */
  readonly updatedAt: number;
}

function OneHub({ hub, updatedAt }: HubProps) {
  useEachSecond();
  const ageMs = hub.ageMs + (Date.now() - updatedAt);
  const nowMs = Date.parse(hub.at) + ageMs;
  return (
    <div className="hub-page">
      <Heading hub={hub} ageMs={ageMs} />
      <HubFigures hub={hub} nowMs={nowMs} />
      <div className="hub-parts">
        <div>
          <Charts hub={hub} />
        </div>
        <HubWarnings hub={hub} />
      </div>
      <SlotsTable hub={hub} />
    </div>
  );
}

function Heading({ hub, ageMs }: { hub: Hub; ageMs: number }) {
  const { t } = useTranslation('hub');
  const season = useShownSeason();
  const { scenario, format, resource } = season;
  const [, go] = usePagePath();
  const at = hub.place;
  return (
    <>
      <Button type="link" className="back" onClick={() => go('situation', { hub: at.id })}>
        ‹ {t('back')}
      </Button>
      <div className="hub-heading">
        <h1>{resource(at)}</h1>
        {at.important && <span className="important">{t('important')}</span>}
        <span className="hub-owner">{t('owner', { owner: ownerName(at, season) })}</span>
        <span className="figures-age">
          {t('asOf', { time: format.moment(hub.at) })} · <Age ms={ageMs} />
        </span>
      </div>
      {scenario.generated && (
        <p className="marks">
          <span>
            <strong>{t('mark.generated')}</strong> <small>{t('mark.generated.text')}</small>
          </span>
        </p>
      )}
      {hub.stale && <p className="hub-stale">{t('stale.text')}</p>}
    </>
  );
}
