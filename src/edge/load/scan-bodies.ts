import type { Scenario } from '../../network/scenario.js';
import { STAGES, type Stage } from './scan-lives.js';

/** Digits of a block's number, of a parcel's in its block, of a moment's seconds and of the milliseconds behind them. */
const BLOCK_DIGITS = 6;
const PARCEL_DIGITS = 3;
const SECOND_DIGITS = 10;
export const BLOCKS_MOST = 10 ** BLOCK_DIGITS;

/** What a body says of parcels: new of this stage, the stage before said again, and a scan older than the stage before. */
export interface BodyCounts {
  readonly fresh: number;
  readonly duplicate: number;
  readonly late: number;
}

/** How the resources change when all parcels of a block come to a stage. */
export interface StageChange {
  readonly stock: Int32Array;
  readonly bound: Int32Array;
}

/**
 * Bodies of scans of one operator, written once for each stage and sent over and over with the block's number and the seconds
 * of its stamps put in: 16 bytes a scan. A block is `fresh` parcels that go through life together; a body has the next
 * scan of each, then some that repeat, and some that come late:
 *
 *     fresh      parcel i, stamped second(stage) + i ms           i < fresh
 *     duplicate  parcel i, its scan of the stage before, again    i < duplicate
 *     late       parcel i, as that one, stamped half a second before it      i < late
 *
 * For the first stage, with none before it, that is the stage itself. Stamps of late ones lie 500 ms off those of all
 * others, so that no two scans have one identity but those that repeat.
 */
export class ScanBodies {
  readonly changes: readonly StageChange[];
  readonly #templates: readonly Template[];

  /**
   * @param prefix of waybill numbers: says that they are generated.
   * @param counts of a body; fresh at most 500, the others at most fresh.
   */
  constructor(
    scenario: Scenario,
    operator: string,
    prefix: string,
    lives: readonly Stage[][],
    readonly counts: BodyCounts,
  ) {
    const { fresh, duplicate, late } = counts;
    if (fresh > 500) throw new Error('a block has at most 500 parcels');
    const ids = scenario.resources.ids.list();
    const line = (i: number, stage: number, ms: number): string => {
      const parcel = prefix + '#'.repeat(BLOCK_DIGITS) + padded(i, PARCEL_DIGITS);
      const at = '@'.repeat(SECOND_DIGITS) + padded(ms, 3);
      return lineText(operator, parcel, lives[i % lives.length][stage], ids, at);
    };
    this.#templates = Array.from({ length: STAGES }, (_, stage) => {
      const before = Math.max(0, stage - 1);
      const lines = [
        ...Array.from({ length: fresh }, (__, i) => line(i, stage, i)),
        ...Array.from({ length: duplicate }, (__, i) => line(i, before, i)),
        ...Array.from({ length: late }, (__, i) => line(i, before, 500 + i)),
      ];
      return template(lines, stage > 0 ? fresh : fresh + duplicate, fresh + duplicate);
    });
    this.changes = Array.from({ length: STAGES }, (_, stage) =>
      changeAt(scenario.resources.ids.size, lives, stage, fresh),
    );
  }

  get scans(): number {
    const { fresh, duplicate, late } = this.counts;
    return fresh + duplicate + late;
  }

  /** Bytes of the longest body. */
  get bytesMost(): number {
    return Math.max(...this.#templates.map(({ bytes }) => bytes.length));
  }

  /**
   * Writes the body of a block's stage to the beginning of `into`; returns its part of it.
   *
   * @param second of its stamps. @param before of the stage before; of the first stage, that second.
   */
  write(into: Buffer, block: number, stage: number, second: number, before: number): Buffer {
    const { bytes, block: blocks, second: seconds, own, behind } = this.#templates[stage];
    bytes.copy(into);
    const digits = padded(block, BLOCK_DIGITS);
    for (const at of blocks) put(into, at, digits);
    putAll(into, seconds, 0, own, String(second));
    putAll(into, seconds, own, behind, String(before));
    // Of the first two stages late ones are of one stage: they must not have one stamp.
    putAll(into, seconds, behind, seconds.length, String(before - (stage === 0 ? 2 : 1)));
    return into.subarray(0, bytes.length);
  }
}

function lineText(
  operator: string,
  parcel: string,
  { kind, resource, to }: Stage,
  ids: readonly string[],
  at: string,
): string {
  const names = { operator, parcel, kind, resource: ids[resource] };
  const bound = to < 0 ? names : { ...names, to: ids[to] };
  return `${JSON.stringify(bound).slice(0, -1)},"at":${at}}\n`;
}

interface Template {
  readonly bytes: Buffer;
  /** Where the block's number and the seconds stand, line by line. */
  readonly block: Int32Array;
  readonly second: Int32Array;
  /** Lines stamped with the stage's own second; from `behind` on, late ones. */
  readonly own: number;
  readonly behind: number;
}

function template(lines: readonly string[], own: number, behind: number): Template {
  const block = new Int32Array(lines.length);
  const second = new Int32Array(lines.length);
  const parts: Buffer[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const bytes = Buffer.from(line);
    block[i] = at + bytes.indexOf('#'.repeat(BLOCK_DIGITS));
    second[i] = at + bytes.indexOf('@'.repeat(SECOND_DIGITS));
    at += bytes.length;
    parts.push(bytes);
  }
  return { bytes: Buffer.concat(parts), block, second, own, behind };
}

function changeAt(
  resources: number,
  lives: readonly Stage[][],
  stage: number,
  fresh: number,
): StageChange {
  const change = { stock: new Int32Array(resources), bound: new Int32Array(resources) };
  for (let i = 0; i < fresh; i++) {
    const life = lives[i % lives.length];
    count(change, life[stage], 1);
    if (stage > 0) count(change, life[stage - 1], -1);
  }
  return change;
}

/** By T3. */
function count({ stock, bound }: StageChange, { kind, resource, to }: Stage, by: number): void {
  if (kind === 'departed') bound[to] += by;
  else if (kind !== 'delivered') stock[resource] += by;
}

function putAll(into: Uint8Array, at: Int32Array, from: number, until: number, text: string): void {
  for (let i = from; i < until; i++) put(into, at[i], text);
}

/** Shorter than what a call of write costs. */
function put(into: Uint8Array, at: number, digits: string): void {
  for (let k = 0; k < digits.length; k++) into[at + k] = digits.charCodeAt(k);
}

function padded(n: number, digits: number): string {
  return String(n).padStart(digits, '0');
}
