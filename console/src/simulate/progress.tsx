import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SimulationAnswer, SimulationSummary } from '../api/simulations.ts';
import { useRemove } from '../api/simulations.ts';
import { useViewer } from '../frame/session.tsx';
import { useShownSeason } from '../words/season.tsx';

/** Slots simulated for each of the season's, about: it goes on until everything is delivered. */
const SLOTS_OVER_SEASON = 2;

/** Of all that was asked for, 0 to 1. */
export function shareDone({ finished, runs, slot, slots }: SimulationSummary['progress']): number {
  const ofRun = Math.min(1, slot / (slots * SLOTS_OVER_SEASON));
  return (finished + (finished < runs ? ofRun : 0)) / runs;
}

/** How far a running simulation is, and the button that stops it. */
export function Progress({ simulation }: { simulation: SimulationAnswer }) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const stop = useRemove();
  const isViewer = useViewer().role === 'viewer';
  const { id, state, seconds, progress } = simulation;
  const { finished, runs, slot, slots } = progress;
  const done = shareDone(progress);
  const run = t('progress.run', {
    n: Math.min(finished + 1, runs),
    runs,
    policy: t(`policy.${progress.policy}`),
    seed: progress.seed,
  });
  const notes = [
    t('progress.slot', { time: format.slotTime(slot), slot, slots }),
    t('progress.delivered', { delivered: format.count(progress.delivered) }),
    ...(progress.plans > 0 ? [t('progress.plans', { plans: progress.plans })] : []),
    t('progress.seconds', { seconds: format.exact(seconds) }),
  ];
  return (
    <section className="card" aria-labelledby="progress">
      <div className="progress-head">
        <h2 id="progress" aria-live="polite">
          {state === 'stopping' ? t('state.stopping') : run}
        </h2>
        {!isViewer && (
          <Button
            danger
            loading={state === 'stopping' || stop.isPending}
            onClick={() => stop.mutate(id)}
          >
            {t('progress.stop')}
          </Button>
        )}
      </div>
      <progress className="progress" max={1} value={done} aria-labelledby="progress">
        {format.percent(done)}
      </progress>
      <p className="note">{notes.join(' · ')}</p>
      <p className="note">{t(finished > 0 ? 'progress.partial' : 'progress.wait')}</p>
    </section>
  );
}
