/**
 * Accounts: the (shipper, flow) that a plan has shares for or that ever asked, numbered in order of first
 * appearance and never forgotten, for tickets name them. 16 to 24 bytes each.
 */
export class Accounts {
  size = 0;
  /** Shipper and flow of account a: of[2a], of[2a + 1], side by side, for they are read together. */
  of: Int32Array = new Int32Array(128);
  /** Account + 1 by hash, 0 where none. */
  #place = new Int32Array(128);

  shipper(account: number): number {
    return this.of[2 * account];
  }

  flow(account: number): number {
    return this.of[2 * account + 1];
  }

  /** The account's number, or −1. */
  find(shipper: number, flow: number): number {
    return this.#place[this.#probe(shipper, flow)] - 1;
  }

  /** The account's number; a new one if there was none. */
  open(shipper: number, flow: number): number {
    const at = this.#probe(shipper, flow);
    if (this.#place[at] > 0) return this.#place[at] - 1;
    if (2 * this.size === this.of.length) {
      this.#grow();
      return this.open(shipper, flow);
    }
    this.of[2 * this.size] = shipper;
    this.of[2 * this.size + 1] = flow;
    this.#place[at] = ++this.size;
    return this.size - 1;
  }

  #probe(shipper: number, flow: number): number {
    const mask = this.#place.length - 1;
    let at = Math.imul(flow, -1640531535) ^ Math.imul(shipper, -2048144777);
    at = (at ^ (at >>> 15)) & mask;
    for (;;) {
      const account = this.#place[at] - 1;
      if (account < 0 || (this.flow(account) === flow && this.shipper(account) === shipper)) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const of = new Int32Array(2 * this.of.length);
    of.set(this.of);
    this.of = of;
    this.#place = new Int32Array(4 * this.size);
    for (let i = 0; i < this.size; i++) {
      this.#place[this.#probe(this.shipper(i), this.flow(i))] = i + 1;
    }
  }
}
