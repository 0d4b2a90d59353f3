import type { FileCell } from './orders.ts';

/** What files without a zone mean. */
const OFFSET = '+08:00';
/** Days from spreadsheets' day 0 to 1970; and numbers that are taken for days: 2000 to 2100. */
const DAYS_TO_1970 = 25_569;
const FIRST_DAY = 36_526;
const LAST_DAY = 73_050;
const DAY_MS = 86_400_000;

/** 2020-11-11, 2020/11/11, 2020.11.11, 2020年11月11日, 20201111. */
const DATE = String.raw`(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))`;
/** 8:00, 08:00:00, 8点, 8时30分, with a fraction that is cut off. */
const TIME = String.raw`(\d{1,2})[:点时](?:(\d{1,2})[:分]?)?(?:(\d{1,2})秒?)?(?:\.\d+)?`;
const ZONE = String.raw`(Z|[+-]\d\d:?\d\d)?`;
const FORM = new RegExp(`^${DATE}(?:[T ]*${TIME}\\s*${ZONE})?$`, 'i');

/**
 * A time as the gate takes it, ISO 8601 with seconds and offset; undefined where the cell holds none. Without a zone it is China's,
 * without a time of day the day's beginning.
 */
export function chinaTime(cell: FileCell): string | undefined {
  if (cell instanceof Date) return fromWallClock(cell.getTime());
  if (typeof cell === 'number') {
    if (cell < FIRST_DAY || cell > LAST_DAY) return undefined;
    return fromWallClock(Math.round((cell - DAYS_TO_1970) * 86_400) * 1000);
  }
  if (typeof cell !== 'string') return undefined;
  const match = FORM.exec(cell.normalize('NFKC').trim());
  if (!match) return undefined;
  const [, year, month = match[4], day = match[5], , , hour, minute, second, zone] = match;
  const parts = [year, month, day, hour, minute, second].map((part) => Number(part ?? 0));
  const wall = wallClock(parts);
  return wall === undefined ? undefined : `${wall}${offsetOf(zone)}`;
}

function fromWallClock(ms: number): string | undefined {
  // Spreadsheets keep days as fractions: a second is the least that they mean.
  const whole = Math.round(ms / 1000) * 1000;
  if (!Number.isFinite(whole) || Math.abs(whole) > 100_000 * DAY_MS) return undefined;
  return `${new Date(whole).toISOString().slice(0, 19)}${OFFSET}`;
}

/** Date and time that there are; undefined: 31 April, 25 o'clock. */
function wallClock([year, month, day, hour, minute, second]: number[]): string | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 19);
}

function offsetOf(zone: string | undefined): string {
  if (zone === undefined) return OFFSET;
  if (zone.toUpperCase() === 'Z') return 'Z';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}
