import type { Scenario } from '../../network/scenario.js';
import type { Fate } from './fate.js';
import { Fleet } from './fleet.js';
import type { FlowWatch } from './flow-watch.js';
import { LastMile, type OnDelivered } from './last-mile.js';
import { LocalTime } from './local-time.js';
import type { WorldParameters } from './options.js';
import { Batches, Loads, Queues } from './parcels.js';
import { StageClock } from './stage-clock.js';
import { GATE, HUB, LANE, LAST_MILE, type Ways } from './ways.js';

/** Standing on the hub's floor, sorted; not yet on its leg. */
export const ON_FLOOR = -1;

/**
 * Parcels on their way, moved slot by slot (docs/maths/world.md#motion). In one slot: vehicles come back;
 * what was on the road arrives; line-hauls let through what they can; hubs send what stands sorted,
 * unload vehicles until the floor is full, and sort; pickups collect; and again, until nothing is left
 * that moves without time. Then couriers set out.
 *
 * Everywhere first come, first served. A batch is touched once at each place where it queues; between
 * places whole departures move.
 */
export class Flow {
  readonly batches = new Batches();
  readonly loads = new Loads();
  readonly fleet: Fleet;
  readonly lastMile: LastMile;
  /** Batches that wait to be served, per resource. */
  readonly queue: Queues;
  readonly queued: Float64Array;
  /** Loads in vehicles outside each hub, before each line-haul. */
  readonly outside: Queues;
  readonly waitingOutside: Float64Array;
  /** Sorted loads on the floor for which no vehicle is there. */
  readonly starved: Queues;
  readonly starvedParcels: Float64Array;
  /** Parcels on the floor of each hub. */
  readonly stock: Float64Array;
  /** Parcels from hub g that wait outside hub h: [g · hubs + h], hubs by their number. */
  readonly blocked: Float64Array;
  readonly hubs: Int32Array;
  readonly hubOf: Int32Array;
  readonly floor: Float64Array;
  /** Loads on the road, by the slot of their next event. */
  readonly road: Queues;
  readonly ring: number;
  onRoad = 0;
  /** Of those on the road, the ones on a last leg to the recipient. */
  finishing = 0;
  released = 0;
  /** Σ parcels released · slots that their route and a round take when nothing is late. */
  timetable = 0;
  delivered = 0;
  /** Parcels through the first place of their route in this slot; where it has none, those at its end. */
  pickedUp = 0;
  /** Parcels that each resource took in this slot. */
  readonly served: Float64Array;
  /** Rises whenever a parcel gets through a resource, or onto or off a floor. */
  moved = 0;
  readonly stages: StageClock;

  readonly #time: LocalTime;
  readonly #available: Float64Array;
  /** Slots from now on for which parcels that have come may occupy a resource. */
  readonly stay: number;
  /** Occupied by parcels that came in earlier slots, [resource · stay + slot mod stay]. */
  readonly #occupied: Float64Array;
  /** Parcels below one that an overfull hub has in hand. */
  readonly #rest: Float64Array;
  readonly #open: Int32Array;
  readonly #touched: Int32Array;
  #touchedCount = 0;
  readonly #entered: Int32Array;
  readonly #enteredAt: Int32Array;
  readonly #process: number;
  readonly #outletWait: number;
  readonly #due: Float64Array;
  readonly #routeTime: Int32Array;

