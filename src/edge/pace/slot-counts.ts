import { setImmediate as turn } from 'node:timers/promises';
import { KINDS } from '../../track/scans.js';
import type { SlotFlow, TrackService } from '../track/track-service.js';

export type Kind = (typeof KINDS)[number];

/** How old counts may be, milliseconds. */
const EVERY_MS = 2000;
/** Slots that are counted anew each time: scans come late. */
const AGAIN = 6;
/** All slots are counted anew so often, milliseconds: some scans come very late. */
const ALL_MS = 60_000;
/** Resources asked for at a time: where tracking is elsewhere, each is a round trip. */
const AT_ONCE = 32;

/**
 * Scans of some kinds at some resources by slot, from slot 0 on, brought up to date when somebody asks: once for all who do.
 * Of resource number i of those given, the slot's count is values[i · slots + slot].
 */
export class SlotCounts {
  readonly values: Float64Array;
  readonly #kinds: readonly number[];
  #fresh: Promise<void> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #allAt = Number.NEGATIVE_INFINITY;
  #until = 0;

  constructor(
    private readonly service: Pick<TrackService, 'flows' | 'season'>,
    private readonly resources: Int32Array,
    kinds: readonly Kind[],
    readonly slots: number,
  ) {
    this.values = new Float64Array(resources.length * slots);
    this.#kinds = kinds.map((kind) => KINDS.indexOf(kind));
  }

  /** The slot that runs; all before it and itself are counted when this resolves. @throws Held */
  async refresh(): Promise<number> {
    const { scenario, network, timing } = this.service.season;
    const slot = Math.floor((timing.now() - Date.parse(scenario.start)) / network.slotMs);
    const now = timing.elapsed();
    if (!this.#fresh || now - this.#askedAt >= EVERY_MS) {
      this.#askedAt = now;
      const asked = (this.#fresh ?? Promise.resolve()).then(() => this.#count(slot, now));
      this.#fresh = asked;
      asked.catch(() => {
        if (this.#fresh === asked) this.#fresh = undefined;
      });
    }
    await this.#fresh;
    return slot;
  }

  async #count(slot: number, now: number): Promise<void> {
    const isAll = now - this.#allAt >= ALL_MS;
    const from = isAll ? 0 : Math.max(0, Math.min(this.#until, slot) - AGAIN);
    const until = Math.min(this.slots, slot + 1);
    const resources = from < until ? this.resources : this.resources.subarray(0, 0);
    for (let i = 0; i < resources.length; i += AT_ONCE) {
      const some = [...resources.subarray(i, i + AT_ONCE)];
      const flows = await Promise.all(some.map((r) => this.service.flows(r, from, until)));
      for (const [k, of] of flows.entries()) this.#take(i + k, of);
      await turn();
    }
    if (isAll) this.#allAt = now;
    this.#until = until;
  }

  #take(i: number, flows: readonly SlotFlow[]): void {
    for (const { slot, scans } of flows) {
      let sum = 0;
      for (const kind of this.#kinds) sum += scans[kind];
      this.values[i * this.slots + slot] = sum;
    }
  }
}
