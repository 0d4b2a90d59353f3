import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimulationAnswer } from '../api/simulations.ts';
import { type ShownRuns, useCurves } from '../api/simulations.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useSeed } from './choices.ts';
import { Curves } from './curves.tsx';
import { Hubs } from './hubs.tsx';
import { slotsShown } from './shown-slots.ts';
import { SimulatedHolds } from './simulated-holds.tsx';

/** The runs of one seed, slot by slot. */
export function RunBySlot({ simulation }: { simulation: SimulationAnswer }) {
  const { scenario } = useShownSeason();
  const { id, runs } = simulation;
  const seeds = useMemo(() => [...new Set(runs.map((run) => run.seed))], [runs]);
  const [seed, choose] = useSeed(seeds);
  const shown: ShownRuns = { id, seed, finished: runs.filter((run) => run.seed === seed).length };
  const curves = useCurves(shown);
  return (
    <>
      {seeds.length > 1 && <SeedSelect {...{ seeds, seed, choose }} />}
      <Answer query={curves}>
        {(answer) => {
          const slots = slotsShown(answer, scenario);
          return (
            <>
              <Curves curves={answer} slots={slots} />
              <Hubs shown={shown} curves={answer} slots={slots} />
              <SimulatedHolds shown={shown} />
            </>
          );
        }}
      </Answer>
    </>
  );
}

interface SeedSelectProps {
  readonly seeds: readonly number[];
  readonly seed: number;
  readonly choose: (seed: number) => void;
}

function SeedSelect({ seeds, seed, choose }: SeedSelectProps) {
  const { t } = useTranslation('simulate');
  return (
    <div className="run-choice">
      <h2>{t('runs.title')}</h2>
      <Select
        aria-label={t('runs.choose')}
        value={seed}
        onChange={choose}
        options={seeds.map((value) => ({ value, label: t('runs.seed', { seed: value }) }))}
      />
    </div>
  );
}
