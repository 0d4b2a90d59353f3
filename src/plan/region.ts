/**
 * The region that a place counts to: of a GB/T 2260 code (six digits) its province, the code with the
 * last four digits 0; any other identifier stands for itself. Hangzhou 330100 counts to 330000.
 */
export function regionOf(place: string): string {
  return /^[1-9]\d{5}$/.test(place) ? `${place.slice(0, 2)}0000` : place;
}
