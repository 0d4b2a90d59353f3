/**
 * Seeded chance with named streams: what one part of a world draws never shifts what another draws,
 * and the same seed gives the same numbers on every machine.
 *
 * A stream is xoshiro128** (Blackman and Vigna 2018) on 4 × 32 bits, filled by splitmix32 from an
 * FNV-1a hash of "seed/name".
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number, name: string) {
    let mix = fnv1a(`${seed}/${name}`);
    const next = (): number => {
      mix = (mix + 0x9e3779b9) | 0;
      let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1;
  }

  /** Uniform in [0, 1), 32 bits. */
  uniform(): number {
    const spun = Math.imul(this.#b, 5);
    const result = Math.imul((spun << 7) | (spun >>> 25), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return (result >>> 0) / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Positive, of mean about 1 and relative spread about `spread`: exp of a sum of three uniforms. */
  factor(spread: number): number {
    const bell = (this.uniform() + this.uniform() + this.uniform() - 1.5) * 2;
    return Math.exp(spread * bell - (spread * spread) / 2);
  }
}

function fnv1a(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash | 0;
}
