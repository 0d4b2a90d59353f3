import { GrowingInts } from './growing.js';

/** Numbers distinct (operator, origin, destination, service) by first appearance. */
export class FlowTable {
  readonly operator = new GrowingInts();
  readonly origin = new GrowingInts();
  readonly destination = new GrowingInts();
  readonly service = new GrowingInts();
  #slots = new Int32Array(1024).fill(-1);
  #last = -1;

  get size(): number {
    return this.service.length;
  }

  number(operator: number, origin: number, destination: number, service: number): number {
    if (this.#last >= 0 && this.#is(this.#last, operator, origin, destination, service)) {
      return this.#last;
    }
    if (this.size * 2 >= this.#slots.length) this.#rehash();
    const at = this.#probe(operator, origin, destination, service);
    if (this.#slots[at] >= 0) {
      this.#last = this.#slots[at];
      return this.#last;
    }
    this.#last = this.size;
    this.#slots[at] = this.#last;
    this.operator.push(operator);
    this.origin.push(origin);
    this.destination.push(destination);
    this.service.push(service);
    return this.#last;
  }

  /** The number, or −1. */
  find(operator: number, origin: number, destination: number, service: number): number {
    if (this.#last < 0 || !this.#is(this.#last, operator, origin, destination, service)) {
      this.#last = this.#slots[this.#probe(operator, origin, destination, service)];
    }
    return this.#last;
  }

  /** Where the flow is, or would be, in the table of slots. */
  #probe(operator: number, origin: number, destination: number, service: number): number {
    const mask = this.#slots.length - 1;
    let at = hash(operator, origin, destination, service) & mask;
    while (
      this.#slots[at] >= 0 &&
      !this.#is(this.#slots[at], operator, origin, destination, service)
    ) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #is(flow: number, operator: number, origin: number, destination: number, service: number) {
    return (
      this.destination.at(flow) === destination &&
      this.origin.at(flow) === origin &&
      this.operator.at(flow) === operator &&
      this.service.at(flow) === service
    );
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let flow = 0; flow < this.size; flow++) {
      const { operator, origin, destination, service } = this;
      let at =
        hash(operator.at(flow), origin.at(flow), destination.at(flow), service.at(flow)) & mask;
      while (this.#slots[at] >= 0) at = (at + 1) & mask;
      this.#slots[at] = flow;
    }
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h =
    Math.imul(h ^ (h >>> 15), 0xc2b2ae35) ^ Math.imul(c + 1, 0x27d4eb2f) ^ Math.imul(d, 0x165667b1);
  h = Math.imul(h ^ (h >>> 13), 0x9e3779b1);
  return h ^ (h >>> 16);
}
