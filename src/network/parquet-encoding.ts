/** A block of bytes that grows as it is written. */
export class Block {
  bytes = new Uint8Array(1 << 12);
  at = 0;

  /** Makes room for `more` bytes after `at`. */
  reserve(more: number): void {
    const needed = this.at + more;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  put(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** `count` bytes, little-endian. */
  putInteger(value: number, count: number): void {
    this.reserve(count);
    for (let i = 0; i < count; i++) {
      this.bytes[this.at++] = value % 256;
      value = Math.floor(value / 256);
    }
  }

  putVarint(value: number): void {
    for (; value >= 128; value = Math.floor(value / 128)) this.putInteger((value % 128) + 128, 1);
    this.putInteger(value, 1);
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }
}

/**
 * Parquet's hybrid of run-length and bit-packed encoding, of values[0, n) < 2^width, width ≤ 24
 * (github.com/apache/parquet-format, Encodings.md). Runs of eight and more equal values become one
 * run; all else is packed in groups of eight. O(n).
 */
export function putHybrid(out: Block, values: Int32Array, n: number, width: number): void {
  let packedFrom = 0;
  let i = 0;
  while (i < n) {
    const value = values[i];
    let end = i + 1;
    while (end < n && values[end] === value) end += 1;
    const toWholeGroup = (8 - ((i - packedFrom) & 7)) & 7;
    if (end - i - toWholeGroup >= 8) {
      i += toWholeGroup;
      if (i > packedFrom) putPacked(out, values, packedFrom, i, width);
      out.putVarint((end - i) * 2);
      out.putInteger(value, (width + 7) >> 3);
      packedFrom = end;
    }
    i = end;
  }
  if (n > packedFrom) putPacked(out, values, packedFrom, n, width);
}

/** One bit-packed run of values[from, until), filled up with zeros to a whole group of eight. */
function putPacked(
  out: Block,
  values: Int32Array,
  from: number,
  until: number,
  width: number,
): void {
  const groups = (until - from + 7) >> 3;
  out.putVarint(groups * 2 + 1);
  out.reserve(groups * width);
  const end = out.at + groups * width;
  const { bytes } = out;
  let { at } = out;
  let pending = 0;
  let bits = 0;
  for (let i = from; i < until; i++) {
    pending |= values[i] << bits;
    bits += width;
    while (bits >= 8) {
      bytes[at++] = pending & 255;
      pending >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) bytes[at++] = pending;
  bytes.fill(0, at, end);
  out.at = end;
}

/**
 * Takes n values of `width` bits from the hybrid encoding in bytes[at, until). O(n).
 *
 * @throws Error where the bytes end before the values do.
 */
export function takeHybrid(
  bytes: Uint8Array,
  at: number,
  until: number,
  width: number,
  out: Int32Array,
  n: number,
): void {
  if (width === 0) return; // all are 0, and so is a new array
  if (width > 24) throw new Error(`values of ${width} bits are not read`);
  for (let i = 0; i < n; ) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= until) throw new Error('a page ends before its values do');
      const byte = bytes[at++];
      header |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const count = Math.min(n - i, header & 1 ? (header >>> 1) * 8 : header >>> 1);
    if (header & 1) {
      takePacked(bytes, at, width, out, i, count);
      at += (header >>> 1) * width;
    } else {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= bytes[at++] << shift;
      out.fill(value, i, i + count);
    }
    i += count;
  }
}

function takePacked(
  bytes: Uint8Array,
  at: number,
  width: number,
  out: Int32Array,
  from: number,
  count: number,
): void {
  const mask = 2 ** width - 1;
  let pending = 0;
  let bits = 0;
  for (let i = from; i < from + count; i++) {
    while (bits < width) {
      pending |= bytes[at++] << bits;
      bits += 8;
    }
    out[i] = pending & mask;
    pending >>>= width;
    bits -= width;
  }
}

/** Bits to write the numbers 0 … count−1; at least 1. */
export function bitWidth(count: number): number {
  return Math.max(1, 32 - Math.clz32(count - 1));
}
