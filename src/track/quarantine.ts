import { GrowingInts } from '../network/growing.js';
import {
  APPLIED,
  type Outcomes,
  QUARANTINED,
  Reason,
  type ScanBatch,
  SUPERSEDED,
} from './scans.js';

/** A scan in quarantine: its place in the log, and why. */
export interface Quarantined {
  readonly seq: number;
  readonly line: number;
  readonly source: number;
  readonly reason: number;
}

/**
 * What is quarantined: scans keep their places in the log, and stay here until they are driven in again and come
 * through (T5). Those that lost to another content under their identity stay for good (T1).
 *
 *     inside = quarantined at receipt + displaced − driven through
 */
export class Quarantine {
  /** How many are inside. */
  inside = 0;
  /** Of them, by reason. */
  readonly byReason = new Float64Array(8);
  readonly #seq = new GrowingInts();
  readonly #line = new GrowingInts();
  readonly #source = new GrowingInts();
  /** 0 once it was driven through. */
  readonly #reason = new GrowingInts();
  /** Entry of each place, seq · 2¹⁶ + line. */
  readonly #entry = new Map<number, number>();

  /** Takes note of a batch. */
  take(batch: ScanBatch, outcomes: Outcomes): void {
    const { origin } = batch;
    for (let i = 0; i < batch.count; i++) {
      const status = outcomes.status[i];
      if (origin) this.#drive(origin[i], status, outcomes.reason[i]);
      else if (status === QUARANTINED) {
        this.add(batch.seq, batch.line[i], batch.source, outcomes.reason[i]);
      }
    }
    for (let i = 0; i < outcomes.displaced.length; i += 2) {
      this.add(outcomes.displaced[i], outcomes.displaced[i + 1], -1, Reason.conflict);
    }
  }

  /** A scan comes into quarantine; with reason `none`, one that was driven through before. */
  add(seq: number, line: number, source: number, reason: number): void {
    this.#entry.set(seq * 2 ** 16 + line, this.#seq.length);
    this.#seq.push(seq);
    this.#line.push(line);
    this.#source.push(source);
    this.#reason.push(reason);
    this.inside += reason === Reason.none ? 0 : 1;
    this.byReason[reason] += 1;
  }

  /** The entry of a place in the log, or −1. */
  find(seq: number, line: number): number {
    return this.#entry.get(seq * 2 ** 16 + line) ?? -1;
  }

  get size(): number {
    return this.#seq.length;
  }

  /** An entry; `reason` is 0 once it was driven through. */
  get(entry: number): Quarantined {
    return {
      seq: this.#seq.at(entry),
      line: this.#line.at(entry),
      source: this.#source.at(entry),
      reason: this.#reason.at(entry),
    };
  }

  /** The entries as columns, to be kept: seq, line, source, reason. */
  get columns(): readonly Int32Array[] {
    return [this.#seq, this.#line, this.#source, this.#reason].map((column) => column.view());
  }

  /**
   * A scan was driven in again: it is through unless it is quarantined once more. A lost conflict stays lost. Entry −1 is
   * that of another log, which does not hear of it.
   */
  #drive(entry: number, status: number, reason: number): void {
    if (entry < 0) return;
    const before = this.#reason.at(entry);
    if (before === Reason.none) return;
    const isThrough =
      status === APPLIED ||
      status === SUPERSEDED ||
      (status !== QUARANTINED && before !== Reason.conflict);
    const after = isThrough ? Reason.none : status === QUARANTINED ? reason : before;
    this.byReason[before] -= 1;
    this.byReason[after] += 1;
    this.#reason.set(entry, after);
    if (isThrough) this.inside -= 1;
  }
}
