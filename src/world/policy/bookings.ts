/** Parcels of flows put down for coming slots; 8 bytes an entry, given back when its slot has come. */
export class Bookings {
  readonly #slots = new Map<number, Page>();

  add(slot: number, flow: number, parcels: number): void {
    let page = this.#slots.get(slot);
    if (!page) this.#slots.set(slot, (page = new Page()));
    page.add(flow, parcels);
  }

  /** Hands out the entries of a slot, in the order they were added, and forgets them. */
  take(slot: number, visit: (flow: number, parcels: number) => void): void {
    const page = this.#slots.get(slot);
    this.#slots.delete(slot);
    if (!page) return;
    for (let i = 0; i < page.size; i++) visit(page.flow[i], page.parcels[i]);
  }
}

class Page {
  flow = new Int32Array(64);
  parcels = new Int32Array(64);
  size = 0;

  add(flow: number, parcels: number): void {
    if (this.size === this.flow.length) this.#grow();
    this.flow[this.size] = flow;
    this.parcels[this.size++] = parcels;
  }

  #grow(): void {
    const { flow, parcels } = this;
    this.flow = new Int32Array(2 * this.size);
    this.flow.set(flow);
    this.parcels = new Int32Array(2 * this.size);
    this.parcels.set(parcels);
  }
}