  constructor(
    readonly scenario: Scenario,
    readonly ways: Ways,
    readonly fate: Fate,
    readonly world: WorldParameters,
    private readonly onDelivered: OnDelivered,
    private readonly watch?: FlowWatch,
  ) {
    const { capacity, floor } = scenario.resources;
    const { legs, role } = ways;
    const size = capacity.length;
    let longest = 0;
    for (const time of legs.time) longest = Math.max(longest, time);
    this.#time = new LocalTime(scenario.start, scenario.slotMinutes);
    // A departure is never later than three and a half times its time (SURPRISE_MOST.travel).
    this.ring = Math.ceil(longest * 3.5) + this.#time.slotsOf(24) + 4;
    this.fleet = new Fleet(scenario, ways, world, this.ring);
    this.lastMile = new LastMile(scenario, ways, fate, world, watch);
    watch?.begin(this.batches);
    this.stages = new StageClock(scenario, ways);
    this.queue = new Queues(size);
    this.queued = new Float64Array(size);
    this.outside = new Queues(size);
    this.waitingOutside = new Float64Array(size);
    this.starved = new Queues(size);
    this.starvedParcels = new Float64Array(size);
    this.stock = new Float64Array(size);
    this.served = new Float64Array(size);
    this.hubs = Int32Array.from([...role.keys()].filter((r) => role[r] === HUB));
    this.hubOf = new Int32Array(size).fill(-1);
    for (const [h, r] of this.hubs.entries()) this.hubOf[r] = h;
    this.blocked = new Float64Array(this.hubs.length ** 2);
    this.floor = floor.map((parcels) => (Number.isNaN(parcels) ? Infinity : parcels));
    this.road = new Queues(this.ring);
    this.#available = new Float64Array(size);
    this.#rest = new Float64Array(size);
    this.#open = new Int32Array(legs.size).fill(-1);
    this.#touched = new Int32Array(legs.size);
    this.#entered = new Int32Array(scenario.routes.pair.length);
    this.#enteredAt = new Int32Array(scenario.routes.pair.length).fill(-1);
    this.#process = this.#time.slotsOf(world.processHours);
    this.#outletWait = this.#time.slotsOf(world.outletWaitHours);
    this.stay = this.#outletWait + Math.max(1, ...new Set(legs.span), ...new Set(legs.laneSpan));
    this.#occupied = new Float64Array(size * this.stay);
    this.#due = new Float64Array(this.ring);
    const round = this.#time.slotsOf(world.roundHours);
    this.#routeTime = Int32Array.from(scenario.routes.pair, (_, route) => {
      let slots = round;
      for (let i = ways.legStart[route]; i < ways.legStart[route + 1]; i++) {
        slots += legs.time[ways.legList[i]];
      }
      return slots;
    });
  }

  /** Parcels are released in slot t. Call `step` after all of a slot's. */
  enter(route: number, ready: number, parcels: number, t: number): void {
    const { legStart, legList, legs, role } = this.ways;
    this.released += parcels;
    this.timetable += parcels * this.#routeTime[route];
    const leg = legList[legStart[route]];
    const to = legs.to[leg];
    const atOnce =
      to >= 0 && role[to] === GATE && legs.time[leg] === 0 && laneCount(legs, leg) === 0;
    const last = this.#entered[route];
    if (this.#enteredAt[route] === t && this.batches.ready[last] === ready) {
      this.batches.parcels[last] += parcels;
      this.watch?.released(last, parcels);
      if (atOnce) this.queued[to] += parcels;
      else this.loads.parcels[this.#open[leg]] += parcels;
      return;
    }
    const batch = this.batches.make(route, 0, ready, parcels);
    this.watch?.released(batch, parcels);
    this.#entered[route] = batch;
    this.#enteredAt[route] = t;
    if (!atOnce) {
      this.#append(leg, batch);
      return;
    }
    this.queue.append(to, batch, batch, this.batches.next);
    this.queued[to] += parcels;
  }

  step(t: number): void {
    this.pickedUp = 0;
    this.served.fill(0);
    this.fleet.begin(t);
    this.#begin(t);
    this.#depart(t, 0);
    do {
      this.#arrive(t);
      for (let r = 0; r < this.queued.length; r++) {
        const role = this.ways.role[r];
        if (role === LANE) this.#letThrough(r, t);
        if (role === HUB) {
          this.#send(r, t);
          this.#unload(r, t);
        }
        if (this.queue.head[r] >= 0) this.#serve(r, t);
      }
    } while (this.road.head[t % this.ring] >= 0);
    const at = t % this.ring;
    this.delivered += this.#due[at];
    this.onRoad -= this.#due[at];
    this.finishing -= this.#due[at];
    this.#due[at] = 0;
    this.lastMile.step(t, this.onDelivered);
  }

  /** Parcels released and not delivered. */
  get inNetwork(): number {
    return this.released - this.delivered - this.lastMile.delivered;
  }

  /** Of these, the ones that no courier has taken out yet. */
  get underway(): number {
    return this.inNetwork - this.finishing - this.lastMile.out;
  }

  /** Stays the same in a slot in which nothing at all happens to any parcel. */
  get stir(): number {
    return this.moved + this.released + this.delivered + this.lastMile.delivered;
  }

  /** Whether parcels or vehicles are on the road: something will happen even if nothing does now. */
  get anyOnRoad(): boolean {
    return this.onRoad > 0 || this.lastMile.out > 0 || this.fleet.coming > 0;
  }

  /** What each resource takes in slot t: an overfull hub works slower. */
  #begin(t: number): void {
    const { capacityDrop, crowdedFrom, collectSurge } = this.world;
    const { kind } = this.scenario.resources;
    for (let r = 0; r < this.#available.length; r++) {
      let rate = this.fate.capacityAt(r, t);
      // Vans and hands for collecting are hired by the hour: who takes all that is offered, finds them.
      if (kind[r] === 'pickup') rate = Math.floor(rate * collectSurge);
      const fill = this.stock[r] / this.floor[r];
      if (fill > crowdedFrom) {
        const crowded = Math.min(1, (fill - crowdedFrom) / (1 - crowdedFrom));
        const exact = rate * (1 - capacityDrop * crowded) + this.#rest[r];
        rate = Math.floor(exact);
        this.#rest[r] = exact - rate;
      }
      const at = r * this.stay + (t % this.stay);
      this.#available[r] = rate - this.#occupied[at];
      this.#occupied[at] = 0;
    }
  }

  #take(r: number, parcels: number, span: number, t: number): void {
    this.#available[r] -= parcels;
    this.#occupy(r, parcels, t, 1, span);
  }

  /** Parcels that come to r in slot t occupy it in slots t + from … t + until − 1. */
  #occupy(r: number, parcels: number, t: number, from: number, until: number): void {
    for (let u = Math.max(1, from); u < until; u++) {
      this.#occupied[r * this.stay + ((t + u) % this.stay)] += parcels;
    }
  }

  /** What parcels that came before now occupy of r in slot t, now or one of the `stay` slots from now on. */
  occupiedAt(r: number, t: number): number {
    return this.#occupied[r * this.stay + (t % this.stay)];
  }

  /** Loads whose slot has come: onto the floor's doors, before a line-haul, or to the end of their leg. */
  #arrive(t: number): void {
    const at = t % this.ring;
    let load = this.road.head[at];
    this.road.head[at] = -1;
    while (load >= 0) {
      const { leg, lanes, next, parcels } = this.loads;
      const following = next[load];
      next[load] = -1;
      const l = leg[load];
      if (lanes[load] === ON_FLOOR) {
        this.#leaveFloor(load, t);
        load = following;
        continue;
      }
      this.onRoad -= parcels[load];
      if (lanes[load] < laneCount(this.ways.legs, l)) {
        const lane = this.ways.legs.lane[this.ways.legs.laneStart[l] + lanes[load]];
        this.outside.append(lane, load, load, next);
        this.waitingOutside[lane] += parcels[load];
      } else this.#reach(load, t);
      load = following;
    }
  }

  /** A sorted load goes, or waits for a vehicle if it is bound for another hub. */
  #leaveFloor(load: number, t: number): void {
    const { legs, role } = this.ways;
    const l = this.loads.leg[load];
    const from = legs.from[l];
    if (legs.to[l] >= 0 && role[legs.to[l]] === HUB) {
      this.starved.append(from, load, load, this.loads.next);
      this.starvedParcels[from] += this.loads.parcels[load];
      return;
    }
    this.stock[from] -= this.loads.parcels[load];
    this.#setOff(load, t, this.floorTime(l));
  }

  /** A load is at the end of its leg. */
  #reach(load: number, t: number): void {
    const { legs, role } = this.ways;
    const { loads, batches } = this;
    const to = legs.to[loads.leg[load]];
    if (role[to] === HUB) {
      this.outside.append(to, load, load, loads.next);
      this.waitingOutside[to] += loads.parcels[load];
      this.#blocks(load, loads.parcels[load]);
      return;
    }
    if (role[to] === LAST_MILE) {
      const l = loads.leg[load];
      const wait = Math.max(0, legs.time[l] - this.arrivalTime(l));
      this.#occupy(to, loads.parcels[load], t, wait, wait + legs.span[l]);
      for (let b = loads.head[load]; b >= 0; ) {
        const next = batches.next[b];
        this.watch?.atOutlet(b, to);
        this.lastMile.arrive(to, batches.ready[b], batches.parcels[b]);
        this.served[to] += batches.parcels[b];
        this.stages.note(batches.route[b], batches.stage[b], batches.parcels[b], t);
        if (batches.stage[b] === 0) this.pickedUp += batches.parcels[b];
        batches.drop(b);
        b = next;
      }
    } else {
      this.#tellArrived(load, to);
      this.queue.append(to, loads.head[load], loads.tail[load], batches.next);
      this.queued[to] += loads.parcels[load];
    }
    loads.drop(load);
  }

  /** Loads pass a line-haul up to its capacity. */
  #letThrough(lane: number, t: number): void {
    const { loads, outside } = this;
    for (let load = outside.head[lane]; load >= 0; load = outside.head[lane]) {
      const room = this.#available[lane];
      if (room <= 0) return;
      const first = this.#front(outside, lane, load, room);
      const l = loads.leg[first];
      const parcels = loads.parcels[first];
      const { laneStart, laneSpan, laneTime } = this.ways.legs;
      const k = laneStart[l] + loads.lanes[first];
      this.waitingOutside[lane] -= parcels;
      this.served[lane] += parcels;
      this.moved += parcels;
      this.#take(lane, parcels, laneSpan[k], t);
      loads.lanes[first] += 1;
      this.#setOff(first, t, laneTime[k]);
    }
  }

  /** Sorted loads leave a hub while there are vehicles. */
  #send(hub: number, t: number): void {
    const { loads, starved, fleet } = this;
    for (let load = starved.head[hub]; load >= 0; load = starved.head[hub]) {
      const room = fleet.free(hub);
      if (room <= 0) return;
      const first = this.#front(starved, hub, load, room);
      const parcels = loads.parcels[first];
      fleet.send(hub, parcels);
      this.starvedParcels[hub] -= parcels;
      this.stock[hub] -= parcels;
      this.moved += parcels;
      this.#setOff(first, t, this.floorTime(loads.leg[first]));
    }
  }

  /** Vehicles are unloaded, one after another, until the floor is full. */
  #unload(hub: number, t: number): void {
    const { loads, outside, batches } = this;
    const vehicle = this.world.vehicleParcels;
    for (let load = outside.head[hub]; load >= 0; load = outside.head[hub]) {
      const room = this.floor[hub] - this.stock[hub];
      if (room < 0) return;
      const first = this.#front(outside, hub, load, (Math.floor(room / vehicle) + 1) * vehicle);
      const parcels = loads.parcels[first];
      this.waitingOutside[hub] -= parcels;
      this.stock[hub] += parcels;
      this.queued[hub] += parcels;
      this.moved += parcels;
      this.#tellArrived(first, hub);
      this.queue.append(hub, loads.head[first], loads.tail[first], batches.next);
      this.#blocks(first, -parcels);
      this.#home(first, parcels, t);
      loads.drop(first);
    }
  }

  /** Takes the first load of a queue, or so much of it as there is room for. */
  #front(queues: Queues, queue: number, load: number, room: number): number {
    if (this.loads.parcels[load] > room) return this.loads.split(load, room, this.batches);
    return queues.take(queue, this.loads.next);
  }

  #blocks(load: number, parcels: number): void {
    const { from, to } = this.ways.legs;
    const l = this.loads.leg[load];
    const home = from[l] < 0 ? -1 : this.hubOf[from[l]];
    if (home >= 0) this.blocked[home * this.hubs.length + this.hubOf[to[l]]] += parcels;
  }

  /** The vehicles of a load that was unloaded in slot t drive home. */
  #home(load: number, parcels: number, t: number): void {
    const { from, time } = this.ways.legs;
    const l = this.loads.leg[load];
    if (from[l] >= 0) this.fleet.comeBack(from[l], parcels, t + Math.max(1, time[l]));
  }

  /** Sorting, or collecting, up to what the place takes in a slot. */
  #serve(r: number, t: number): void {
    const { batches, queue, fleet } = this;
    const { legs, legList, legStart, role } = this.ways;
    const hub = role[r] === HUB;
    let room = this.#available[r];
    let through = 0;
    while (room > 0) {
      let b = queue.head[r];
      if (b < 0) break;
      const at = legStart[batches.route[b]] + batches.stage[b];
      const leg = legList[at + 1];
      const toHub = legs.to[leg] >= 0 && role[legs.to[leg]] === HUB;
      let n = Math.min(batches.parcels[b], room);
      if (toHub && !hub) n = Math.min(n, fleet.free(r));
      if (n <= 0) break;
      if (n < batches.parcels[b]) {
        b = batches.split(b, n);
      } else {
        queue.head[r] = batches.next[b];
      }
      if (toHub && !hub) fleet.send(r, n);
      if (batches.stage[b] === 0) this.pickedUp += n;
      this.watch?.served(b, r);
      this.stages.note(batches.route[b], batches.stage[b], n, t);
      batches.stage[b] += 1;
      room -= n;
      through += n;
      this.#take(r, n, legs.span[legList[at]], t);
      this.#append(leg, b);
    }
    this.queued[r] -= through;
    this.served[r] += through;
    this.moved += through;
    this.#depart(t, hub ? 1 : 0);
  }

  #append(leg: number, batch: number): void {
    let load = this.#open[leg];
    if (load < 0) {
      load = this.loads.make(leg, ON_FLOOR);
      this.#open[leg] = load;
      this.#touched[this.#touchedCount++] = leg;
    }
    this.loads.append(load, batch, this.batches);
  }

  /** Closes the loads of a slot: they stand on the floor for a while, or set off. */
  #depart(t: number, floor: 0 | 1): void {
    for (let i = 0; i < this.#touchedCount; i++) {
      const leg = this.#touched[i];
      const load = this.#open[leg];
      this.#open[leg] = -1;
      if (floor) this.#schedule(load, t + this.floorTime(leg), t);
      else {
        this.loads.lanes[load] = 0;
        this.#tellDeparted(load);
        this.#setOff(load, t, 0);
      }
    }
    this.#touchedCount = 0;
  }

  /** A load goes on in slot t, `elapsed` slots of its leg behind it: to the next line-haul or the end. */
  #setOff(load: number, t: number, elapsed: number): void {
    const { loads } = this;
    const { legs } = this.ways;
    const l = loads.leg[load];
    if (loads.lanes[load] === ON_FLOOR) {
      loads.lanes[load] = 0;
      this.#tellDeparted(load);
    }
    const k = legs.laneStart[l] + loads.lanes[load];
    if (k < legs.laneStart[l + 1]) {
      this.#schedule(load, t + Math.max(0, legs.laneTime[k] - elapsed), t);
      return;
    }
    const left = Math.max(0, this.wayTime(l) - elapsed);
    if (legs.to[l] < 0) this.#finish(load, t + left);
    else this.#schedule(load, t + left + (legs.from[l] < 0 ? 0 : this.fate.delay(l, t, left)), t);
  }

  /** Routes that end elsewhere than at an outlet: delivered after the way and a round. */
  #finish(load: number, slot: number): void {
    const { batches, loads } = this;
    const at = slot + this.#time.slotsOf(this.world.roundHours);
    for (let b = loads.head[load]; b >= 0; ) {
      const next = batches.next[b];
      if (batches.stage[b] === 0) this.pickedUp += batches.parcels[b];
      this.onDelivered(batches.ready[b], at, batches.parcels[b]);
      this.watch?.ended(b, loads.leg[load], at);
      batches.drop(b);
      b = next;
    }
    this.#due[at % this.ring] += loads.parcels[load];
    this.onRoad += loads.parcels[load];
    this.finishing += loads.parcels[load];
    loads.drop(load);
  }

  #schedule(load: number, slot: number, t: number): void {
    if (!(slot >= t) || slot - t >= this.ring) throw new Error(`a load of slot ${t} for ${slot}`);
    if (this.loads.lanes[load] !== ON_FLOOR) this.onRoad += this.loads.parcels[load];
    this.road.append(slot % this.ring, load, load, this.loads.next);
  }

  #tellArrived(load: number, to: number): void {
    if (!this.watch) return;
    for (let b = this.loads.head[load]; b >= 0; b = this.batches.next[b]) this.watch.arrived(b, to);
  }

  #tellDeparted(load: number): void {
    if (!this.watch) return;
    const leg = this.loads.leg[load];
    for (let b = this.loads.head[load]; b >= 0; b = this.batches.next[b]) {
      this.watch.departed(b, leg);
    }
  }

  /** Slots on the hub's floor, part of the leg's time. */
  floorTime(leg: number): number {
    const { laneStart, laneTime } = this.ways.legs;
    const most = laneStart[leg] < laneStart[leg + 1] ? laneTime[laneStart[leg]] : this.wayTime(leg);
    return Math.min(this.#process, most);
  }

  /** A leg's time; to an outlet without the usual wait there, which is the last mile's own. */
  wayTime(leg: number): number {
    const { legs, role } = this.ways;
    const to = legs.to[leg];
    const toOutlet = to >= 0 && role[to] === LAST_MILE;
    return toOutlet ? Math.max(0, legs.time[leg] - this.#outletWait) : legs.time[leg];
  }

  /** Slots from leaving a place to the end of the leg, its line-hauls among them, when nothing is late. */
  arrivalTime(leg: number): number {
    const { laneStart, laneTime } = this.ways.legs;
    const last = laneStart[leg + 1] - 1;
    return Math.max(this.wayTime(leg), last < laneStart[leg] ? 0 : laneTime[last]);
  }
}

function laneCount({ laneStart }: Ways['legs'], leg: number): number {
  return laneStart[leg + 1] - laneStart[leg];
}
