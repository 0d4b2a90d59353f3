import { useEffect, useState } from 'react';
import type { TicketSum, TicketsSummary } from '../../../src/client/api.ts';
import type { Season } from '../words/season.tsx';

const MINUTE_MS = 60_000;
/** How often the clock on the page is set. */
const TICK_MS = 5000;

/** The slot in which an instant falls. */
export function slotOf({ scenario }: Season, iso: string | number): number {
  const ms = typeof iso === 'number' ? iso : Date.parse(iso);
  return Math.floor((ms - Date.parse(scenario.start)) / (scenario.slotMinutes * MINUTE_MS));
}

/** The start of a slot as the gate writes it: with the season's own offset. */
export function slotStart({ scenario }: Season, slot: number): string {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(scenario.start) ?? [];
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (60 * +hours + +minutes) * MINUTE_MS;
  const ms = Date.parse(scenario.start) + slot * scenario.slotMinutes * MINUTE_MS;
  const text = new Date(ms + offset).toISOString().slice(0, 19);
  return sign === undefined ? `${text}Z` : `${text}${sign}${hours}:${minutes}`;
}

/** The season's clock, milliseconds since 1970: as the server last told it, and going on. */
export function useSeasonNow({ at }: TicketsSummary, heardAt: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.parse(at) + (Date.now() - heardAt);
}

type Figures = Omit<TicketSum, 'operator' | 'slotStart' | 'destination'>;

const NOTHING: Figures = {
  share: 0,
  ready: 0,
  issued: 0,
  confirmed: 0,
  pickedUp: 0,
  cancelled: 0,
  lapsed: 0,
  heldHours: 0,
  tickets: 0,
};

/** Figures of a slot, operators together or one of them. */
export interface SlotSum extends Figures {
  readonly slot: number;
}

/** All slots of the season, those without a ticket as well. */
export function sumBySlot(season: Season, rows: readonly TicketSum[]): SlotSum[] {
  const { slots } = season.scenario;
  const sums = Array.from({ length: slots }, (_, slot) => ({ slot, ...NOTHING }));
  for (const row of rows) {
    const sum = sums[slotOf(season, row.slotStart ?? '')];
    if (sum) addTo(sum, row);
  }
  return sums;
}

export function total(rows: readonly Figures[]): Figures {
  const sum = { ...NOTHING };
  for (const row of rows) addTo(sum, row);
  return sum;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function addTo(sum: Mutable<Figures>, row: Figures): void {
  sum.share += row.share;
  sum.ready += row.ready;
  sum.issued += row.issued;
  sum.confirmed += row.confirmed;
  sum.pickedUp += row.pickedUp;
  sum.cancelled += row.cancelled;
  sum.lapsed += row.lapsed;
  sum.heldHours += row.heldHours;
  sum.tickets += row.tickets;
}

/** Parcels that go in a slot for certain. */
export function gone({ confirmed, pickedUp }: Figures): number {
  return confirmed + pickedUp;
}

/** Parcels of tickets that were not given back: what the slot was drawn for. */
export function ticketed({ issued, confirmed, pickedUp, lapsed }: Figures): number {
  return issued + confirmed + pickedUp + lapsed;
}
