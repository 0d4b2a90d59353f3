/** Typed arrays on memory that worker threads share. */
export function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

function sharedDoubles(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}

export function sharedCopy(values: ArrayLike<number>): Int32Array {
  const copy = sharedInts(values.length);
  copy.set(values);
  return copy;
}

export function sharedDoublesCopy(values: ArrayLike<number>): Float64Array {
  const copy = sharedDoubles(values.length);
  copy.set(values);
  return copy;
}

/** Where each of several runs begins in a list of all, and at last the length of the list. */
export function startsOf(counts: ArrayLike<number>): Int32Array {
  const starts = sharedInts(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i] + counts[i];
  return starts;
}
