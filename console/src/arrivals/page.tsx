import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Arrivals } from '../../../src/client/api.ts';
import { useArrivals } from '../api/arrivals.ts';
import { Answer } from '../frame/states.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { daysOf } from './expected.ts';
import { Figures } from './figures.tsx';
import { Hours } from './hours.tsx';
import { Stations } from './stations.tsx';
import './words.ts';
import './arrivals.css';

/** What comes to a last-mile operator's stations today and tomorrow, and where it is too much. */
export default function ArrivalsPage() {
  return (
    <WithSeason>
      <Content />
    </WithSeason>
  );
}

function Content() {
  const { t } = useTranslation('arrivals');
  const query = useArrivals();
  return (
    <>
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      <Answer query={query}>
        {(arrivals) => (arrivals.places.length === 0 ? <None /> : <Shown arrivals={arrivals} />)}
      </Answer>
    </>
  );
}

function Shown({ arrivals }: { arrivals: Arrivals }) {
  const { format } = useShownSeason();
  const days = daysOf(arrivals.slots, format);
  return (
    <>
      <Marks arrivals={arrivals} />
      <Figures arrivals={arrivals} days={days} />
      <Hours arrivals={arrivals} />
      <Stations arrivals={arrivals} days={days} />
    </>
  );
}

function Marks({ arrivals: { at, ageMs, scale } }: { arrivals: Arrivals }) {
  const { t } = useTranslation('arrivals');
  const { scenario, format } = useShownSeason();
  return (
    <p className="marks">
      {scenario.generated && (
        <span>
          <strong>{t('generated')}</strong>{' '}
          <small>{t('generated.text', { scale: format.exact(scale) })}</small>
        </span>
      )}
      <span>
        {format.minute(at)} · <Age ms={ageMs} />
      </span>
    </p>
  );
}

function None() {
  const { t } = useTranslation('arrivals');
  return (
    <section className="card">
      <Empty
        description={
          <>
            <strong>{t('none')}</strong>
            <br />
            {t('none.text')}
          </>
        }
      />
    </section>
  );
}
