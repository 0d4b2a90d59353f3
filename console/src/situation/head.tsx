import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { type Part, useFigures } from '../api/situation.ts';
import { Answer } from '../frame/states.tsx';
import { Guarantees } from './guarantees.tsx';
import { No } from './no.tsx';
import { Progress } from './progress.tsx';
import { seesFlows } from './sees-flows.ts';

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
  const { stopped, overflowing } = figures;
  const flows = seesFlows(figures);
  return (
    <section className="situation-head" aria-label={t('aims')}>
      {flows && <No which="stopped" kept={stopped} moment={moment} />}
      <No which="overflowing" kept={overflowing} moment={moment} />
      <Guarantees figures={figures} />
      {flows && <Progress figures={figures} moment={moment} />}
    </section>
  );
}
