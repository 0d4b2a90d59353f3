import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Night } from '../../../src/client/api.ts';
import { useNight } from '../api/night.ts';
import { Answer, Loading } from '../frame/states.tsx';
import { Curves } from './curves.tsx';
import { Ending } from './ending.tsx';
import { filmOf } from './film.ts';
import { Live } from './live.tsx';
import { PlayerBar } from './player-bar.tsx';
import { SideBySide } from './side-by-side.tsx';
import { useNightPlayer } from './use-player.ts';
import './words.ts';
import './night.css';

/** What a demonstration opens with: one season twice, released at once and staggered, side by side. */
export default function NightPage() {
  return <Answer query={useNight()}>{(night) => <Shown night={night} />}</Answer>;
}

function Shown({ night }: { night: Night }) {
  const film = useMemo(() => filmOf(night), [night]);
  const player = useNightPlayer(film);
  const isThere = film.sides.length > 0 && night.made > 0;
  return (
    <div className="night">
      <Heading night={night} />
      {isThere ? (
        <>
          <PlayerBar film={film} player={player} />
          <SideBySide film={film} player={player} />
          <Curves film={film} player={player} />
        </>
      ) : (
        <NotYet night={night} />
      )}
      <div className="night-end">
        {isThere && <Ending film={film} />}
        <Live />
      </div>
    </div>
  );
}

function Heading({ night }: { night: Night }) {
  const { t } = useTranslation('night');
  return (
    <div className="night-heading">
      <div>
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </div>
      <p className="night-marks">
        <strong>{t('marks')}</strong> <small>{t('marks.text', { seed: night.seed })}</small>
      </p>
    </div>
  );
}

/** Nothing of it is there yet, or never will be. */
function NotYet({ night }: { night: Night }) {
  const { t } = useTranslation('night');
  const failed = night.state === 'failed';
  return (
    <section className="card night-not-yet">
      <p className="lead" role="status">
        {t(failed ? 'failed' : 'making.start')}
      </p>
      {failed ? <p className="note">{t('failed.text')}</p> : <Loading rows={8} />}
    </section>
  );
}
