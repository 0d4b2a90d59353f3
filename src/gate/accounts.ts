/**
 * Accounts: the (shipper, flow) that a plan has shares for or that ever asked, numbered in order of first
 * appearance and never forgotten, for tickets name them. 16 to 24 bytes each.
 */
export class Accounts {
  size = 0;
  shipper = new Int32Array(64);
  flow = new Int32Array(64);
  /** Account + 1 by hash, 0 where none. */
  #place = new Int32Array(128);

  /** The account's number, or −1. */
  find(shipper: number, flow: number): number {
    return this.#place[this.#probe(shipper, flow)] - 1;
  }

  /** The account's number; a new one if there was none. */
  open(shipper: number, flow: number): number {
    const at = this.#probe(shipper, flow);
    if (this.#place[at] > 0) return this.#place[at] - 1;
    if (this.size === this.shipper.length) {
      this.#grow();
      return this.open(shipper, flow);
    }
    this.shipper[this.size] = shipper;
    this.flow[this.size] = flow;
    this.#place[at] = ++this.size;
    return this.size - 1;
  }

  #probe(shipper: number, flow: number): number {
    const mask = this.#place.length - 1;
    let at = Math.imul(flow, -1640531535) ^ Math.imul(shipper, -2048144777);
    at = (at ^ (at >>> 15)) & mask;
    for (;;) {
      const account = this.#place[at] - 1;
      if (account < 0 || (this.flow[account] === flow && this.shipper[account] === shipper))
        return at;
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const { shipper, flow } = this;
    this.shipper = new Int32Array(2 * this.size);
    this.flow = new Int32Array(2 * this.size);
    this.shipper.set(shipper);
    this.flow.set(flow);
    this.#place = new Int32Array(4 * this.size);
    for (let i = 0; i < this.size; i++) this.#place[this.#probe(shipper[i], flow[i])] = i + 1;
  }
}
