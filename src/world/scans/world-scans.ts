import type { Scenario } from '../../network/scenario.js';
import { Random } from '../random.js';
import type { FlowWatch } from '../simulation/flow-watch.js';
import { LocalTime } from '../simulation/local-time.js';
import type { WorldParameters } from '../simulation/options.js';
import type { Batches } from '../simulation/parcels.js';
import { GATE, HUB, type Ways } from '../simulation/ways.js';
import { SampleLists, Samples } from './samples.js';
import { Extra, Kind, ScanRows } from './scan-rows.js';

/** Share of parcels whose weight stands in their first scan. */
const WEIGHED = 0.2;
/** Share of arrivals at hubs at which something is found damaged; of failed deliveries that a `held` follows. Modelled. */
const DAMAGED = 5e-4;
const HELD = 0.5;
/** Share of those at the door that do not take their parcel. Modelled. */
const REFUSED = 2e-3;
/** What is left in a locker is taken out, days. */
const LOCKER_DAYS_MOST = 7;

/**
 * Scans of a simulated season, as those who handle its parcels would make them. It watches the simulation and changes
 * nothing: with share 1, counting the scans of all slots up to t by the rules of tracking gives the simulation's stocks
 * and flows at the end of t (docs/maths/world.md#scans). With share s each parcel stands for 1/s.
 *
 * Stamps: the c scans of a parcel in a slot lie one in each c-th part of it, in their order, uniformly.
 */
