import { setTimeout as sleep } from 'node:timers/promises';
import { BatchBuilder } from '../../../src/edge/track/batch-builder.js';
import type { TrackSeason } from '../../../src/edge/track/track-season.js';
import type { TrackService } from '../../../src/edge/track/track-service.js';
import { KINDS, type Kind, type ScanBatch } from '../../../src/track/scans.js';
import { Held } from '../../../src/units/held.js';

/** A parcel's life in the drill: kind, and place in it; two in a row are departed and arrived. */
const LIFE: readonly (readonly [Kind, number])[] = [
  ['accepted', 0],
  ['departed', 0],
  ['arrived', 1],
  ['departed', 1],
  ['arrived', 2],
  ['held', 2],
  ['departed', 2],
  ['arrived', 3],
  ['out', 3],
  ['delivered', 3],
];

/** Before a batch that was held is sent again, milliseconds: as servers ask for. */
const AGAIN_MS = 1000;

/** Parcels of a block: its scans of one step are one batch. */
const BLOCK = 500;

interface Block {
  readonly number: number;
  /** Steps that are acknowledged. */
  done: number;
  /** Where its life ends: not all are delivered. */
  readonly steps: number;
}

/**
 * Senders whose scans' counts are known: blocks of parcels go through life step by step, each step a batch that is sent until it
 * is acknowledged. Every seventh is sent once more.
 */
export class ScanDrill {
  /** Scans acknowledged, those that were sent twice on purpose too. */
  acknowledged = 0;
  /** Scans sent again because it was not said whether they were taken. */
  unsure = 0;
  /** Milliseconds from a mark to the first acknowledgement of what was sent after it. */
  readonly gapsMs = new Map<string, number>();
  readonly #marks = new Map<string, number>();
  readonly #blocks: Block[] = [];
  readonly #begun: number;
  #isOver = false;

  constructor(
    private readonly service: TrackService,
    private readonly source: number,
    private readonly places: readonly string[],
    private readonly operator: string,
  ) {
    this.#begun = this.season.timing.now() - 3_600_000;
  }

  private get season(): TrackSeason {
    return this.service.season;
  }

