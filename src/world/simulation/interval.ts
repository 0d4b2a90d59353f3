/** An interval in which the true value lies with 95 % confidence; NaN where it cannot be told. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Mean of independent values with its interval. */
export interface MeanInterval extends Interval {
  /** Values: seeds. */
  readonly n: number;
  readonly mean: number;
}

const CONFIDENCE = 0.95;
/** z: a normal value lies within ±z with `CONFIDENCE`. */
const NORMAL = 1.959963984540054;

/**
 * mean ± t · s / √n, with s² = Σ (x − mean)² / (n − 1) and t the quantile of Student's distribution with
 * n − 1 degrees of freedom. Holds exactly for normal values; for others the better the more there are.
 * Without values the mean is NaN; with one value there is no interval.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  if (n < 2) return { n, mean, low: Number.NaN, high: Number.NaN };
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/**
 * Wilson's interval for a chance of which `hits` of `n` independent trials are known: all p with
 * |hits/n − p| ≤ z · √(p (1 − p) / n). Unlike mean ± error it is no point where all or none hit.
 */
export function wilsonInterval(hits: number, n: number): Interval {
  const share = hits / n;
  const square = NORMAL ** 2 / n;
  const centre = (share + square / 2) / (1 + square);
  const half = Math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square);
  return {
    low: hits === 0 ? 0 : centre - half,
    high: hits === n ? 1 : centre + half,
  };
}

/** t with P(|T| ≤ t) = `CONFIDENCE` for Student's T with `freedom` ≥ 1 degrees; t = √freedom · tan θ. */
export function studentQuantile(freedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (;;) {
    const angle = (low + high) / 2;
    if (angle <= low || angle >= high) return Math.sqrt(freedom) * Math.tan(angle);
    if (studentWithin(angle, freedom) < CONFIDENCE) low = angle;
    else high = angle;
  }
}

/**
 * P(|T| ≤ √ν · tan θ) by the finite sums for whole ν. O(ν).
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
function studentWithin(angle: number, freedom: number): number {
  const cosine = Math.cos(angle);
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 2 : 1; k < freedom - 1; k += 2) {
    term *= (k / (k + 1)) * cosine ** 2;
    sum += term;
  }
  const within = Math.sin(angle) * sum;
  return isOdd ? (2 / Math.PI) * (angle + within) : within;
}
