import type { Appended, JournalEntry } from '../../../src/gate/owner/journal-store.js';
import { Ledger } from './ledger.js';
import { PlanShelf } from './plan-shelf.js';

/** The check of the epoch, and the writing, each in a transaction of its own: what was read is that of before. */
export class ReadThenWrite extends Ledger {
  #read = 0;

  protected override isInForce(entry: JournalEntry): boolean {
    const before = this.#read;
    this.#read = this.epoch;
    return entry.epoch === before || super.isInForce(entry);
  }
}

export class Unfenced extends Ledger {
  protected override isInForce(): boolean {
    return true;
  }
}

/** A number that is taken is no obstacle: the entry goes behind the last. */
export class Renumbering extends Ledger {
  override append(entry: JournalEntry): Appended {
    return super.append({ ...entry, seq: this.entries.length + 1 });
  }
}

/** The standby has not yet got the last entry. */
export class Forgetful extends Ledger {
  override failOver(): void {
    super.failOver();
    this.entries.pop();
  }
}

export class LastPlanWins extends PlanShelf {
  override publish(plan: Parameters<PlanShelf['publish']>[0]): boolean {
    this.put(plan);
    return true;
  }
}
