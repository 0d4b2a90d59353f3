const B = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429] as const;

/** Standard normal distribution function; error below 7.5e-8. Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17. */
export function normalBelow(z: number): number {
  if (z === 0) return 0.5;
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  let sum = 0;
  for (let i = B.length - 1; i >= 0; i--) sum = (sum + B[i]) * t;
  const above = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return z > 0 ? 1 - above : above;
}
