/**
 * Ids for orders of a file that has none: a hash of what the order says, and how many equal ones stand before it. Importing the file
 * again, mended elsewhere or with rows moved, asks the same of the gate, which answers each id once (G2).
 */
export class RowIds {
  readonly #seen = new Map<string, number>();

  next(content: readonly (string | number | boolean | undefined)[]): string {
    const text = JSON.stringify(content);
    const before = this.#seen.get(text) ?? 0;
    this.#seen.set(text, before + 1);
    const whole = `${text}#${before}`;
    return `f-${letters(hash53(whole, 1))}${letters(hash53(whole, 2))}`;
  }
}

/** Letters only: digits in a row would look like a telephone number. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz';
/** 24 ** 12 > 2 ** 53. */
const LETTERS = 12;

function letters(value: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < LETTERS; i++) {
    text += ALPHABET[rest % ALPHABET.length];
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/**
 * 53 bits of a text: two multiplicative hashes of 32 bits, mixed at the end. Two with different seeds make ids of 106 bits,
 * so that 50,000 orders meet by chance once in 10²² files.
 */
function hash53(text: string, seed: number): number {
  let low = 0x9e3779b1 ^ seed;
  let high = 0x85ebca6b ^ Math.imul(seed, 0xc2b2ae35);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x27d4eb2f);
    high = Math.imul(high ^ code, 0x165667b1);
    low ^= high >>> 15;
    high ^= low >>> 13;
  }
  low = Math.imul(low ^ (low >>> 16), 0x7feb352d) ^ Math.imul(high ^ (high >>> 15), 0x846ca68b);
  high = Math.imul(high ^ (high >>> 16), 0x7feb352d) ^ Math.imul(low ^ (low >>> 15), 0x846ca68b);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
