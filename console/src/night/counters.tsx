import { useTranslation } from 'react-i18next';
import { after, type Film, type Side } from './film.ts';
import type { Player } from './player.ts';
import { useNightFormat } from './use-format.ts';
import { useOf } from './use-player.ts';

interface CountersProps {
  readonly film: Film;
  readonly side: Side;
  readonly player: Player;
}

/** The two no's, counted since the start of the night. */
export function Counters({ film, side, player }: CountersProps) {
  const { t } = useTranslation('night');
  const { format } = useNightFormat(film);
  const slot = useOf(player, (now) => now.slot);
  const { total } = side;
  const all = format.count(after(total.overflowHours, slot));
  return (
    <dl className="night-counters">
      <Counter
        name={t('stop')}
        hours={after(total.gridlockHours, slot)}
        unit={t('stop.hours')}
        text={t('stop.text')}
        format={format.count}
      />
      <Counter
        name={t('overflow')}
        hours={after(total.importantHours, slot)}
        unit={t('overflow.hours')}
        text={t('overflow.text', { all })}
        format={format.count}
      />
    </dl>
  );
}

interface CounterProps {
  readonly name: string;
  readonly hours: number;
  readonly unit: string;
  readonly text: string;
  readonly format: (n: number) => string;
}

function Counter({ name, hours, unit, text, format }: CounterProps) {
  const { t } = useTranslation('night');
  const isKept = hours === 0;
  return (
    <div className={`night-counter ${isKept ? 'calm' : 'over'}`}>
      <dt>
        {name} <b>{t(isKept ? 'kept' : 'broken')}</b>
      </dt>
      <dd>
        <strong>{format(hours)}</strong> <span>{unit}</span>
        <small>{text}</small>
      </dd>
    </div>
  );
}
