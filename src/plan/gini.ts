/**
 * How unequally something falls on groups: the Gini coefficient between them,
 *
 *     G = Σ over i, j of n_i · n_j · |x_i − x_j|  /  ( 2 · N² · x̄ ),   N = Σ n_i,  x̄ = Σ n_i·x_i / N
 *
 * with n_i parcels in group i and x_i ≥ 0 what each of them bears, on average. 0 when every group bears
 * the same (or nothing at all), towards 1 when one small group bears everything. Groups count by their
 * parcels, so splitting one in two equal ones changes nothing. Cost: one sort.
 *
 * Example: n = 1, 1 and x = 0, 2: G = (2·1·1·2) / (2·4·1) = 0.5.
 */
export function giniOf(groups: readonly { readonly n: number; readonly x: number }[]): number {
  // Over rising x the double sum is 2·Σ n_i·(x_i·before_i − borne_i), before and borne running totals.
  let before = 0;
  let borne = 0;
  let spread = 0;
  for (const { n, x } of groups.toSorted((a, b) => a.x - b.x)) {
    spread += n * (x * before - borne);
    before += n;
    borne += n * x;
  }
  return borne === 0 ? 0 : spread / (before * borne);
}
