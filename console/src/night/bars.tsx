import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { operatorName } from '../words/operators.ts';
import { resourceName } from '../words/resources.ts';
import { type Bar, barsOf, outsideMost } from './bar-order.ts';
import type { Film, Side } from './film.ts';
import { mapStateAt } from './map-state.ts';
import type { Player } from './player.ts';
import { useNightFormat } from './use-format.ts';

interface BarsProps {
  readonly film: Film;
  readonly side: Side;
  readonly player: Player;
}

/** Every hub as a vessel: its stock up to the floor line, and above it what stands outside. Drawn in every frame, past React. */
export function Bars({ film, side, player }: BarsProps) {
  const { t } = useTranslation('night');
  const { language } = useNightFormat(film);
  const place = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => barsOf(film), [film]);
  const most = useMemo(() => outsideMost(film), [film]);
  useEffect(() => {
    const bars = [...(place.current?.querySelectorAll<HTMLElement>('[data-hub]') ?? [])];
    const draw = () => {
      const { fill, queue, marks } = mapStateAt(film, side, player.at);
      for (const bar of bars) {
        const hub = Number(bar.dataset.hub);
        bar.style.setProperty('--in', String(Math.min(1, fill[hub] || 0)));
        bar.style.setProperty('--out', String(queue[hub] / most));
        bar.toggleAttribute('data-over', marks[hub] > 0);
      }
    };
    draw();
    return player.subscribe(draw);
  }, [film, side, player, most]);
  const name = ({ resource }: Bar) => resourceName(resource, language);
  return (
    <figure className="night-bars">
      <figcaption>
        {t('bars.outside')}
        <span>{t('bars.inside')}</span>
      </figcaption>
      <div ref={place} role="img" aria-label={t('bars', { side: t(`side.${side.policy}`) })}>
        {groups.map(({ operator, bars }) => (
          <div key={operator} className="night-bar-group" style={{ flexGrow: bars.length }}>
            <div>
              {bars.map((bar) => (
                <span key={bar.hub} data-hub={bar.hub} title={name(bar)}>
                  <i />
                  <i />
                </span>
              ))}
            </div>
            <small>{operatorName(operator, language)}</small>
          </div>
        ))}
      </div>
    </figure>
  );
}
