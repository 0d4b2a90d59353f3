import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';
import { useLive } from '../api/live.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { Live } from './live.tsx';
import './words.ts';
import './live.css';

/** The network as it lives: how full, what is coming, what flows, and what is warned of. */
export default function LivePage() {
  return (
    <WithSeason>
      <Watched />
    </WithSeason>
  );
}

function Watched() {
  const live = useLive();
  const isThere = !(live.error instanceof CallProblem && live.error.status === 404);
  return (
    <>
      <Heading scale={live.data?.scale} />
      {isThere ? <Answer query={live}>{(answer) => <Live live={answer} />}</Answer> : <Nothing />}
    </>
  );
}

/** `scale`: undefined where nothing is tracked. */
function Heading({ scale }: { scale: number | undefined }) {
  const { t } = useTranslation('live');
  const { scenario, format } = useShownSeason();
  return (
    <>
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      {scale !== undefined && (scenario.generated || scale > 1) && (
        <p className="marks">
          {scenario.generated && (
            <span>
              <strong>{t('mark.generated')}</strong> <small>{t('mark.generated.text')}</small>
            </span>
          )}
          {scale > 1 && (
            <span>
              <strong>{t('mark.sample', { scale: format.count(scale) })}</strong>{' '}
              <small>{t('mark.sample.text')}</small>
            </span>
          )}
        </p>
      )}
    </>
  );
}

function Nothing() {
  const { t } = useTranslation('live');
  return (
    <section className="card">
      <Empty
        description={
          <>
            <strong>{t('none.title')}</strong>
            <br />
            {t('none.text')}
          </>
        }
      />
    </section>
  );
}
