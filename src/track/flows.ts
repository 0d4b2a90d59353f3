import { HashSum } from './mix.js';
import { KINDS_MOST } from './scans.js';

/** Slots of a block. */
const BLOCK_BITS = 5;
const BLOCK_SLOTS = 1 << BLOCK_BITS;

/** The flows of all resources in 32 slots: room is made for a resource and kind when there is something to count. */
export interface FlowBlock {
  /** Of (resource, kind): where its counts begin, + 1; 0 where there are none. */
  readonly start: Int32Array;
  counts: Int32Array;
  used: number;
}

/** A flow: the number of distinct scans of a kind at a resource with their stamp in a slot (T4). */
export interface Flow {
  readonly resource: number;
  readonly kind: number;
  readonly slot: number;
  readonly scans: number;
}

/**
 * Flows by resource, kind and slot. Blocks of slots that are closed can be released: they leave memory for an
 * archive, and what still comes late to them is known as corrections only.
 */
export class Flows {
  /** By number: block n has the slots from 32·n on. */
  readonly blocks = new Map<number, FlowBlock>();
  /** The sum over flows released, and over what came late to them. */
  readonly released = new HashSum();
  /** Slots before are released. */
  releasedUntil = 0;

  /** @param kinds numbered from 1 on. */
  constructor(
    readonly resources: number,
    readonly kinds: number = KINDS_MOST,
  ) {}

  get bytes(): number {
    let bytes = 0;
    for (const { start, counts } of this.blocks.values()) {
      bytes += start.byteLength + counts.byteLength;
    }
    return bytes;
  }

  /** The first slot of the first block: nothing is counted before that is not released. */
  get begun(): number {
    return Math.min(...this.blocks.keys()) * BLOCK_SLOTS;
  }

  /** One scan more, or as many. */
  add(resource: number, kind: number, slot: number, scans = 1): void {
    if (slot < this.releasedUntil) {
      this.released.add(resource, kind, slot, FLOW, scans);
      return;
    }
    const block = this.blocks.get(slot >> BLOCK_BITS) ?? this.#open(slot >> BLOCK_BITS);
    const cell = resource * this.kinds + kind - 1;
    if (block.start[cell] === 0) makeRoom(block, cell);
    block.counts[block.start[cell] - 1 + (slot & (BLOCK_SLOTS - 1))] += scans;
  }

  /** Of slots that are not released. */
  get(resource: number, kind: number, slot: number): number {
    const block = this.blocks.get(slot >> BLOCK_BITS);
    const start = block?.start[resource * this.kinds + kind - 1] ?? 0;
    return block && start > 0 ? block.counts[start - 1 + (slot & (BLOCK_SLOTS - 1))] : 0;
  }

  /** Adds those of a kind in slots from … until − 1, of resource r in slot s to `sums` at r · (until − from) + s − from. */
  addTo(sums: Int32Array, kind: number, from: number, until: number): void {
    const slots = until - from;
    for (const [number, { start, counts }] of this.blocks) {
      const first = number * BLOCK_SLOTS;
      const [low, high] = [Math.max(from, first), Math.min(until, first + BLOCK_SLOTS)];
      if (low >= high) continue;
      for (let r = 0; r < this.resources; r++) {
        const row = start[r * this.kinds + kind - 1];
        if (row === 0) continue;
        const at = r * slots - from;
        for (let s = low; s < high; s++) sums[at + s] += counts[row - 1 + s - first];
      }
    }
  }

  /** All flows that are not 0, of the slots before one or of all, in no promised order. */
  *list(before = Number.POSITIVE_INFINITY): Generator<Flow> {
    for (const [number, { start, counts }] of this.blocks) {
      for (let cell = 0; cell < start.length; cell++) {
        if (start[cell] === 0) continue;
        for (let s = 0; s < BLOCK_SLOTS; s++) {
          const scans = counts[start[cell] - 1 + s];
          const slot = number * BLOCK_SLOTS + s;
          if (scans === 0 || slot >= before) continue;
          const resource = Math.floor(cell / this.kinds);
          yield { resource, kind: (cell % this.kinds) + 1, slot, scans };
        }
      }
    }
  }

  /** Lets go of the slots before one, a multiple of a block's; who wants them lists them first. */
  release(before: number): void {
    if (before % BLOCK_SLOTS !== 0) throw new Error('slots are released in blocks');
    if (before <= this.releasedUntil) return;
    for (const { resource, kind, slot, scans } of this.list(before)) {
      this.released.add(resource, kind, slot, FLOW, scans);
    }
    for (const number of this.blocks.keys()) {
      if (number < before >> BLOCK_BITS) this.blocks.delete(number);
    }
    this.releasedUntil = before;
  }

  /** The sum over all flows, released or not. */
  sum(): Int32Array {
    const sum = new HashSum();
    sum.merge(this.released.lanes);
    for (const { resource, kind, slot, scans } of this.list()) {
      sum.add(resource, kind, slot, FLOW, scans);
    }
    return sum.lanes;
  }

  #open(number: number): FlowBlock {
    const start = new Int32Array(this.resources * this.kinds);
    const block = { start, counts: new Int32Array(64 * BLOCK_SLOTS), used: 0 };
    this.blocks.set(number, block);
    return block;
  }
}

/** Fourth word of a flow's hash. */
const FLOW = 0x666c6f77;

function makeRoom(block: FlowBlock, cell: number): void {
  if (block.used + BLOCK_SLOTS > block.counts.length) {
    const counts = new Int32Array(block.used + (block.used >> 1) + 64 * BLOCK_SLOTS);
    counts.set(block.counts);
    block.counts = counts;
  }
  block.start[cell] = block.used + 1;
  block.used += BLOCK_SLOTS;
}
