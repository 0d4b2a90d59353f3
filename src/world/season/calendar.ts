import { Type } from 'typebox';
import { parseJson } from './json.js';

/**
 * The calendar of a season as data: national volume by day and the hours at which orders become
 * ready. Each figure in the file carries its mark and source; here only numbers are kept.
 */
export interface Calendar {
  readonly name: string;
  /** 亿 parcels on a day outside the calendar's days: what plants are rated for. */
  readonly ordinaryDay: number;
  /** 亿 parcels, mean of the inner peak: what `parcelsPerDay` stands for. */
  readonly peakDay: number;
  /** Weights of the 24 hours, by name. */
  readonly hours: Readonly<Record<string, readonly number[]>>;
  /** By local date, YYYY-MM-DD. */
  readonly days: ReadonlyMap<string, { readonly volume: number; readonly hours: string }>;
}

const Volume = Type.Number({ minimum: 0 });
const CalendarFile = Type.Object({
  name: Type.String(),
  ordinaryDay: Type.Object({ yi: Type.Number({ exclusiveMinimum: 0 }) }),
  peakDay: Type.Object({ yi: Type.Number({ exclusiveMinimum: 0 }) }),
  hours: Type.Record(Type.String(), Type.Array(Volume, { minItems: 24, maxItems: 24 })),
  days: Type.Array(
    Type.Object({
      date: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
      yi: Volume,
      hours: Type.String(),
    }),
  ),
});

/** The calendar of a file, or a sentence on the first thing wrong. */
export function parseCalendar(text: string): Calendar | string {
  const file = parseJson(CalendarFile, text);
  if (typeof file === 'string') return file;
  const { name, ordinaryDay, peakDay, hours, days } = file.value;
  if (hours.ordinary === undefined) return 'hours.ordinary is missing';
  const empty = Object.keys(hours).find((profile) =>
    hours[profile].every((weight) => weight === 0),
  );
  if (empty !== undefined) return `hours.${empty} must not be all 0`;
  const lost = days.findIndex((day) => hours[day.hours] === undefined);
  if (lost >= 0) return `days.${lost}.hours names no profile of hours`;
  return {
    name,
    ordinaryDay: ordinaryDay.yi,
    peakDay: peakDay.yi,
    hours,
    days: new Map(days.map((day) => [day.date, { volume: day.yi, hours: day.hours }])),
  };
}

/**
 * Volume that becomes ready in each slot of [from, until), in 亿: slot t is minutes
 * [t, t + 1) · slotMinutes after `start`, at the local time of `start`'s offset.
 */
export function readyVolumes(
  calendar: Calendar,
  start: string,
  slotMinutes: number,
  from: number,
  until: number,
): Float64Array {
  const local = localMinutes(start);
  const volumes = new Float64Array(until - from);
  for (let t = from; t < until; t++) {
    let minute = local + t * slotMinutes;
    const end = minute + slotMinutes;
    while (minute < end) {
      const next = Math.min(end, Math.floor(minute / 60 + 1) * 60);
      volumes[t - from] += ((next - minute) / 60) * hourVolume(calendar, Math.floor(minute / 60));
      minute = next;
    }
  }
  return volumes;
}

/** Minutes since 1970 on the clock of the place whose offset `start` has. */
function localMinutes(start: string): number {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(start);
  const minutes = offset
    ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3]))
    : 0;
  return Date.parse(start) / 60_000 + minutes;
}

function hourVolume(calendar: Calendar, hour: number): number {
  const date = new Date(Math.floor(hour / 24) * 86_400_000).toISOString().slice(0, 10);
  const day = calendar.days.get(date);
  const weights = calendar.hours[day?.hours ?? 'ordinary'];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return ((day?.volume ?? calendar.ordinaryDay) * weights[((hour % 24) + 24) % 24]) / sum;
}
