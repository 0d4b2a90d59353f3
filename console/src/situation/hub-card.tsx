import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type LiveNetwork, seasonNow, useHeard } from '../api/live-network.ts';
import { Age } from '../words/age.tsx';
import { ownerName } from '../words/owner.ts';
import { useShownSeason } from '../words/season.tsx';
import { HubLink } from './hub-link.tsx';
import type { Moment } from './moment.ts';
import type { Place } from './shown.ts';

interface HubCardProps {
  readonly place: Place;
  readonly number: number;
  readonly network: LiveNetwork;
  readonly moment: Moment;
  readonly close: () => void;
}

/** The hub that is chosen, in short: how full, whose, and the way to its page. */
export function HubCard({ place, number, network, moment, close }: HubCardProps) {
  const { t } = useTranslation('situation');
  const season = useShownSeason();
  const { format, resource } = season;
  const fill = moment.fill[number];
  const pairs = [
    [t('hub.stock'), known(moment.stock[number], format.count)],
    [t('hub.floor'), place.floor === null ? '—' : format.count(place.floor)],
    [t('hub.owner'), ownerName(place, season)],
  ] as const;
  return (
    <section className="hub-card" aria-label={resource(place)}>
      <h3>
        {resource(place)}
        <Button type="text" size="small" aria-label={t('hub.close')} onClick={close}>
          ✕
        </Button>
      </h3>
      <p className={fill > 1 ? 'hub-fill over' : 'hub-fill'}>
        {known(fill, format.percent)}
        {place.important && <small className="important">{t('worst.important')}</small>}
      </p>
      <dl>
        {pairs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {moment.basis === 'now' && (
          <div>
            <dt>{t('hub.newest')}</dt>
            <dd>
              <Newest number={number} network={network} />
            </dd>
          </div>
        )}
      </dl>
      <HubLink place={place} text={t('hub.open')} />
    </section>
  );
}

/** The age of a hub's newest scan, and whether its sources are late (T8). */
function Newest({ number, network }: { number: number; network: LiveNetwork }) {
  const { t } = useTranslation('situation');
  const heard = useHeard(network);
  const newest = network.newestAt[number];
  return (
    <>
      {Number.isNaN(newest) ? t('hub.never') : <Age ms={seasonNow(heard) - newest} />}
      {network.stale[number] === 1 && <span className="stale">{t('stale')}</span>}
    </>
  );
}

function known(value: number, told: (n: number) => string): string {
  return Number.isNaN(value) ? '—' : told(value);
}
