import { KINDS } from '../../track/scans.js';
import type { SlotNumbers } from '../../warn/seen.js';
import { firstSlot } from '../track/track-season.js';
import type { SlotFlow, TrackService } from '../track/track-service.js';

/** Slots that are asked for again each time: what comes later than that corrects closed figures only. */
const AGAIN = 6;
/** Resources asked for at a time: where tracking is elsewhere, each is a round trip. */
const AT_ONCE = 32;

type Kind = (typeof KINDS)[number];
const CAME: readonly Kind[] = ['accepted', 'arrived'];
const LEFT: readonly Kind[] = ['departed', 'delivered', 'returned'];

/** Flows of the slots that ended last, of all resources but lanes. */
export class FlowMemory {
  readonly arrived: SlotNumbers;
  readonly departed: SlotNumbers;
  /** Of `arrived`, where parcels enter the network. */
  readonly accepted: SlotNumbers;
  /** The slot that ran when it was refreshed last. */
  #slot: number | undefined;
  readonly #resources: number[];

  /**
   * @param slots how many are remembered.
   * @param scale parcels that each tracked one stands for.
   */
  constructor(
    private readonly service: Pick<TrackService, 'flows' | 'season'>,
    private readonly slots: number,
    private readonly scale: number,
  ) {
    const { kind } = service.season.scenario.resources;
    const table = () => ({ slots, values: new Float64Array(kind.length * slots) });
    this.arrived = table();
    this.departed = table();
    this.accepted = table();
    this.#resources = [...kind.keys()].filter((r) => kind[r] !== 'lane');
  }

  /** Brings all up to the slot that runs. @throws Held */
  async refresh(slot: number): Promise<void> {
    const known = this.#slot;
    // Where it fails half-way all is asked for again.
    this.#slot = undefined;
    this.#shift(known === undefined ? this.slots : slot - known);
    const oldest = slot - this.slots;
    const from = known === undefined ? oldest : Math.max(oldest, Math.min(known, slot) - AGAIN);
    const first = Math.max(from, firstSlot(this.service.season));
    if (first >= slot) return;
    for (let i = 0; i < this.#resources.length; i += AT_ONCE) {
      const some = this.#resources.slice(i, i + AT_ONCE);
      await Promise.all(
        some.map(async (r) => this.#take(r, slot, await this.service.flows(r, first, slot))),
      );
    }
    this.#slot = slot;
  }

  #take(r: number, slot: number, flows: readonly SlotFlow[]): void {
    for (const flow of flows) {
      const at = r * this.slots + flow.slot - slot + this.slots;
      this.arrived.values[at] = this.scale * sumOf(flow, CAME);
      this.departed.values[at] = this.scale * sumOf(flow, LEFT);
      this.accepted.values[at] = this.scale * sumOf(flow, ['accepted']);
    }
  }

  /** Slots move back by so many; the new ones are empty. A clock that was put back forgets all. */
  #shift(by: number): void {
    const { slots } = this;
    const kept = by < 0 ? 0 : Math.max(0, slots - by);
    for (const { values } of [this.arrived, this.departed, this.accepted]) {
      for (let row = 0; row < values.length; row += slots) {
        if (kept > 0) values.copyWithin(row, row + slots - kept, row + slots);
        values.fill(0, row + kept, row + slots);
      }
    }
  }
}

function sumOf({ scans }: SlotFlow, kinds: readonly Kind[]): number {
  return kinds.reduce((sum, kind) => sum + scans[KINDS.indexOf(kind)], 0);
}
