import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Situation } from '../../../src/client/api.ts';
import type { LiveNetwork } from '../api/live-network.ts';
import { useWall } from '../frame/wall.ts';
import { NetworkMap } from '../map/network-map.tsx';
import { ownerName } from '../words/owner.ts';
import { useShownSeason } from '../words/season.tsx';
import { useHubChoice } from './choices.ts';
import { HubCard } from './hub-card.tsx';
import { mapStateOf } from './map-state.ts';
import type { Moment } from './moment.ts';
import type { Shown } from './shown.ts';
import { Summary } from './summary.tsx';
import { type ShownTime, TimeSlider } from './time-slider.tsx';
import { useWarned } from './warned.ts';

interface MapPanelProps {
  readonly situation: Situation;
  readonly network: LiveNetwork;
  readonly shown: Shown;
  readonly moment: Moment;
  readonly region: string;
  readonly time: ShownTime;
}

/** What the rest of the page leaves of a screen. */
const HEIGHT = 'clamp(360px, 58vh, 640px)';
const HEIGHT_OF_WALL = '100%';

/** The network on the map, what can be said of it in a sentence, the hub that is chosen, and the way through time. */
export function MapPanel(props: MapPanelProps) {
  const { situation, network, shown, moment, region, time } = props;
  const { t } = useTranslation('situation');
  const { place } = useShownSeason();
  const [isWall] = useWall();
  const [hub, chooseHub] = useHubChoice();
  const warned = useWarned(situation.places, moment.basis === 'now');
  const state = useMemo(
    () => mapStateOf(situation, shown, moment, warned),
    [situation, shown, moment, warned],
  );
  const tell = useTell(shown, moment);
  const chosen = useMemo(() => shown.places.findIndex(({ id }) => id === hub), [shown, hub]);
  const node = chosen < 0 ? -1 : shown.nodeOf[chosen];
  const name = region === '000000' ? t('nation') : place(region);
  const unplaced = shown.listed.reduce((n, each) => n + Number(shown.nodeOf[each] < 0), 0);
  return (
    <section className="card map-panel" aria-label={t('title')} aria-busy={time.isLoading}>
      <Summary shown={shown} moment={moment} time={time} />
      <div className="map-place">
        <NetworkMap
          nodes={shown.nodes}
          lanes={shown.lanes}
          state={state}
          label={t('map.label', { region: name, basis: t(`time.${moment.basis}`) })}
          height={isWall ? HEIGHT_OF_WALL : HEIGHT}
          region={region}
          chosen={node < 0 ? undefined : node}
          onChoose={useCallback(
            (each: number) => chooseHub(shown.places[shown.placeOf[each]].id),
            [shown, chooseHub],
          )}
          tell={tell}
        />
        {chosen >= 0 && (
          <HubCard
            place={shown.places[chosen]}
            number={chosen}
            network={network}
            moment={moment}
            close={() => chooseHub(undefined)}
          />
        )}
      </div>
      {unplaced > 0 && <p className="note">{t('map.unplaced', { n: unplaced })}</p>}
      <TimeSlider slots={situation.slots} time={time} />
    </section>
  );
}

/** What the map says of a node that is pointed at; the same function as long as the nodes are. */
function useTell(shown: Shown, moment: Moment): (node: number) => readonly string[] {
  const { t } = useTranslation('situation');
  const { format, operator, place } = useShownSeason();
  const latest = useRef(moment);
  latest.current = moment;
  return useCallback(
    (node) => {
      const n = shown.placeOf[node];
      const at = shown.places[n];
      const { stock, fill, stale } = latest.current;
      return [
        t('map.tell.stock', { stock: known(stock[n], format.count) }),
        at.floor === null
          ? t('map.tell.noFloor')
          : t('map.tell.fill', { fill: known(fill[n], format.percent) }),
        t('owner', { owner: ownerName(at, { operator, place }) }),
        ...(stale[n] === 1 ? [t('map.tell.stale')] : []),
      ];
    },
    [shown, t, format, operator, place],
  );
}

function known(value: number, told: (n: number) => string): string {
  return Number.isNaN(value) ? '—' : told(value);
}
