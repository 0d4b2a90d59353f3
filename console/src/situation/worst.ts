/** The numbers of the largest values, the largest first, equal ones by number; what is not known is none of them. */
export function largest(
  values: { readonly [n: number]: number },
  among: Int32Array,
  most: number,
): number[] {
  const found: number[] = [];
  for (const n of among) {
    const value = values[n];
    if (Number.isNaN(value)) continue;
    if (found.length === most && value <= values[found[most - 1]]) continue;
    let at = found.length;
    while (at > 0 && values[found[at - 1]] < value) at--;
    found.splice(at, 0, n);
    if (found.length > most) found.pop();
  }
  return found;
}

/** How many of a column's values are above a bound. */
export function countAbove(
  values: { readonly [n: number]: number },
  among: Int32Array,
  bound: number,
): number {
  let count = 0;
  for (const n of among) if (values[n] > bound) count++;
  return count;
}
