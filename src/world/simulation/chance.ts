/**
 * Chance by name and number: the uniform number in [0, 1) of (seed, stream, a, b). Asked for in any
 * order, or not at all, it is the same, so that what one policy does never changes what another meets.
 * FNV-1a of "seed/stream", then two rounds of the murmur3 finaliser over a and b.
 */
export class Chance {
  readonly #base: number;

  constructor(seed: number, stream: string) {
    let hash = 2166136261;
    for (const letter of `${seed}/${stream}`) {
      hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
    }
    this.#base = mix(hash);
  }

  uniform(a: number, b: number): number {
    return (
      mix(mix(this.#base ^ Math.imul(a + 1, 0x9e3779b1)) ^ Math.imul(b + 1, 0x85ebca77)) / 2 ** 32
    );
  }

  /** Mean 0, spread 1, within ±3: a sum of three uniforms. */
  bell(a: number, b: number): number {
    const sum = this.uniform(a, 3 * b) + this.uniform(a, 3 * b + 1) + this.uniform(a, 3 * b + 2);
    return 2 * (sum - 1.5);
  }
}

function mix(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
