import type { Scenario } from '../../network/scenario.js';
import { Random } from '../random.js';
import { Chance } from '../simulation/chance.js';
import { ScanRows, Spoilt } from './scan-rows.js';

/** How often what goes wrong; all modelled. Shares are of scans unless said otherwise. */
export interface Rates {
  /** Sent a second time, within minutes. */
  readonly duplicates: number;
  /** Seconds at most that any scan is under way: they overtake one another. */
  readonly disorderSeconds: number;
  /** Kept in a device without a connection, and for how long on average. */
  readonly late: number;
  readonly lateHours: number;
  /** Chance that a resource is silent on a day, for up to so many hours; then all comes at once. */
  readonly gaps: number;
  readonly gapHours: number;
  /** Sent before with a clock a year ahead. */
  readonly future: number;
  /** Sent before with a kind or a resource that nobody knows. */
  readonly unknown: number;
}

/** How scans come: in order and once, or as they do in the field. */
export const SPOILS = {
  clean: undefined,
  field: {
    duplicates: 0.01,
    disorderSeconds: 20,
    late: 0.03,
    lateHours: 1.5,
    gaps: 0.02,
    gapHours: 5,
    future: 3e-4,
    unknown: 3e-4,
  },
} as const satisfies Record<string, Rates | undefined>;

export type SpoilName = keyof typeof SPOILS;

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** A device finds a connection again within so many hours. */
const LATE_HOURS_MOST = 24;

/**
 * Spoils the way of scans to who counts, never what happened: every true scan arrives, and what arrives beside is a copy of
 * it, or nothing that could be counted. So the picture, once all has come, is that of the scans unspoilt (P7).
 */
export class Spoiler {
  readonly #random: Random;
  readonly #gaps: Chance;
  readonly #slotMs: number;
  /** Sent in slots to come. */
  readonly #coming = new Map<number, ScanRows>();

  constructor(
    { slotMinutes }: Scenario,
    private readonly rates: Rates,
    seed: number,
  ) {
    this.#slotMs = slotMinutes * 60_000;
    this.#random = new Random(seed, 'spoilt scans');
    this.#gaps = new Chance(seed, 'silent resources');
  }

  get isOver(): boolean {
    return this.#coming.size === 0;
  }

  /** What was scanned in slot t joins; what is sent in it, in order. */
  endSlot(t: number, scanned: ScanRows): ScanRows {
    for (let i = 0; i < scanned.count; i++) this.#take(scanned, i, t);
    const rows = this.#coming.get(t);
    this.#coming.delete(t);
    return rows ? rows.sorted() : new ScanRows();
  }

  #take(rows: ScanRows, i: number, t: number): void {
    const { duplicates, future, unknown } = this.rates;
    const random = this.#random;
    const sentAt = this.#sentAt(rows.at[i], rows.resource[i]);
    this.#send(rows, i, sentAt, t);
    if (random.uniform() < duplicates) {
      this.#send(rows, i, sentAt + Math.floor(600_000 * random.uniform()), t);
    }
    if (random.uniform() < future) {
      const { rows: own, i: k } = this.#send(rows, i, rows.at[i], t);
      own.at[k] += YEAR_MS;
    }
    if (random.uniform() < unknown) {
      const { rows: own, i: k } = this.#send(rows, i, rows.at[i], t);
      own.spoilt[k] = random.uniform() < 0.5 ? Spoilt.kind : Spoilt.resource;
    }
  }

  #sentAt(at: number, resource: number): number {
    const { disorderSeconds, late, lateHours } = this.rates;
    const random = this.#random;
    let sentAt = at + 1000 * disorderSeconds * random.uniform();
    if (random.uniform() < late) {
      const hours = -Math.log(1 - random.uniform()) * lateHours;
      sentAt += Math.min(hours, LATE_HOURS_MOST) * HOUR_MS;
    }
    return Math.floor(Math.max(sentAt, this.#silentUntil(at, resource)));
  }

  /** The end of the resource's silence at a moment; the moment itself where it is not silent. */
  #silentUntil(at: number, resource: number): number {
    const { gaps, gapHours } = this.rates;
    const day = Math.floor(at / (24 * HOUR_MS));
    if (this.#gaps.uniform(resource, 3 * day) >= gaps) return at;
    const hours = gapHours * (1 - 0.5 * this.#gaps.uniform(resource, 3 * day + 1));
    const from = (24 * day + (24 - hours) * this.#gaps.uniform(resource, 3 * day + 2)) * HOUR_MS;
    const until = from + hours * HOUR_MS;
    return at >= from && at < until ? until : at;
  }

  /** Puts a copy into the slot in which it is sent. */
  #send(rows: ScanRows, i: number, sentAt: number, t: number): { rows: ScanRows; i: number } {
    const slot = Math.max(t, Math.floor(sentAt / this.#slotMs));
    let to = this.#coming.get(slot);
    if (!to) {
      to = new ScanRows();
      this.#coming.set(slot, to);
    }
    const k = to.add(rows, i);
    to.sentAt[k] = sentAt;
    return { rows: to, i: k };
  }
}
