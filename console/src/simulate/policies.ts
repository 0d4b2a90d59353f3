import type { AskedSimulation } from '../api/simulations.ts';
import type { Palette } from '../chart/palette.ts';

export type Policy = AskedSimulation['policies'][number];

/** In the order of tables: as today, what others do, ours, the limit. */
export const POLICIES: readonly Policy[] = [
  'at-once',
  'throttle',
  'first-served',
  'plan',
  'foresight',
];

/** Lines differ in their dashes as well as their colours. */
const DASHES: Readonly<Record<Policy, number[] | 'solid'>> = {
  'at-once': [2, 3],
  throttle: [8, 4],
  'first-served': [10, 3, 2, 3],
  plan: 'solid',
  foresight: [4, 2],
};

export interface LineStyle {
  readonly color: string;
  readonly type: number[] | 'solid';
  readonly width: number;
}

export function lineOf(policy: Policy, palette: Palette): LineStyle {
  const color = palette.policies[POLICIES.indexOf(policy)];
  return { color, type: DASHES[policy], width: policy === 'plan' ? 2.5 : 2 };
}
