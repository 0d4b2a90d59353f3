import type { FigureName, FigureOfPolicy } from '../api/simulations.ts';
import type { Format } from '../words/format.ts';

/** What the big figures are, in the Bureau's order: two no's and three guarantees. */
export const NOS = ['gridlockHours', 'importantOverflowHours'] as const;
export const GUARANTEES = ['smooth', 'safe', 'steady'] as const;

export type Verdict = 'good' | 'fair' | 'bad';

/** Bounds of the three guarantees: ours, for no rule sets any. */
interface Bounds {
  /** Kept up to here, or from here where more is better. */
  readonly good: number;
  /** Broken beyond. */
  readonly bad: number;
}

export const BOUNDS: Readonly<Record<(typeof GUARANTEES)[number], Bounds>> = {
  smooth: { good: 1.1, bad: 1.5 },
  safe: { good: 0.98, bad: 0.9 },
  steady: { good: 1.25, bad: 1.5 },
};

/** A no that is kept in so many of the runs is borderline: now and then, not as a rule. */
const MOSTLY = 0.95;

export function isGuarantee(name: FigureName): name is (typeof GUARANTEES)[number] {
  return GUARANTEES.some((guarantee) => guarantee === name);
}

export function judgeNo({ n, zero }: FigureOfPolicy): Verdict {
  const kept = zero?.seeds ?? 0;
  if (kept === n) return 'good';
  return kept >= MOSTLY * n ? 'fair' : 'bad';
}

export function judgeGuarantee(name: (typeof GUARANTEES)[number], mean: number): Verdict {
  const { good, bad } = BOUNDS[name];
  const sign = isBetterMore(name) ? -1 : 1;
  if (sign * mean <= sign * good) return 'good';
  return sign * mean > sign * bad ? 'bad' : 'fair';
}

/** Of the others, less is better; of what is ready neither. */
const BETTER_MORE: readonly FigureName[] = ['safe', 'within72', 'delivered'];

export function isBetterMore(name: FigureName): boolean {
  return BETTER_MORE.includes(name);
}

/** A share above it would be rounded to all. */
const NEARLY_ALL = 0.999;

/** Figures between 0 and 1: their intervals, made for any number, end there. */
const SHARES: readonly FigureName[] = ['safe', 'within72', 'holdInequality'];

/** An interval as text, cut to what the figure can be. */
export function showInterval(
  name: FigureName,
  interval: { readonly low: number; readonly high: number },
  format: Format,
): { low: string; high: string } {
  const most = SHARES.includes(name) ? 1 : Infinity;
  return {
    low: showFigure(name, Math.max(0, interval.low), format),
    high: showFigure(name, Math.min(most, interval.high), format),
  };
}

/** A value as its figure is written, without its unit. */
export function showFigure(name: FigureName, value: number, format: Format): string {
  switch (name) {
    case 'safe':
    case 'within72':
      return format.percent(value, value > NEARLY_ALL && value < 1 ? 2 : 1);
    case 'smooth':
    case 'steady':
    case 'holdInequality':
      return format.decimal(value, 2);
    case 'outsideMost':
    case 'ready':
    case 'delivered':
      return format.count(value);
    default:
      return Math.abs(value) >= 100 || Number.isInteger(value)
        ? format.exact(value)
        : format.decimal(value);
  }
}

/** A difference with its sign; shares, as per cent, differ by points. */
export function showDifference(name: FigureName, value: number, format: Format): string {
  const size = Math.abs(value);
  const text = isPercent(name) ? format.decimal(100 * size) : showFigure(name, size, format);
  if (!/[1-9]/.test(text)) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}

export function isPercent(name: FigureName): boolean {
  return name === 'safe' || name === 'within72';
}
