/** A larger column with the values of the old one. */
export function grown<A extends { set(values: A): void }>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
