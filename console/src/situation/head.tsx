import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { type Part, useFigures } from '../api/situation.ts';
import { Answer } from '../frame/states.tsx';
import { Guarantees } from './guarantees.tsx';
import { No } from './no.tsx';
import { Progress } from './progress.tsx';

/** What a duty officer sees first: whether the two no's hold, the three guarantees, and how far the season has come. */
export function Head({ part }: { part: Part }) {
  const figures = useFigures(part);
  return (
    <Answer query={figures}>
      {(answer) => <Figures figures={answer} updatedAt={figures.dataUpdatedAt} />}
    </Answer>
  );
}

interface FiguresProps {
  readonly figures: SituationFigures;
  /** When it was answered, by this machine's clock, ms. */
  readonly updatedAt: number;
}

function Figures({ figures, updatedAt }: FiguresProps) {
  const { t } = useTranslation('situation');
  const moment = { at: figures.at, ageMs: figures.ageMs, updatedAt };
  return (
    <section className="situation-head" aria-label={t('aims')}>
      <No which="stopped" kept={figures.stopped} moment={moment} />
      <No which="overflowing" kept={figures.overflowing} moment={moment} />
      <Guarantees figures={figures} />
      <Progress figures={figures} moment={moment} />
    </section>
  );
}