  /** Sends with so many senders at once until it is ended, or each has sent so many blocks. */
  async run(senders: number, blocksEach = Number.POSITIVE_INFINITY): Promise<void> {
    await Promise.all(Array.from({ length: senders }, () => this.#sender(blocksEach)));
  }

  /** Begins no block and no step any more. */
  end(): void {
    this.#isOver = true;
  }

  /** From now until what is sent from now on is acknowledged: in `gapsMs` by this name. */
  mark(name: string): void {
    this.#marks.set(name, performance.now());
  }

  /** Scans that were acknowledged at least once, each counted once. */
  get distinct(): number {
    return this.#blocks.reduce((sum, { done }) => sum + BLOCK * done, 0);
  }

  /** Counted plainly from what was acknowledged: parcels at each place and bound for it, flows by kind. */
  expected() {
    const { resources } = this.season.names;
    const stock = new Int32Array(resources.size);
    const bound = new Int32Array(resources.size);
    const byKind = new Map<string, number>();
    for (const { number, done } of this.#blocks) {
      for (let step = 0; step < done; step++) {
        const [kind] = LIFE[step];
        byKind.set(kind, (byKind.get(kind) ?? 0) + BLOCK);
      }
      if (done === 0) continue;
      const [kind] = LIFE[done - 1];
      const at = resources.findText(this.#placeOf(number, done - 1));
      if (kind === 'departed') {
        const to = resources.findText(this.#placeOf(number, done));
        bound[to] += BLOCK;
        const lane = this.season.network.lanes.find(at, to);
        if (lane >= 0) stock[lane] += BLOCK;
      } else if (kind !== 'delivered') stock[at] += BLOCK;
    }
    return { stock, bound, byKind };
  }

  /** Every figure that is not as it must be. */
  async faults(): Promise<string[]> {
    const { stock, bound, byKind } = this.expected();
    const picture = await patient(() => this.service.picture());
    const faults: string[] = [];
    const compare = (what: string, found: number, expected: number) => {
      if (found !== expected) faults.push(`${what}: ${found}, expected ${expected}`);
    };
    for (let r = 0; r < stock.length; r++) {
      compare(`stock of ${r}`, picture.stock[r], stock[r]);
      compare(`bound for ${r}`, picture.bound[r], bound[r]);
    }
    compare('scans', picture.scans, this.distinct);
    const flows = await this.#flows();
    for (const kind of KINDS) compare(`flow ${kind}`, flows.get(kind) ?? 0, byKind.get(kind) ?? 0);
    const [{ tally }] = await patient(() => this.service.sources());
    compare('applied + superseded', tally.applied + tally.superseded, this.distinct);
    compare('quarantined', tally.quarantined, 0);
    compare('received − duplicate', tally.received - tally.duplicate, this.distinct);
    // What was sent again may have come once or twice.
    if (tally.received < this.acknowledged || tally.received > this.acknowledged + this.unsure) {
      faults.push(`received ${tally.received} of ${this.acknowledged} + ${this.unsure}`);
    }
    return faults;
  }

  async #flows(): Promise<Map<string, number>> {
    const { scenario, names, network } = this.season;
    const first = Math.floor((this.#begun - Date.parse(scenario.start)) / network.slotMs);
    const sums = new Map<string, number>();
    for (const place of this.places) {
      const resource = names.resources.findText(place);
      const flows = await patient(() => this.service.flows(resource, first, first + 4));
      for (const { scans } of flows) {
        for (const [k, n] of scans.entries()) sums.set(KINDS[k], (sums.get(KINDS[k]) ?? 0) + n);
      }
    }
    return sums;
  }

  async #sender(blocks: number): Promise<void> {
    for (let n = 0; n < blocks && !this.#isOver; n++) {
      const number = this.#blocks.length;
      const block = { number, done: 0, steps: LIFE.length - (number % 4 === 0 ? number % 9 : 0) };
      this.#blocks.push(block);
      while (block.done < block.steps && !this.#isOver) {
        const batch = this.#batch(number, block.done);
        await this.#send(batch);
        if ((number + block.done) % 7 === 0) await this.#send(batch);
        block.done += 1;
      }
    }
  }

  /** Until it is acknowledged: what was begun is finished, too, when the drill is ended. */
  async #send(batch: ScanBatch): Promise<void> {
    for (;;) {
      const sent = performance.now();
      try {
        const { tally } = await this.service.take({
          ...batch,
          receivedAt: this.season.timing.now(),
        });
        this.acknowledged += tally.received;
        return this.#unmark(sent);
      } catch (error) {
        if (!(error instanceof Held)) throw error;
        this.unsure += BLOCK;
        await sleep(AGAIN_MS);
      }
    }
  }

  #unmark(sent: number): void {
    for (const [name, at] of this.#marks) {
      if (sent < at) continue;
      this.gapsMs.set(name, Math.round(performance.now() - at));
      this.#marks.delete(name);
    }
  }

  #batch(number: number, step: number): ScanBatch {
    const builder = new BatchBuilder(this.season.names, this.season.keys);
    const [kind] = LIFE[step];
    for (let i = 0; i < BLOCK; i++) {
      builder.add({
        operator: this.operator,
        parcel: `GEN${number}-${i}`,
        kind,
        resource: this.#placeOf(number, step),
        ...(kind === 'departed' && { to: this.#placeOf(number, step + 1) }),
        at: this.#begun + 10_000 * step + i,
      });
    }
    return builder.finish(this.source, 0);
  }

  #placeOf(block: number, step: number): string {
    return this.places[(block + LIFE[step][1]) % this.places.length];
  }
}

/** Asks again while a log goes from one worker to another. */
async function patient<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
