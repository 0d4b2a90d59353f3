/**
 * An instant as requests write it: ISO 8601 in the form of RFC 3339, seconds and offset always there, up to three
 * decimals, 1970 to 9999, no leap second. A schema that has this pattern and the format `date-time` accepts the same.
 */
export const INSTANT_PATTERN =
  '^(?:19[7-9][0-9]|[2-9][0-9]{3})-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]' +
  '(?:\\.[0-9]{1,3})?(?:Z|[+-][0-2][0-9]:[0-5][0-9])$';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE_MS = 60_000;
const [DASH, COLON, T, DOT, Z, PLUS] = Array.from('-:T.Z+', (c) => c.charCodeAt(0));

/** Milliseconds since 1970 of an instant, NaN where the text is none. */
export function parseInstant(text: string): number {
  const year = 100 * two(text, 0) + two(text, 2);
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  if (!isShaped(text) || !(year >= 1970) || !isDay(year, month, day)) return Number.NaN;
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  const offsetAt = text.charCodeAt(19) === DOT ? endOfDigits(text, 20) : 19;
  if (offsetAt === 20 || offsetAt > 23) return Number.NaN;
  const ms = offsetAt > 19 ? Math.round(1000 * Number(text.slice(19, offsetAt))) : 0;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return local - MINUTE_MS * offset(text, offsetAt);
}

/** What stands between the numbers. */
function isShaped(text: string): boolean {
  return (
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON
  );
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= DAYS[month - 1] + (leap ? 1 : 0);
}

/** Minutes east of Greenwich, by what stands from `at` to the end. */
function offset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === Z) return text.length === at + 1 ? 0 : Number.NaN;
  if (sign !== PLUS && sign !== DASH) return Number.NaN;
  if (text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return Number.NaN;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!(hours < 24 && minutes < 60)) return Number.NaN;
  return (sign === PLUS ? 1 : -1) * (60 * hours + minutes);
}

/** The number that two digits write, NaN where there are none. */
function two(text: string, at: number): number {
  return 10 * digit(text, at) + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (digit(text, at) >= 0) at++;
  return at;
}
