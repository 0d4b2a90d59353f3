/** GB/T 2260's own code for all of the nation. */
export const NATION = '000000';

/** The province of a code; what is no code of a region is its own. */
export function provinceOf(code: string): string {
  return /^\d{6}$/.test(code) ? `${code.slice(0, 2)}0000` : code;
}

/** Whether a region has all that a code stands for: pairs of zeros at the end stand for any. */
export function isWithin(region: string, code: string): boolean {
  return code.startsWith(region.replace(/(00)+$/, ''));
}

/** From the nation to a region, as far down as that goes. */
export function regionsTo(region: string): string[] {
  const way = [NATION, provinceOf(region), region];
  return way.filter((code, i) => way.indexOf(code) === i);
}

/** The regions of the next level below one, as far as codes lie in them. */
export function regionsBelow(region: string, codes: Iterable<string>): string[] {
  const below = new Set<string>();
  for (const code of codes) {
    if (!isWithin(region, code)) continue;
    below.add(region === NATION ? provinceOf(code) : code);
  }
  below.delete(region);
  return [...below].toSorted();
}
