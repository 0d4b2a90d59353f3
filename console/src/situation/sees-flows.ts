import type { SituationFigures } from '../../../src/client/api.ts';

/** Whoever sees only how full hubs are is told nothing of what moves, and shown no empty place for it. */
export function seesFlows({ stopped, smooth }: SituationFigures): boolean {
  return stopped.of !== null || smooth.of !== null;
}
