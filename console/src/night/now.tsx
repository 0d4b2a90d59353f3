import { useTranslation } from 'react-i18next';
import { after, type Film, type Side } from './film.ts';
import type { Player } from './player.ts';
import { useNightFormat } from './use-format.ts';
import { useOf } from './use-player.ts';

interface NowProps {
  readonly film: Film;
  readonly side: Side;
  readonly player: Player;
}

/** Where parcels are at the moment. */
export function Now({ film, side, player }: NowProps) {
  const { t } = useTranslation('night');
  const { format } = useNightFormat(film);
  const slot = useOf(player, (now) => now.slot);
  const { total } = side;
  const [ready, released] = [after(total.ready, slot), after(total.released, slot)];
  const delivered = after(total.delivered, slot);
  const overflowing = after(side.overflowing, slot);
  const outside = after(side.waiting, slot);
  const parcels = (n: number) => t('parcels', { n: format.count(n) });
  const figures = [
    {
      name: t('now.overflowing'),
      value: t('now.of', { n: overflowing, all: film.night.hubs.length }),
      isBad: overflowing > 0,
    },
    { name: t('now.outside'), value: parcels(outside), isBad: outside > 0 },
    { name: t('now.waiting'), value: parcels(ready - released), isBad: false },
    { name: t('now.inside'), value: parcels(released - delivered), isBad: false },
    {
      name: t('now.delivered'),
      value: ready > 0 ? format.percent(delivered / ready, 1) : format.percent(0),
      isBad: false,
    },
  ];
  return (
    <dl className="night-now">
      {figures.map(({ name, value, isBad }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={isBad ? 'over' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
