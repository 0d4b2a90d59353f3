import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Film } from './film.ts';
import { type Player, SPEEDS } from './player.ts';
import { useNightFormat } from './use-format.ts';
import { useNightKeys } from './use-keys.ts';
import { useOf, useSpeed } from './use-player.ts';

/** Plays, pauses, goes to a moment; the clock of both sides. */
export function PlayerBar({ film, player }: { film: Film; player: Player }) {
  const { t } = useTranslation('night');
  const { format } = useNightFormat(film);
  const { night } = film;
  const [speed, setSpeed] = useSpeed();
  const slot = useOf(player, (now) => now.slot);
  const isPlaying = useOf(player, (now) => now.isPlaying);
  const isOver = night.state !== 'making' && slot >= night.made;
  useNightKeys(player, speed, setSpeed);
  return (
    <section className="card night-player" aria-label={t('player')} aria-description={t('keys')}>
      <Button
        type="primary"
        title={t('keys')}
        onClick={() => (isPlaying ? player.pause() : player.play())}
      >
        {t(isPlaying ? 'pause' : isOver ? 'again' : 'play')}
      </Button>
      <output className="night-clock">{format.slotTime(slot)}</output>
      <div className="night-scrub">
        <input
          type="range"
          aria-label={t('moment')}
          aria-valuetext={format.slotTime(slot)}
          min={0}
          max={night.until}
          step={1}
          value={slot}
          onChange={({ target }) => player.seek(Number(target.value))}
        />
        <Days film={film} />
      </div>
      <span className="night-speed">
        {t('speed')}
        <Segmented
          aria-label={t('speed')}
          value={speed}
          onChange={setSpeed}
          options={SPEEDS.map((value) => ({ value, label: t(`speed.${value}`) }))}
        />
      </span>
      {night.state === 'making' && (
        <small className="note" role="status">
          {t('making.more', { time: format.slotTime(night.made) })}
        </small>
      )}
    </section>
  );
}

/** Where days begin. */
function Days({ film }: { film: Film }) {
  const { format } = useNightFormat(film);
  const { until } = film.night;
  const begins = Array.from({ length: until }, (_, slot) => slot).filter(
    (slot) => slot === 0 || format.slotDate(slot) !== format.slotDate(slot - 1),
  );
  return (
    <div className="night-days" aria-hidden="true">
      {begins.map((slot) => (
        <span key={slot} style={{ left: `${(100 * slot) / until}%` }}>
          {format.slotDate(slot)}
        </span>
      ))}
    </div>
  );
}
