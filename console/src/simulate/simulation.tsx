import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';
import type { SimulationAnswer } from '../api/simulations.ts';
import { isOpen, useSimulation } from '../api/simulations.ts';
import { Answer, Message } from '../frame/states.tsx';
import { FiguresTable } from './figures-table.tsx';
import { Progress } from './progress.tsx';
import { RunBySlot } from './run-by-slot.tsx';
import { Scores } from './scores.tsx';
import './results.css';

interface SimulationProps {
  readonly id: string;
  readonly show: (id?: string) => void;
}

const NOT_FOUND = 404;

/** One simulation: how far it is, and what has come of it until now. */
export function Simulation({ id, show }: SimulationProps) {
  const query = useSimulation(id);
  const isGone = query.error instanceof CallProblem && query.error.status === NOT_FOUND;
  if (isGone) return <Gone again={() => show(undefined)} />;
  return (
    <Answer query={query}>
      {(simulation) => (
        <>
          {isOpen(simulation) && <Progress simulation={simulation} />}
          <Ended simulation={simulation} />
          {simulation.runs.length > 0 && (
            <>
              <Scores simulation={simulation} />
              <FiguresTable simulation={simulation} />
              <RunBySlot simulation={simulation} />
            </>
          )}
        </>
      )}
    </Answer>
  );
}

/** Why there is less than was asked for. */
function Ended({ simulation }: { simulation: SimulationAnswer }) {
  const { t } = useTranslation('simulate');
  const { state, progress } = simulation;
  if (state !== 'failed' && state !== 'stopped') return undefined;
  const { finished, runs } = progress;
  return (
    <Alert
      className="ended"
      type={state === 'failed' ? 'error' : 'warning'}
      showIcon
      title={t(`state.${state}.text`, { finished, runs })}
    />
  );
}

function Gone({ again }: { again: () => void }) {
  const { t } = useTranslation('simulate');
  return (
    <Message title={t('made.gone')} text={t('made.gone.text')}>
      <Button onClick={again}>{t('made.again')}</Button>
    </Message>
  );
}
