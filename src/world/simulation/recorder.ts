import { importantHubs } from '../../network/important.js';
import type { Scenario } from '../../network/scenario.js';
import type { Flow } from './flow.js';
import { countGridlocked } from './gridlock.js';
import type { Curves } from './run.js';

/** Writes down, slot by slot, what a run is judged by. */
export class Recorder {
  readonly important: Uint8Array;
  readonly ready: number[] = [];
  readonly released: number[] = [];
  readonly pickedUp: number[] = [];
  readonly gridlocked: number[] = [];
  readonly stock: Float32Array[] = [];
  readonly outside: Float32Array[] = [];
  readonly overflow: Uint8Array[] = [];
  /** By slot of delivery. */
  readonly #delivered: number[] = [];
  /** By slots from ready to delivered. */
  readonly #times: number[] = [];
  /** Σ parcels · slot of delivery. */
  deliveredSlots = 0;

  constructor(
    scenario: Scenario,
    private readonly hubs: Int32Array,
  ) {
    this.important = importantHubs(scenario, hubs);
  }

  deliver(readySlot: number, slot: number, parcels: number): void {
    const time = slot - readySlot;
    this.#delivered[slot] = (this.#delivered[slot] ?? 0) + parcels;
    this.#times[time] = (this.#times[time] ?? 0) + parcels;
    this.deliveredSlots += parcels * slot;
  }

  /** The end of a slot. `joined`: became ready; `released` in it. */
  record(flow: Flow, joined: number, released: number): void {
    this.ready.push(joined);
    this.released.push(released);
    this.pickedUp.push(flow.pickedUp);
    this.stock.push(Float32Array.from(this.hubs, (r) => flow.stock[r]));
    this.outside.push(Float32Array.from(this.hubs, (r) => flow.waitingOutside[r]));
    this.overflow.push(Uint8Array.from(this.hubs, (r) => Number(flow.stock[r] > flow.floor[r])));
    this.gridlocked.push(countGridlocked(flow));
  }

  /** Curves of the slots recorded; what is still with a courier after them counts in the last. */
  curves(): Curves {
    const slots = this.ready.length;
    const delivered = new Float64Array(slots);
    this.#delivered.forEach((n, t) => {
      delivered[Math.min(t, slots - 1)] += n;
    });
    return {
      ready: Float64Array.from(this.ready),
      released: Float64Array.from(this.released),
      pickedUp: Float64Array.from(this.pickedUp),
      delivered,
    };
  }

  times(): Float64Array {
    return Float64Array.from({ length: this.#times.length }, (_, i) => this.#times[i] ?? 0);
  }
}

/** Rows of one slot each as one table. */
export function joinRows<A extends Float32Array | Uint8Array>(rows: readonly A[], table: A): A {
  let at = 0;
  for (const row of rows) {
    table.set(row, at);
    at += row.length;
  }
  return table;
}
