import type { Scenario } from '../../network/scenario.js';
import type { Fate } from './fate.js';
import type { FlowWatch } from './flow-watch.js';
import { LocalTime } from './local-time.js';
import type { WorldParameters } from './options.js';
import { LAST_MILE, type Ways } from './ways.js';

/** Told of parcels delivered: when they became ready, and the slot in which they are delivered. */
export type OnDelivered = (ready: number, slot: number, parcels: number) => void;

/** What adding up a day's effort slot by slot may lose, parcels: far below one, far above its error. */
const ROUNDED = 1e-6;

/**
 * The last mile: outlets whose couriers set out in shifts. With C the outlet's capacity a slot, its
 * couriers take a day's C in a day's shift, spread evenly over its hours; parcels whose recipients agreed
 * go to stations and lockers with less effort, as long as these have room. A failed delivery to the door
 * comes again with the next day's shift. Parcels that have been ready longest go first.
 */
export class LastMile {
  /** Parcels at outlets, those for the next shift among them. */
  atOutlets = 0;
  /** Parcels with couriers, failed ones not among them. */
  out = 0;
  /** Parcels that couriers have delivered. */
  delivered = 0;
  /** Slots waited at outlets, summed over parcels; of these, with the shift of the next day to come. */
  waited = 0;
  waitedAgain = 0;
  /** Parcels that failed and wait for the next day's shift. */
  #failing = 0;
  /** Slots of a courier's round. */
  readonly round: number;
  readonly #time: LocalTime;
  readonly #outlets: Int32Array;
  /** Outlet of each resource, −1 elsewhere. */
  readonly #outletOf: Int32Array;
  readonly #firstReady: number;
  readonly #cells: number;
  /** Parcels for this shift, and those that failed, by [outlet · cells + ready − firstReady]. */
  readonly #here: Int32Array;
  readonly #tomorrow: Int32Array;
  readonly #stock: Float64Array;
  readonly #failed: Float64Array;
  readonly #oldest: Int32Array;
  /** Parcels in stations and lockers. */
  readonly #placed: Float64Array;
  /** Failed parcels below one. */
  readonly #part: Float64Array;
  /** Effort that couriers have left for their next parcel. */
  readonly #rest: Float64Array;
  /** Set out and not yet delivered, by slot of delivery. */
  readonly #due: Float64Array;
  readonly #daySlots: number;
  readonly #span: Int32Array;
  /** Day whose shift has begun. */
  #today = -1;

  constructor(
    scenario: Scenario,
    ways: Ways,
    private readonly fate: Fate,
    private readonly world: WorldParameters,
    private readonly watch?: FlowWatch,
  ) {
    this.#time = new LocalTime(scenario.start, scenario.slotMinutes);
    this.#outletOf = new Int32Array(ways.role.length).fill(-1);
    const outlets: number[] = [];
    for (let r = 0; r < ways.role.length; r++) {
      if (ways.role[r] !== LAST_MILE) continue;
      this.#outletOf[r] = outlets.length;
      outlets.push(r);
    }
    this.#outlets = Int32Array.from(outlets);
    this.#firstReady = scenario.demand.cohortSlot.reduce((least, s) => Math.min(least, s), 0);
    this.#cells = scenario.slots - this.#firstReady;
    this.#here = new Int32Array(outlets.length * this.#cells);
    this.#tomorrow = new Int32Array(outlets.length * this.#cells);
    this.#stock = new Float64Array(outlets.length);
    this.#failed = new Float64Array(outlets.length);
    this.#oldest = new Int32Array(outlets.length);
    this.#placed = new Float64Array(outlets.length);
    this.#part = new Float64Array(outlets.length);
    this.#rest = new Float64Array(outlets.length);
    this.round = this.#time.slotsOf(world.roundHours);
    this.#due = new Float64Array(this.round + 1);
    this.#daySlots = 1440 / scenario.slotMinutes;
    this.#span = spans(ways);
  }

  /** Parcels come to the outlet that is resource r. */
  arrive(r: number, ready: number, parcels: number): void {
    const m = this.#outletOf[r];
    const cell = ready - this.#firstReady;
    this.#here[m * this.#cells + cell] += parcels;
    this.#oldest[m] = Math.min(this.#oldest[m], cell);
    this.#stock[m] += parcels;
    this.atOutlets += parcels;
  }

