import { grown } from '../grown.js';

/**
 * Parcels that move alike, in columns with a free list: no object a batch, no garbage. A batch has one
 * route, one ready slot and one place; −1 ends a list. 16 bytes each.
 */
export class Batches {
  route = new Int32Array(FIRST);
  /** Legs of the route behind it: the place it is at, or on its way to, lies at the end of that leg. */
  stage = new Uint16Array(FIRST);
  ready = new Int16Array(FIRST);
  parcels = new Int32Array(FIRST);
  next = new Int32Array(FIRST);
  /** Told when the first parcels of a batch become one of their own. */
  onSplit: ((batch: number, front: number) => void) | undefined;
  #free = -1;
  #used = 0;

  make(route: number, stage: number, ready: number, parcels: number): number {
    const i = this.#free >= 0 ? this.#free : this.#used++;
    if (i === this.#free) this.#free = this.next[i];
    else if (i === this.next.length) this.#grow();
    this.route[i] = route;
    this.stage[i] = stage;
    this.ready[i] = ready;
    this.parcels[i] = parcels;
    this.next[i] = -1;
    return i;
  }

  /** Takes the first n < parcels of batch i into a new one. */
  split(i: number, n: number): number {
    this.parcels[i] -= n;
    const front = this.make(this.route[i], this.stage[i], this.ready[i], n);
    this.onSplit?.(i, front);
    return front;
  }

  drop(i: number): void {
    this.next[i] = this.#free;
    this.#free = i;
  }

  #grow(): void {
    const length = Math.ceil(this.next.length * 1.5);
    this.route = grown(this.route, new Int32Array(length));
    this.stage = grown(this.stage, new Uint16Array(length));
    this.ready = grown(this.ready, new Int16Array(length));
    this.parcels = grown(this.parcels, new Int32Array(length));
    this.next = grown(this.next, new Int32Array(length));
  }
}

/** What one departure carries on one leg: a list of batches and the room it takes in vehicles. */
export class Loads {
  leg = new Int32Array(FIRST);
  head = new Int32Array(FIRST);
  tail = new Int32Array(FIRST);
  parcels = new Float64Array(FIRST);
  /** Line-hauls of its leg behind it; −1 while it still stands on the hub's floor. */
  lanes = new Int16Array(FIRST);
  next = new Int32Array(FIRST);
  #free = -1;
  #used = 0;

  make(leg: number, lanes: number): number {
    const i = this.#free >= 0 ? this.#free : this.#used++;
    if (i === this.#free) this.#free = this.next[i];
    else if (i === this.next.length) this.#grow();
    this.leg[i] = leg;
    this.head[i] = -1;
    this.tail[i] = -1;
    this.parcels[i] = 0;
    this.lanes[i] = lanes;
    this.next[i] = -1;
    return i;
  }

  /** Adds a batch at the end. */
  append(i: number, batch: number, batches: Batches): void {
    if (this.head[i] < 0) this.head[i] = batch;
    else batches.next[this.tail[i]] = batch;
    this.tail[i] = batch;
    batches.next[batch] = -1;
    this.parcels[i] += batches.parcels[batch];
  }

  /** Takes the first n < parcels of load i into a new load of the same leg. */
  split(i: number, n: number, batches: Batches): number {
    const front = this.make(this.leg[i], this.lanes[i]);
    let left = n;
    while (left > 0) {
      const batch = this.head[i];
      const parcels = batches.parcels[batch];
      if (parcels <= left) {
        this.head[i] = batches.next[batch];
        this.append(front, batch, batches);
        left -= parcels;
      } else {
        this.append(front, batches.split(batch, left), batches);
        left = 0;
      }
    }
    this.parcels[i] -= n;
    return front;
  }

  drop(i: number): void {
    this.next[i] = this.#free;
    this.#free = i;
  }

  #grow(): void {
    const length = Math.ceil(this.next.length * 1.5);
    this.leg = grown(this.leg, new Int32Array(length));
    this.head = grown(this.head, new Int32Array(length));
    this.tail = grown(this.tail, new Int32Array(length));
    this.parcels = grown(this.parcels, new Float64Array(length));
    this.lanes = grown(this.lanes, new Int16Array(length));
    this.next = grown(this.next, new Int32Array(length));
  }
}

/** First come, first served lists of batches or loads, one a place: head and tail, linked by `next`. */
export class Queues {
  readonly head: Int32Array;
  readonly tail: Int32Array;

  constructor(size: number) {
    this.head = new Int32Array(size).fill(-1);
    this.tail = new Int32Array(size).fill(-1);
  }

  /** Appends the list from `head` to `tail`, whose last `next` is −1. */
  append(queue: number, head: number, tail: number, next: Int32Array): void {
    if (this.head[queue] < 0) this.head[queue] = head;
    else next[this.tail[queue]] = head;
    this.tail[queue] = tail;
  }

  /** Removes and gives the first, or −1. */
  take(queue: number, next: Int32Array): number {
    const i = this.head[queue];
    if (i >= 0) {
      this.head[queue] = next[i];
      next[i] = -1;
    }
    return i;
  }
}

const FIRST = 1024;
