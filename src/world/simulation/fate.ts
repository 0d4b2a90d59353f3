import type { Scenario } from '../../network/scenario.js';
import type { Truth } from '../policy/policy.js';
import { Chance } from './chance.js';
import { LocalTime } from './local-time.js';
import type { Surprises } from './options.js';
import { HUB, LANE, type Ways } from './ways.js';

/** Hours for which what a hub sorts stays high or low. */
const SERVICE_HOURS = 10;
/** An unannounced stoppage, of one sorting line or two of several, lasts this long and leaves so much. */
const STOPPAGE_HOURS = [1, 3] as const;
const STOPPAGE_LEAVES = [0.3, 0.8] as const;

/**
 * What really happens in one season: demand, capacities, travel times, attendance, all from one seed,
 * each from its own stream (docs/maths/world.md#surprises). Whatever a policy does, and in whatever
 * order it is asked, fate is the same.
 */
export class Fate implements Truth {
  readonly cohortParcels: Int32Array;
  readonly #time: LocalTime;
  readonly #service: Chance;
  readonly #absence: Chance;
  readonly #closures: Chance;
  readonly #travel: Chance;
  readonly #scans: Chance;
  readonly #overrideStart: Int32Array;

  constructor(
    private readonly scenario: Scenario,
    private readonly ways: Ways,
    readonly surprises: Surprises,
    seed: number,
  ) {
    this.#time = new LocalTime(scenario.start, scenario.slotMinutes);
    this.#service = new Chance(seed, 'service');
    this.#absence = new Chance(seed, 'absence');
    this.#closures = new Chance(seed, 'closures');
    this.#travel = new Chance(seed, 'travel');
    this.#scans = new Chance(seed, 'scans');
    this.#overrideStart = startsByResource(scenario);
    this.cohortParcels = this.#drawDemand(new Chance(seed, 'demand'));
  }

  /** Parcels that resource r really takes in slot t. */
  capacityAt(r: number, t: number): number {
    const declared = this.declaredAt(r, t);
    const role = this.ways.role[r];
    let factor = 1;
    if (role === HUB) factor = this.#serviceAt(r, t) * this.#attendanceAt(r, t);
    if (role === HUB || role === LANE) factor *= this.#stoppageAt(r, t);
    return factor === 1 ? declared : Math.floor(declared * factor);
  }

  /** Declared capacity, with announced overrides; 0 where other parcels are committed to it. */
  declaredAt(r: number, t: number): number {
    const { capacity, overrides, commitments } = this.scenario.resources;
    let declared = capacity[r];
    const until = this.#overrideStart[r + 1];
    for (let i = this.#overrideStart[r]; i < until; i++) {
      if (overrides.slot[i] === t) declared = overrides.value[i];
    }
    if (commitments.slot.length === 0) return declared;
    const at = find(commitments.resource, commitments.slot, r, t);
    return at < 0 ? declared : Math.max(0, declared - commitments.value[at]);
  }