export class WorldScans implements FlowWatch {
  readonly #samples: Samples;
  readonly #inBatch = new SampleLists();
  /** At outlets, and there for the next day's shift, by outlet and ready slot. */
  readonly #here = new SampleLists();
  readonly #tomorrow = new SampleLists();
  /** What was taken out of a list and has not been put elsewhere. */
  readonly #taken = new SampleLists();
  readonly #chance: Random;
  readonly #stamps: Random;
  readonly #firstReady: number;
  readonly #cells: number;
  readonly #slotMs: number;
  readonly #time: LocalTime;
  #batches: Batches | undefined;
  #placedShare = 0;
  #slot = 0;
  /** Of this slot, in the order in which they happened; whose they are, and which of its scans in the slot. */
  #rows = new ScanRows();
  #places: number[] = [];
  #ordinals: number[] = [];
  /** Scans of each followed parcel in this slot. */
  #inSlot = new Int32Array(1024);
  /** What is to come, by slot: place of the parcel, kind, resource, extra by turns. */
  readonly #coming = new Map<number, number[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly ways: Ways,
    private readonly world: WorldParameters,
    { seed, share }: { readonly seed: number; readonly share: number },
  ) {
    this.#chance = new Random(seed, 'scans');
    this.#stamps = new Random(seed, 'stamps of scans');
    this.#samples = new Samples(share, this.#chance.uniform());
    this.#firstReady = scenario.demand.cohortSlot.reduce((least, s) => Math.min(least, s), 0);
    this.#cells = scenario.slots - this.#firstReady;
    this.#slotMs = scenario.slotMinutes * 60_000;
    this.#time = new LocalTime(scenario.start, scenario.slotMinutes);
  }

  /** Parcels followed so far. */
  get parcels(): number {
    return this.#samples.followed;
  }

  /** Whether anything is still to come when no parcel moves any more. */
  get isOver(): boolean {
    return this.#coming.size === 0;
  }

  /** Ends slot t, all of which has happened: its scans in the order of their stamps. */
  endSlot(t: number): ScanRows {
    this.#scanComing(t);
    const rows = this.#rows;
    const places = this.#places;
    for (let i = 0; i < rows.count; i++) {
      const part =
        (this.#ordinals[i] + 0.98 * this.#stamps.uniform() + 0.01) / this.#inSlot[places[i]];
      rows.at[i] = Math.floor((t + part) * this.#slotMs);
      rows.sentAt[i] = rows.at[i];
    }
    for (let i = 0; i < rows.count; i++) {
      this.#inSlot[places[i]] = 0;
      if (rows.kind[i] >= Kind.delivered) this.#samples.letGo(places[i]);
    }
    this.#rows = new ScanRows();
    this.#places = [];
    this.#ordinals = [];
    this.#slot = t + 1;
    return rows.sorted();
  }

  begin(batches: Batches): void {
    this.#batches = batches;
    batches.onSplit = (batch, front) => {
      this.#inBatch.move(batch, batches.parcels[front], this.#inBatch, front, this.#samples);
    };
  }

  released(batch: number, parcels: number): void {
    const { routes, pairs } = this.scenario;
    const operator = pairs.operator[routes.pair[this.#of().route[batch]]];
    this.#samples.release(this.#inBatch, batch, parcels, operator);
  }

  arrived(batch: number, r: number): void {
    const isFirst = this.#of().stage[batch] === 0;
    const isHub = this.ways.role[r] === HUB;
    if (isFirst && !isHub) return;
    this.#inBatch.each(batch, this.#samples, (i) => {
      if (isFirst) this.#accept(i, r);
      else this.#scan(i, Kind.arrived, r);
      if (isHub && this.#chance.uniform() < DAMAGED) {
        this.#scan(i, Kind.exception, r, -1, Extra.damaged);
      }
    });
  }

  served(batch: number, r: number): void {
    if (this.#of().stage[batch] > 0 || this.ways.role[r] !== GATE) return;
    this.#inBatch.each(batch, this.#samples, (i) => this.#accept(i, r));
  }

  departed(batch: number, leg: number): void {
    const { from, to } = this.ways.legs;
    if (from[leg] < 0) return;
    this.#inBatch.each(batch, this.#samples, (i) => {
      this.#scan(i, Kind.departed, from[leg], to[leg]);
    });
  }

  atOutlet(batch: number, r: number): void {
    const { stage, ready } = this.#of();
    const isFirst = stage[batch] === 0;
    this.#inBatch.each(batch, this.#samples, (i) => {
      if (isFirst) this.#accept(i, r);
      else this.#scan(i, Kind.arrived, r);
    });
    this.#inBatch.moveAll(batch, this.#here, this.#cell(r, ready[batch]), this.#samples);
  }

  ended(batch: number, leg: number, slot: number): void {
    const r = this.ways.legs.from[leg];
    this.#inBatch.empty(batch, this.#samples, (i) => {
      // A route of line-hauls alone has no place where anybody could scan.
      if (r < 0) this.#samples.letGo(i);
      else this.#later(slot, i, Kind.delivered, r, Extra.none);
    });
  }

  setsOut(placedShare: number): void {
    const failed = this.world.failedShare * (1 - placedShare);
    this.#placedShare = failed < 1 ? placedShare / (1 - failed) : 0;
  }

  handed(r: number, ready: number, parcels: number, failed: number, until: number): void {
    const cell = this.#cell(r, ready);
    const samples = this.#samples;
    this.#here.move(cell, parcels, this.#taken, 0, samples, (i) => {
      this.#scan(i, Kind.out, r);
    });
    this.#taken.empty(0, samples, (i) => this.#deliver(i, r, until));
    this.#here.move(cell, failed, this.#tomorrow, cell, samples, (i) => {
      this.#scan(i, Kind.out, r);
      this.#later(until, i, Kind.exception, r, Extra.failed);
      if (this.#chance.uniform() < HELD) this.#later(until, i, Kind.held, r, Extra.none);
    });
  }

  broughtBack(r: number, ready: number): void {
    const cell = this.#cell(r, ready);
    this.#tomorrow.open(cell);
    this.#tomorrow.moveAll(cell, this.#here, cell, this.#samples);
  }

  #deliver(i: number, r: number, until: number): void {
    if (this.#chance.uniform() < this.#placedShare) {
      this.#later(until, i, Kind.placed, r, Extra.consent);
      this.#later(until + this.#slotsInLocker(), i, Kind.delivered, r, Extra.none);
    } else if (this.#chance.uniform() < REFUSED) {
      this.#later(until, i, Kind.exception, r, Extra.refused);
      this.#later(until, i, Kind.returned, r, Extra.none);
    } else this.#later(until, i, Kind.delivered, r, Extra.none);
  }

  /** Half are collected in `lockerHalfHours`. */
  #slotsInLocker(): number {
    const halves = -Math.log2(1 - this.#chance.uniform());
    const hours = Math.min(halves * this.world.lockerHalfHours, 24 * LOCKER_DAYS_MOST);
    return Math.floor(hours / this.#time.slotHours);
  }

  #accept(i: number, r: number): void {
    const extra = this.#chance.uniform() < WEIGHED ? Extra.weighed : Extra.none;
    this.#scan(i, Kind.accepted, r, -1, extra);
  }

  #scan(i: number, kind: number, r: number, to = -1, extra: number = Extra.none): void {
    const { number, operator, size } = this.#samples;
    if (size > this.#inSlot.length) {
      const more = new Int32Array(2 * size);
      more.set(this.#inSlot);
      this.#inSlot = more;
    }
    this.#rows.push(number[i], operator[i], kind, r, to, extra);
    this.#places.push(i);
    this.#ordinals.push(this.#inSlot[i]);
    this.#inSlot[i] += 1;
  }

  #later(slot: number, i: number, kind: number, r: number, extra: number): void {
    if (slot < this.#slot) throw new Error(`a scan of slot ${this.#slot} for ${slot}`);
    const list = this.#coming.get(slot);
    if (list) list.push(i, kind, r, extra);
    else this.#coming.set(slot, [i, kind, r, extra]);
  }

  #scanComing(t: number): void {
    const list = this.#coming.get(t) ?? [];
    for (let k = 0; k < list.length; k += 4) {
      this.#scan(list[k], list[k + 1], list[k + 2], -1, list[k + 3]);
    }
    this.#coming.delete(t);
  }

  #cell(r: number, ready: number): number {
    return r * this.#cells + ready - this.#firstReady;
  }

  #of(): Batches {
    if (!this.#batches) throw new Error('the watch has not begun');
    return this.#batches;
  }
}
