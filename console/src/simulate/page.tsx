import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSimulations } from '../api/simulations.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { Ask } from './ask.tsx';
import { useShownId } from './choices.ts';
import { useFollowedWork } from './followed-work.ts';
import { Made } from './made.tsx';
import { Simulation } from './simulation.tsx';
import './words.ts';
import './simulate.css';

/** The same season under several policies: what to simulate, how far it is, what came of it. */
export default function SimulatePage() {
  return (
    <WithSeason>
      <Heading />
      <SimulationsOrNothing />
    </WithSeason>
  );
}

function SimulationsOrNothing() {
  const { scenario } = useShownSeason();
  return scenario.hasDemand ? <Simulations /> : <Nothing words="empty.season" />;
}

function Heading() {
  const { t } = useTranslation('simulate');
  const { scenario, format } = useShownSeason();
  const days = { from: format.slotDay(0), until: format.slotDay(scenario.slots - 1) };
  return (
    <>
      <div className="heading">
        <h1>{t(days.from === days.until ? 'titleDay' : 'title', days)}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      <p className="marks">
        <span>
          <strong>{t('mark.simulated')}</strong> <small>{t('mark.simulated.text')}</small>
        </span>
        {scenario.generated && (
          <span>
            <strong>{t('mark.generated')}</strong> <small>{t('mark.generated.text')}</small>
          </span>
        )}
      </p>
    </>
  );
}

function Simulations() {
  const made = useSimulations();
  const [asked, show] = useShownId();
  useFollowedWork(made.data);
  return (
    <Answer query={made}>
      {({ simulations, busy }) => {
        const shown = asked ?? simulations[0]?.id;
        return (
          <>
            <div className="half-and-half ask-and-made">
              <Ask {...{ simulations, busy, show }} />
              <Made simulations={simulations} shown={shown} show={show} />
            </div>
            {shown === undefined ? (
              <Nothing words="empty.text" title="empty.title" />
            ) : (
              <Simulation key={shown} id={shown} show={show} />
            )}
          </>
        );
      }}
    </Answer>
  );
}

interface NothingProps {
  readonly title?: 'empty.title';
  readonly words: 'empty.text' | 'empty.season';
}

function Nothing({ title, words }: NothingProps) {
  const { t } = useTranslation('simulate');
  return (
    <section className="card">
      <Empty
        description={
          <>
            {title && <strong className="empty-title">{t(title)}</strong>}
            {t(words)}
          </>
        }
      />
    </section>
  );
}