  /** Share of the couriers who come to outlet r on a day, over the share expected. */
  attendance(r: number, day: number): number {
    const mean = this.surprises.absence;
    return mean === 0 ? 1 : (1 - 2 * mean * this.#absence.uniform(r, day)) / (1 - mean);
  }

  /** Slots later (or earlier, < 0) than `time` that the departure on a leg in slot t arrives. */
  delay(leg: number, t: number, time: number): number {
    const { travel } = this.surprises;
    if (travel === 0) return 0;
    const late = time * travel * this.#travel.bell(leg, 2 * t);
    return Math.max(-time, Math.floor(late + this.#travel.uniform(leg, 6 * t + 5)));
  }

  /** Shares of a slot's scans at resource r that come an hour or more late, and never. */
  scansLost(r: number, t: number): { late: number; missing: number } {
    const { scans } = this.surprises;
    const late = Math.min(1, 2 * scans * this.#scans.uniform(r, t));
    return { late, missing: late / 3 };
  }

  #serviceAt(r: number, t: number): number {
    const { service } = this.surprises;
    if (service === 0) return 1;
    // Between two draws the weights are scaled so that the spread is the same at every moment.
    const at = (t * this.#time.slotHours) / SERVICE_HOURS;
    const block = Math.floor(at);
    const w = at - block;
    const mixed = (1 - w) * this.#service.bell(r, block) + w * this.#service.bell(r, block + 1);
    return Math.max(0, 1 + (service * mixed) / Math.hypot(1 - w, w));
  }

  #attendanceAt(r: number, t: number): number {
    return this.attendance(r, this.#time.dayOf(t));
  }

  /** What unannounced stoppages leave of resource r's rate in slot t: 1 where there is none. */
  #stoppageAt(r: number, t: number): number {
    const { closures } = this.surprises;
    if (closures === 0) return 1;
    const begin = this.#time.hourOf(t);
    const end = begin + this.#time.slotHours;
    let leaves = 1;
    for (let day = Math.max(0, Math.floor(begin / 24) - 1); 24 * day < end; day++) {
      if (this.#closures.uniform(r, 4 * day) >= closures) continue;
      const from = 24 * (day + this.#closures.uniform(r, 4 * day + 1));
      const [least, most] = STOPPAGE_HOURS;
      const until = from + least + (most - least) * this.#closures.uniform(r, 4 * day + 2);
      const share = Math.max(0, Math.min(end, until) - Math.max(begin, from)) / (end - begin);
      const [little, much] = STOPPAGE_LEAVES;
      const left = little + (much - little) * this.#closures.uniform(r, 4 * day + 3);
      leaves = Math.min(leaves, 1 - share * (1 - left));
    }
    return leaves;
  }

  /** The forecast times a factor of the day and one of the origin's day; what was carried over is known. */
  #drawDemand(chance: Chance): Int32Array {
    const { demand, pairs, slots } = this.scenario;
    const { cohortSlot, cohortStart, rowStart, rowParcels } = demand;
    const parcels = new Int32Array(cohortSlot.length);
    const spread = this.surprises.demand;
    const places = pairs.places.size;
    const factor = new Float64Array((this.#time.dayOf(slots - 1) + 1) * places).fill(1);
    if (spread > 0) {
      for (let i = 0; i < factor.length; i++) {
        const day = Math.floor(i / places);
        const common = 1 + (spread / 2) * chance.bell(-1, day);
        factor[i] = Math.max(0, common * (1 + spread * chance.bell(i % places, day)));
      }
    }
    for (let f = 0; f < demand.flowPair.length; f++) {
      const origin = pairs.origin[demand.flowPair[f]];
      for (let k = cohortStart[f]; k < cohortStart[f + 1]; k++) {
        let forecast = 0;
        for (let i = rowStart[k]; i < rowStart[k + 1]; i++) forecast += rowParcels[i];
        const known = spread === 0 || cohortSlot[k] < 0;
        parcels[k] = known
          ? forecast
          : Math.floor(
              forecast * factor[this.#time.dayOf(cohortSlot[k]) * places + origin] +
                chance.uniform(-2, k),
            );
      }
    }
    return parcels;
  }
}

function startsByResource({ resources }: Scenario): Int32Array {
  const start = new Int32Array(resources.capacity.length + 1);
  for (const r of resources.overrides.resource) start[r + 1] += 1;
  for (let r = 0; r < resources.capacity.length; r++) start[r + 1] += start[r];
  return start;
}

/** Index of (r, t) in columns sorted by (resource, slot), or −1. */
function find(resource: Int32Array, slot: Int32Array, r: number, t: number): number {
  let low = 0;
  let high = slot.length - 1;
  while (low <= high) {
    const mid = (low + high) >> 1;
    const order = resource[mid] - r || slot[mid] - t;
    if (order === 0) return mid;
    if (order < 0) low = mid + 1;
    else high = mid - 1;
  }
  return -1;
}
