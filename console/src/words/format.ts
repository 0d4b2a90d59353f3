import type { Language } from '../frame/language.ts';

/** Numbers and times as a reader of the language writes them. */
export interface Format {
  /** 1,234 below ten thousand, then 万 and 亿, or thousands with commas and M from a million. */
  readonly count: (n: number) => string;
  /** For axes: three digits that matter. */
  readonly short: (n: number) => string;
  /** Every digit. */
  readonly exact: (n: number) => string;
  /** A share as per cent, `digits` after the point. */
  readonly percent: (share: number, digits?: number) => string;
  readonly decimal: (n: number, digits?: number) => string;
  /** A highest load over capacity; ∞ where the only overloads are of a closed resource. */
  readonly peak: (ratio: number, overloads: number) => string;
  /** The time of day and date of an instant, in the scenario's own offset. */
  readonly slotTime: (slot: number) => string;
  /** The same without the date. */
  readonly slotClock: (slot: number) => string;
  /** The date with its year. */
  readonly slotDay: (slot: number) => string;
  readonly slotDate: (slot: number) => string;
  /** A moment of the season's clock to the second, in the scenario's own offset. */
  readonly moment: (iso: string) => string;
  /** The same to the minute, and without the date. */
  readonly minute: (iso: string) => string;
  readonly clock: (iso: string) => string;
  /** An instant of this machine's clock. */
  readonly instant: (iso: string) => string;
}

export interface SlotClock {
  readonly start: string;
  readonly slotMinutes: number;
}

export function formatFor(language: Language, clock: SlotClock): Format {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const numbers = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', options);
  const times = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hourCycle: 'h23', ...options });
  const grouped = numbers({ maximumFractionDigits: 0 });
  const compact = numbers({ notation: 'compact', maximumSignificantDigits: 4 });
  const short = numbers({ notation: 'compact', maximumSignificantDigits: 3 });
  const month = language === 'zh' ? 'long' : 'short';
  const dateTime = times({ month, day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const hour = times({ hour: '2-digit', minute: '2-digit' });
  const date = times({ month, day: 'numeric' });
  const second = times({
    month,
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const day = times({ year: 'numeric', month, day: 'numeric' });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const shift = offsetMs(clock.start);
  const first = Date.parse(clock.start) + shift;
  const there = (iso: string) => new Date(Date.parse(iso) + shift);
  const at = (slot: number) => new Date(first + slot * clock.slotMinutes * 60_000);
  const groupedBelow = language === 'zh' ? 10_000 : 1_000_000;
  const percent = (share: number, digits = 0) =>
    numbers({
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(share);
  return {
    count: (n) => (Math.abs(n) < groupedBelow ? grouped : compact).format(n),
    short: (n) => short.format(n),
    exact: (n) => grouped.format(n),
    percent,
    peak: (ratio, overloads) => (overloads > 0 && ratio <= 1 ? '∞' : percent(ratio)),
    decimal: (n, digits = 1) =>
      numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n),
    slotTime: (slot) => dateTime.format(at(slot)),
    slotClock: (slot) => hour.format(at(slot)),
    slotDay: (slot) => day.format(at(slot)),
    slotDate: (slot) => date.format(at(slot)),
    moment: (iso) => second.format(there(iso)),
    minute: (iso) => dateTime.format(there(iso)),
    clock: (iso) => hour.format(there(iso)),
    instant: (iso) => instant.format(new Date(iso)),
  };
}

/** By how much a start's own wall clock is ahead of UTC. */
function offsetMs(start: string): number {
  const offset = /([+-])(\d\d):?(\d\d)$/.exec(start);
  const minutes = offset ? (offset[1] === '-' ? -1 : 1) * (+offset[2] * 60 + +offset[3]) : 0;
  return minutes * 60_000;
}
