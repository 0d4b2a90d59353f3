import { useDark } from '../frame/theme.ts';

/**
 * Colours of the charts. The steps of the load scale differ in lightness as well as hue, so that
 * they can be told apart without red and green; an overload is also ringed or hatched.
 */
export interface Palette {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly land: string;
  readonly border: string;
  readonly planned: string;
  readonly atOnce: string;
  readonly capacity: string;
  readonly price: string;
  /** Words about an overload. */
  readonly over: string;
  /** By load over capacity: see `loadStep`. */
  readonly steps: readonly [string, string, string, string];
  /** Parts of a cost, in the order drawn. */
  readonly parts: readonly string[];
  /** Release policies, in the order of their tables. */
  readonly policies: readonly string[];
}

const LIGHT: Palette = {
  text: '#1f2933',
  faint: '#5b6770',
  line: '#d5dbe1',
  surface: '#ffffff',
  land: '#eef1f4',
  border: '#b9c3cc',
  planned: '#0b5cad',
  atOnce: '#b8c4cf',
  capacity: '#1f2933',
  price: '#7a4fb5',
  over: '#b51d1a',
  steps: ['#9cc9ee', '#3d8fd6', '#e8a317', '#c8201d'],
  parts: ['#8aa4bd', '#3f5870', '#c9a227', '#7a4fb5', '#c06a1b', '#1c8172', '#b0466f', '#c9b8e4'],
  policies: ['#5b6770', '#b5651d', '#7a4fb5', '#0b5cad', '#1c8172'],
};

const DARK: Palette = {
  text: '#e3e8ed',
  faint: '#a3adb7',
  line: '#3a424b',
  surface: '#1a1e23',
  land: '#262c33',
  border: '#4a545e',
  planned: '#5aa9f2',
  atOnce: '#56616c',
  capacity: '#e3e8ed',
  price: '#b394e6',
  over: '#ff7a72',
  steps: ['#2f5f8a', '#5aa9f2', '#f0b73a', '#ff6259'],
  parts: ['#6f8aa5', '#a9c3dc', '#d9b84a', '#b394e6', '#e0904a', '#4bb8a6', '#dd7ba0', '#6b5a8e'],
  policies: ['#a3adb7', '#e0904a', '#b394e6', '#5aa9f2', '#4bb8a6'],
};

export function usePalette(): Palette {
  return useDark() ? DARK : LIGHT;
}

/** Upper ends of the first three steps of load over capacity. */
const STEP_ENDS = [0.7, 0.9, 1] as const;

/** 0: light, 1: busy, 2: full, 3: over capacity. */
export function loadStep(load: number, capacity: number): 0 | 1 | 2 | 3 {
  if (load > capacity) return 3;
  const ratio = capacity > 0 ? load / capacity : 0;
  if (ratio <= STEP_ENDS[0]) return 0;
  return ratio <= STEP_ENDS[1] ? 1 : 2;
}

export const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
