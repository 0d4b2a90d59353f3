import { GrowingInts } from '../network/growing.js';
import { APPLIED, type Outcomes, QUARANTINED, type ScanBatch, SUPERSEDED } from './scans.js';
import { slotAt, type TrackNetwork } from './track-network.js';

/** Delays are counted below 1 s, 2 s, 4 s … and above. */
const DELAYS = 24;

/** What became of the scans received, as found at receipt: received is the sum of the others (T6). */
export interface Tally {
  received: number;
  applied: number;
  superseded: number;
  duplicate: number;
  quarantined: number;
}

export function emptyTally(): Tally {
  return { received: 0, applied: 0, superseded: 0, duplicate: 0, quarantined: 0 };
}

export const TALLIES = ['received', 'applied', 'superseded', 'duplicate', 'quarantined'] as const;

/** Counts outcomes. */
export function tallyUp(tally: Tally, { status }: Outcomes, count: number): void {
  tally.received += count;
  for (let i = 0; i < count; i++) tally[TALLIES[status[i]]] += 1;
}

/** What is known of one that sends scans (T6, T8). */
export interface Source {
  readonly tally: Tally;
  /** Of scans driven in again after they were quarantined; `tally` has them as they were found at first. */
  readonly redriven: Tally;
  /** The latest stamp heard, ms since 1970. */
  newestAt: number;
  /** The latest receipt, ms since 1970. */
  lastReceivedAt: number;
  /** Distinct scans by their delay from stamp to receipt: below 1 s, 2 s, 4 s … */
  readonly delays: Float64Array;
  /** Distinct scans by the slot of their stamp. */
  readonly heard: GrowingInts;
}

/** A run of slots without any scan, `until` not included. */
export interface Gap {
  readonly from: number;
  readonly until: number;
}

/**
 * Those who send scans: what became of theirs, how late they come, where they were silent, and which resources are
 * known through them only and so grow stale with them (T8).
 */
export class Sources {
  readonly list: Source[] = [];
  /** The source that reported each resource last, and all pairs: resource · 2¹⁶ + source. */
  readonly #last: Int32Array;
  readonly pairs = new Set<number>();

  constructor(readonly network: TrackNetwork) {
    this.#last = new Int32Array(network.resources).fill(-1);
  }

  /** Takes note of a batch and of what became of it. */
  take(batch: ScanBatch, outcomes: Outcomes): void {
    const source = this.get(batch.source);
    tallyUp(batch.origin ? source.redriven : source.tally, outcomes, batch.count);
    source.lastReceivedAt = Math.max(source.lastReceivedAt, batch.receivedAt);
    for (let i = 0; i < batch.count; i++) {
      const status = outcomes.status[i];
      if (status === QUARANTINED) continue;
      source.newestAt = Math.max(source.newestAt, batch.at[i]);
      this.pair(batch.resource[i], batch.source);
      if (status !== APPLIED && status !== SUPERSEDED) continue;
      source.delays[delayClass(batch.receivedAt - batch.at[i])] += 1;
      const slot = slotAt(this.network, batch.at[i]);
      source.heard.set(slot, (slot < source.heard.length ? source.heard.at(slot) : 0) + 1);
    }
  }

  /** A source; new ones are silent. */
  get(number: number): Source {
    while (this.list.length <= number) {
      this.list.push({
        tally: emptyTally(),
        redriven: emptyTally(),
        newestAt: Number.NEGATIVE_INFINITY,
        lastReceivedAt: Number.NEGATIVE_INFINITY,
        delays: new Float64Array(DELAYS),
        heard: new GrowingInts(),
      });
    }
    return this.list[number];
  }

  /** A resource is reported by a source. */
  pair(resource: number, source: number): void {
    if (this.#last[resource] === source) return;
    this.#last[resource] = source;
    this.pairs.add(resource * 2 ** 16 + source);
  }

  /** Slots before `until` in which a source was silent, after the first in which it was heard. */
  gaps(number: number, until: number): Gap[] {
    return gapsOf(this.get(number).heard.view(), until);
  }

  /** The latest stamp heard of any source of each resource, ms since 1970; NaN where nothing ever was. */
  newest(): Float64Array {
    const newest = new Float64Array(this.network.resources).fill(Number.NaN);
    for (const pair of this.pairs) {
      const resource = Math.floor(pair / 2 ** 16);
      const { newestAt } = this.list[pair % 2 ** 16];
      if (!(newest[resource] >= newestAt)) newest[resource] = newestAt;
    }
    return newest;
  }

  /** Since when, in ms before `now`, nothing was heard of each resource's sources; NaN where nothing ever was. */
  ages(now: number): Float64Array {
    return this.newest().map((at) => Math.max(0, now - at));
  }

  /** The resources whose sources are late, marked 1 (T8). */
  stale(now: number, staleAfterMs: number): Uint8Array {
    return Uint8Array.from(this.ages(now), (age) => (age > staleAfterMs ? 1 : 0));
  }

  /** All tallies in one. */
  total(): Tally {
    const total = emptyTally();
    for (const { tally } of this.list) for (const name of TALLIES) total[name] += tally[name];
    return total;
  }
}

/** Gaps of a source by its distinct scans in each slot. */
export function gapsOf(heard: ArrayLike<number>, until: number): Gap[] {
  const gaps: Gap[] = [];
  let last = -1;
  for (let slot = 0; slot <= until; slot++) {
    const isHeard = slot === until || (slot < heard.length && heard[slot] > 0);
    if (!isHeard) continue;
    if (last >= 0 && slot - last > 1) gaps.push({ from: last + 1, until: slot });
    last = slot < until || last >= 0 ? slot : -1;
  }
  return gaps;
}

/** 0 below a second, k from 2^(k − 1) seconds on. */
function delayClass(ms: number): number {
  return Math.min(DELAYS - 1, 32 - Math.clz32(Math.max(0, Math.floor(ms / 1000))));
}
