import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpen, listSimulations, type SimulationSummary } from '../api/simulations.ts';
import { followWork, type Work } from '../frame/work.ts';
import { shareDone } from './progress.tsx';

/** While one runs, the frame tells how far it is, wherever one goes. */
export function useFollowedWork(
  made: { readonly simulations: readonly SimulationSummary[] } | undefined,
): void {
  const { t } = useTranslation('simulate');
  const name = useRef('');
  name.current = t('work');
  const open = made?.simulations.find(isOpen)?.id;
  useEffect(() => {
    if (open === undefined) return;
    followWork('simulate', async () => {
      const { simulations } = await listSimulations();
      return simulations.filter(isOpen).map((each) => workOf(each, name.current));
    });
  }, [open]);
}

function workOf({ id, progress }: SimulationSummary, name: string): Work {
  return { id, name, share: shareDone(progress), page: 'simulate', chosen: { simulation: id } };
}
