import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Situation } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { useLiveNetwork } from '../api/live-network.ts';
import { type Part, useFigures, useSituation } from '../api/situation.ts';
import { Answer } from '../frame/states.tsx';
import { useWall } from '../frame/wall.ts';
import { WithSeason } from '../words/season.tsx';
import '../words/warning-words.ts';
import { useOperator, useRegion } from './choices.ts';
import { Groups } from './groups.tsx';
import { Head } from './head.tsx';
import { Heading } from './heading.tsx';
import { Lost } from './moment-line.tsx';
import { Picture } from './picture.tsx';
import './words.ts';
import './situation.css';
import './wall.css';

/** Where the network stands, was and is planned to stand, as far as the viewer may see. */
export default function SituationPage() {
  const part = usePart();
  // Asked for beside the season, not after it: the page is a duty officer's first.
  useSituation();
  useFigures(part);
  return (
    <WithSeason>
      <Watched part={part} />
    </WithSeason>
  );
}

function usePart(): Part {
  const [region] = useRegion();
  const [operator] = useOperator();
  return useMemo(() => ({ region, operator }), [region, operator]);
}

function Watched({ part }: { part: Part }) {
  const situation = useSituation();
  const isThere = !(situation.error instanceof CallProblem && situation.error.status === 404);
  if (!isThere || situation.data?.places.length === 0) return <Nothing />;
  return (
    <div className="situation">
      {situation.data ? (
        <Seen situation={situation.data} part={part} />
      ) : (
        <>
          <Head part={part} />
          <Answer query={situation}>{() => null}</Answer>
        </>
      )}
    </div>
  );
}

function Seen({ situation, part }: { situation: Situation; part: Part }) {
  const network = useLiveNetwork(situation.places);
  const [isWall] = useWall();
  return (
    <>
      <Heading situation={situation} network={network} />
      <Lost network={network} />
      <Head part={part} />
      <Picture situation={situation} network={network} part={part} />
      {!isWall && <Groups part={part} />}
    </>
  );
}

function Nothing() {
  const { t } = useTranslation('situation');
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
