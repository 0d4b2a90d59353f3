import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MapLegend } from '../map/legend.tsx';
import { type MapNode, NetworkMap } from '../map/network-map.tsx';
import { HUBS } from '../map/region.ts';
import { placeName } from '../words/places.ts';
import { resourceName } from '../words/resources.ts';
import { Bars } from './bars.tsx';
import { Counters } from './counters.tsx';
import { after, type Film, type Side } from './film.ts';
import { mapStateAt } from './map-state.ts';
import { Now } from './now.tsx';
import type { Player } from './player.ts';
import { useNightFormat } from './use-format.ts';
import { useOf } from './use-player.ts';

interface NightProps {
  readonly film: Film;
  readonly player: Player;
}

/** Both sides at the player's moment. */
export function SideBySide({ film, player }: NightProps) {
  const { t } = useTranslation('night');
  return (
    <>
      <div className="night-sides">
        {film.sides.map((side) => (
          <section
            key={side.policy}
            className="card night-side"
            aria-label={t(`side.${side.policy}`)}
            data-side={side.policy}
          >
            <h2>
              {t(`side.${side.policy}`)} <small>{t(`side.${side.policy}.text`)}</small>
            </h2>
            <Counters side={side} player={player} film={film} />
            <SideMap side={side} player={player} film={film} />
            <Bars side={side} player={player} film={film} />
            <Now side={side} player={player} film={film} />
          </section>
        ))}
      </div>
      <div className="night-legend">
        <MapLegend />
      </div>
    </>
  );
}

function SideMap({ film, side, player }: NightProps & { side: Side }) {
  const { t } = useTranslation('night');
  const { language, format } = useNightFormat(film);
  const { night } = film;
  const at = useOf(player, (now) => now.at);
  const slot = Math.floor(at);
  const nodes = useMemo((): MapNode[] => {
    return night.hubs.map(({ resource, lat, lng }) => ({
      id: resource.id,
      lat: lat ?? 0,
      lng: lng ?? 0,
      region: resource.region,
      name: resourceName(resource, language),
    }));
  }, [night.hubs, language]);
  const state = useMemo(() => mapStateAt(film, side, at), [film, side, at]);
  const tell = useMemo(() => {
    const row = slot - 1;
    return (h: number) => {
      const { floor, resource } = night.hubs[h];
      const cell = row * night.hubs.length + h;
      const place = placeName(resource.region, language);
      if (floor === null) return [place, t('tell.noFloor')];
      const full = row < 0 ? 0 : side.full[cell];
      const outside = row < 0 ? 0 : (side.outside[cell] / 1000) * floor;
      return [
        ...(full > 100 ? [t('tell.over')] : []),
        t('tell.full', { share: format.percent(full / 100) }),
        ...(outside >= 1 ? [t('tell.outside', { n: format.count(Math.round(outside)) })] : []),
        t('tell.floor', { n: format.count(floor) }),
      ];
    };
  }, [night.hubs, side, slot, language, format, t]);
  const label = t('map', {
    side: t(`side.${side.policy}`),
    time: format.slotTime(slot),
    n: after(side.overflowing, slot),
  });
  return (
    <NetworkMap
      nodes={nodes}
      lanes={night.lanes}
      state={state}
      label={label}
      height="var(--night-map)"
      region={HUBS}
      tell={tell}
    />
  );
}
