/**
 * Sums of hashes: what a set is, whatever its order. A member is mixed by eight rounds of the permutation of Chaskey
 * into 128 bits, and the sum is taken in four lanes of 32 bits, each modulo 2³². Sums of disjoint sets add, and a
 * member is taken out by subtracting it. They find faults, not forgers: who may choose members can make sums meet.
 *
 * Source of the permutation: Mouha et al., Chaskey: An Efficient MAC Algorithm for 32-bit Microcontrollers, 2014.
 */
export class HashSum {
  readonly lanes = new Int32Array(4);

  /** Adds a member of four words, so many times; −1 takes it out. */
  add(v0: number, v1: number, v2: number, v3: number, times: number): void {
    let a = v0 ^ 0x9e3779b9;
    let b = v1;
    let c = v2;
    let d = v3;
    for (let round = 0; round < 8; round++) {
      a = (a + b) | 0;
      b = ((b << 5) | (b >>> 27)) ^ a;
      a = (a << 16) | (a >>> 16);
      c = (c + d) | 0;
      d = ((d << 8) | (d >>> 24)) ^ c;
      a = (a + d) | 0;
      d = ((d << 13) | (d >>> 19)) ^ a;
      c = (c + b) | 0;
      b = ((b << 7) | (b >>> 25)) ^ c;
      c = (c << 16) | (c >>> 16);
    }
    const { lanes } = this;
    lanes[0] += Math.imul(a, times);
    lanes[1] += Math.imul(b, times);
    lanes[2] += Math.imul(c, times);
    lanes[3] += Math.imul(d, times);
  }

  /** Adds another sum. */
  merge(lanes: Int32Array): void {
    for (let i = 0; i < 4; i++) this.lanes[i] += lanes[i];
  }
}

/** A word of a run of bytes (FNV-1a); 0 of none. */
export function bytesWord(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  let word = 0x811c9dc5;
  for (let i = start; i < end; i++) word = Math.imul(word ^ bytes[i], 16777619);
  return word;
}
