import { firstSlot } from '../track/track-season.js';
import type { SlotCounts, TrackService } from '../track/track-service.js';

/** Between two looks at the slots that ended last, for all who ask, milliseconds. */
const EVERY_MS = 1_000;
/** A look at a large network takes its time: one part in so many of the time at most. */
const PAUSES = 20;
/** Slots that are asked for again each time; what comes later than that is seen within ALL_MS. */
const AGAIN = 6;
const ALL_MS = 60_000;
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
    const isAll = !known || before - this.#allAt >= ALL_MS || now < known.now;
    const begun = isAll ? await this.#begun(now) : known.from;
    const from = isAll ? begun : Math.max(begun, known.now - AGAIN);
    const counts = await this.service.counts(from, now + 1);
    const roomy =
      known && !isAll && now - known.from < known.width ? known : this.#table(begun, now);
    if (known && !isAll && roomy !== known) copy(known, roomy);
    const counted = { ...roomy, now, closedUntil: counts.closedUntil };
    put(counted, counts);
    if (isAll) this.#allAt = before;
    this.#counted = counted;
    this.#everyMs = Math.max(EVERY_MS, PAUSES * (timing.elapsed() - before));
    return counted;
  }

  /** The first slot with a scan; the one under way where there was none. */
  async #begun(now: number): Promise<number> {
    const { begun } = await this.service.counts(now, now);
    return Math.min(now, Math.max(begun, firstSlot(this.service.season)));
  }

  #table(from: number, now: number): Counted {
    const { resources, legs } = this.service.season.network;
    const width = now + 1 - from + SPARE;
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

/** Takes over what was counted in some slots up to the one under way. */
function put(to: Counted, counts: SlotCounts): void {
  const slots = counts.until - counts.from;
  const shift = counts.from - to.from;
  for (let at = 0; at < counts.accepted.length; at++) {
    const row = Math.floor(at / slots);
    const cell = row * to.width + shift + (at % slots);
    const isFirst = at % slots === 0 && shift === 0;
    to.accepted[cell] = counts.accepted[at];
    to.came[cell] = counts.accepted[at] + counts.arrived[at];
    to.left[cell] = counts.departed[at] + counts.ended[at];
    to.ended[cell] = counts.ended[at];
    to.stock[cell] = counts.stock[at] + (isFirst ? 0 : to.stock[cell - 1]);
    to.bound[cell] = counts.bound[at] + (isFirst ? 0 : to.bound[cell - 1]);
  }
  for (let at = 0; at < counts.legs.length; at++) {
    to.legs[Math.floor(at / slots) * to.width + shift + (at % slots)] = counts.legs[at];
  }
}