  /** Couriers set out in slot t. */
  step(t: number, delivered: OnDelivered): void {
    const { shift } = this.world;
    const hours = this.#time.hoursWithin(t, shift[0], shift[1]);
    const share = hours / (shift[1] - shift[0]);
    const day = this.#time.dayOf(t);
    const begins = hours > 0 && day > this.#today;
    if (begins) this.#today = day;
    for (let m = 0; m < this.#outlets.length; m++) {
      this.#collect(m);
      if (begins && this.#failed[m] > 0) this.#bringBack(m);
      if (share > 0 && this.#stock[m] > 0) this.#setOut(m, t, share, day, delivered);
    }
    this.waited += this.atOutlets;
    this.waitedAgain += this.#failing;
    this.#comeHome(t);
  }

  /** Rounds that end in slot t; last, for one of no slots began in it. */
  #comeHome(t: number): void {
    const at = t % this.#due.length;
    this.out -= this.#due[at];
    this.delivered += this.#due[at];
    this.#due[at] = 0;
  }

  /** Recipients collect from stations and lockers. */
  #collect(m: number): void {
    const kept = 0.5 ** (this.#time.slotHours / this.world.lockerHalfHours);
    this.#placed[m] *= kept;
  }

  #bringBack(m: number): void {
    const from = m * this.#cells;
    for (let cell = 0; cell < this.#cells; cell++) {
      const parcels = this.#tomorrow[from + cell];
      if (parcels === 0) continue;
      this.#tomorrow[from + cell] = 0;
      this.#here[from + cell] += parcels;
      this.#oldest[m] = Math.min(this.#oldest[m], cell);
      this.watch?.broughtBack(this.#outlets[m], cell + this.#firstReady);
    }
    this.#stock[m] += this.#failed[m];
    this.#failing -= this.#failed[m];
    this.#failed[m] = 0;
  }

  #setOut(m: number, t: number, share: number, day: number, delivered: OnDelivered): void {
    const { lockerShare, lockerEffort, lockerRoom, failedShare } = this.world;
    const r = this.#outlets[m];
    const perDay = (this.fate.declaredAt(r, t) / this.#span[r]) * this.#daySlots;
    const effort = perDay * share * this.fate.attendance(r, day) + this.#rest[m];
    // One unit of effort is a parcel of the ordinary mix.
    const door = 1 / (1 - lockerShare + lockerShare * lockerEffort);
    const room = Math.max(0, lockerRoom * lockerShare * perDay - this.#placed[m]);
    const mixed = lockerShare * effort <= room;
    const most = Math.floor((mixed ? effort : effort / door + room * (1 - lockerEffort)) + ROUNDED);
    const n = Math.min(most, this.#stock[m]);
    const placed = Math.min(lockerShare * n, room);
    this.#rest[m] = n < most ? 0 : effort - door * (n - (1 - lockerEffort) * placed);
    if (n === 0) return;
    this.#placed[m] += placed;
    this.watch?.setsOut(placed / n);
    this.#hand(m, t, n, failedShare * (1 - placed / n), delivered);
  }

  /** n parcels leave the outlet, oldest first; of each cell a share fails. */
  #hand(m: number, t: number, n: number, failing: number, delivered: OnDelivered): void {
    const from = m * this.#cells;
    let left = n;
    let failed = 0;
    while (left > 0) {
      const at = from + this.#oldest[m];
      const parcels = Math.min(left, this.#here[at]);
      if (parcels > 0) {
        this.#here[at] -= parcels;
        left -= parcels;
        this.#part[m] += failing * parcels;
        const back = Math.min(parcels, Math.floor(this.#part[m]));
        this.#part[m] -= back;
        this.#tomorrow[at] += back;
        failed += back;
        this.watch?.handed(
          this.#outlets[m],
          this.#oldest[m] + this.#firstReady,
          parcels - back,
          back,
          t + this.round,
        );
        if (parcels > back) {
          delivered(this.#oldest[m] + this.#firstReady, t + this.round, parcels - back);
        }
      }
      if (this.#here[at] === 0 && left > 0) this.#oldest[m] += 1;
    }
    this.#stock[m] -= n;
    this.#failed[m] += failed;
    this.#failing += failed;
    this.atOutlets -= n - failed;
    this.out += n - failed;
    this.#due[(t + this.round) % this.#due.length] += n - failed;
  }
}

/** The longest span with which any leg comes to each resource. */
function spans({ legs, role }: Ways): Int32Array {
  const span = new Int32Array(role.length).fill(1);
  for (let l = 0; l < legs.size; l++) {
    if (legs.to[l] >= 0) span[legs.to[l]] = Math.max(span[legs.to[l]], legs.span[l]);
  }
  return span;
}
