import { setImmediate } from 'node:timers/promises';
import { firstSlot } from '../track/track-season.js';
import type { SlotCounts, TrackService } from '../track/track-service.js';

/** Between two looks at the slots that ended last, for all who ask, milliseconds. */
const EVERY_MS = 1_000;
/** A look at a large network takes its time: one part in so many of the time at most. */
const PAUSES = 20;
/** Slots that are asked for again each time, those that ended last; what comes later than that is seen within ALL_MS. */
const AGAIN = 6;
const ALL_MS = 60_000;
/** Slots asked for in one go where all are: some ten milliseconds of a large network, so that others are not kept waiting (P10). */
const STEP = 4;
/** Columns of tables made at a time as slots pass. */
const SPARE = 64;

/** Tables by row and slot: of row r in slot s entry r · width + s − from. */
export interface Counted {
  readonly from: number;
  /** The slot under way, as of the last look. */
  readonly now: number;
  readonly width: number;
  /** Slots before change by corrections only (T7). */
  readonly closedUntil: number;
  /** By resource, in the slot; `left` are departed, delivered and returned. */
  readonly accepted: Int32Array;
  readonly came: Int32Array;
  readonly left: Int32Array;
  readonly ended: Int32Array;
  /** By resource, at the end of the slot; of that under way, as of the last look. */
  readonly stock: Int32Array;
  readonly bound: Int32Array;
  /** By leg, in the slot. */
  readonly legs: Int32Array;
}

const BY_RESOURCE = ['accepted', 'came', 'left', 'ended', 'stock', 'bound'] as const;

/**
 * What was counted in all slots since the first with a scan, for all who look: asked for at most once a second, and only while
 * somebody looks. Memory: 28 bytes a resource and slot.
 */
export class CountedBoard {
  #counted: Counted | undefined;
  #asked: Promise<Counted> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #allAt = Number.NEGATIVE_INFINITY;
  #everyMs = EVERY_MS;
  #allMs = ALL_MS;

  constructor(private readonly service: Pick<TrackService, 'counts' | 'season'>) {}

  /** @throws Held */
  counted(): Promise<Counted> {
    const now = this.service.season.timing.elapsed();
    if (!this.#asked || now - this.#askedAt >= this.#everyMs) {
      this.#askedAt = now;
      const asked = this.#look();
      this.#asked = asked;
      asked.catch(() => {
        if (this.#asked === asked) this.#asked = undefined;
      });
    }
    return this.#asked;
  }

  async #look(): Promise<Counted> {
    const { season } = this.service;
    const { timing, scenario, network } = season;
    const before = timing.elapsed();
    const start = Date.parse(scenario.start);
    const now = Math.floor((timing.now() - start) / network.slotMs);
    const known = this.#counted;
    const isAll = !known || before - this.#allAt >= this.#allMs || now < known.now;
    const begun = isAll ? await this.#begun(now) : known.from;
    const isRoomy = known && !isAll && now + 1 - known.from < known.width;
    const table = isRoomy ? known : this.#table(begun, now);
    if (known && !isAll && !isRoomy) copy(known, table);
    const counted = { ...table, now, closedUntil: await this.#fill(table, now, isAll) };
    this.#counted = counted;
    const tookMs = timing.elapsed() - before;
    if (isAll) this.#allAt = before;
    if (isAll) this.#allMs = Math.max(ALL_MS, PAUSES * tookMs);
    else this.#everyMs = Math.max(EVERY_MS, PAUSES * tookMs);
    return counted;
  }

  /**
   * The slots that ended last and the one under way, then those before, backwards: what is there now less the moves since is what was there.
   * Gives until when slots are closed.
   */
  async #fill(table: Counted, now: number, isAll: boolean): Promise<number> {
    // A clock in the field may be ahead of this one by minutes (T5): so may be a slot.
    const newest = await this.service.counts(Math.max(table.from, now - AGAIN), now + 2);
    const end = { stock: newest.stockNow.slice(), bound: newest.boundNow.slice() };
    put(table, newest, end);
    const from = isAll ? table.from : newest.from;
    for (let until = newest.from; until > from; until -= STEP) {
      await setImmediate();
      put(table, await this.service.counts(Math.max(table.from, until - STEP), until), end);
    }
    return newest.closedUntil;
  }

  /** The first slot with a scan; the one under way where there was none. */
  async #begun(now: number): Promise<number> {
    const { begun } = await this.service.counts(now, now);
    return Math.min(now, Math.max(begun, firstSlot(this.service.season)));
  }

  #table(from: number, now: number): Counted {
    const { resources, legs } = this.service.season.network;
    const width = now + 2 - from + SPARE;
    const table = () => new Int32Array(resources * width);
    const [accepted, came, left, ended, stock, bound] = BY_RESOURCE.map(table);
    const byLeg = new Int32Array(legs.size * width);
    const shape = { from, now, width, closedUntil: from };
    return { ...shape, accepted, came, left, ended, stock, bound, legs: byLeg };
  }
}

function copy(before: Counted, after: Counted): void {
  for (const name of [...BY_RESOURCE, 'legs'] as const) {
    for (let row = 0; row * before.width < before[name].length; row++) {
      const old = before[name].subarray(row * before.width, (row + 1) * before.width);
      after[name].set(old, row * after.width);
    }
  }
}

/**
 * Takes over what was counted in some slots.
 *
 * @param end by resource, what was there at the end of the last of them; becomes what was there before the first.
 */
function put(
  to: Counted,
  counts: SlotCounts,
  end: { readonly stock: Int32Array; readonly bound: Int32Array },
): void {
  const slots = counts.until - counts.from;
  const shift = counts.from - to.from;
  for (let r = 0; r < end.stock.length; r++) {
    let [stock, bound] = [end.stock[r], end.bound[r]];
    for (let i = slots - 1; i >= 0; i--) {
      const [at, cell] = [r * slots + i, r * to.width + shift + i];
      to.accepted[cell] = counts.accepted[at];
      to.came[cell] = counts.accepted[at] + counts.arrived[at];
      to.left[cell] = counts.departed[at] + counts.ended[at];
      to.ended[cell] = counts.ended[at];
      to.stock[cell] = stock;
      to.bound[cell] = bound;
      stock -= counts.stock[at];
      bound -= counts.bound[at];
    }
    end.stock[r] = stock;
    end.bound[r] = bound;
  }
  for (let at = 0; at < counts.legs.length; at++) {
    to.legs[Math.floor(at / slots) * to.width + shift + (at % slots)] = counts.legs[at];
  }
}
