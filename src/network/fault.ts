/**
 * What is wrong in an input file, and what to do about it. Bad input is never an exception with a
 * stack: it is a list of these.
 */
export interface Fault {
  /** Name of the file inside the scenario or plan folder. */
  readonly file: string;
  /** Line in the file, the header being line 1; for Parquet the row, the first being 1; 0 for the file as a whole. */
  readonly line: number;
  /** Column or JSON field; empty where no single one is at fault. */
  readonly field: string;
  /** Stable name of the rule that is broken, e.g. `unknown-resource`. */
  readonly rule: string;
  /** What was found, in one sentence. */
  readonly text: string;
  /** What mends it, in one sentence. */
  readonly cure: string;
}

/** Collects faults: keeps the first `keep` in full and counts the rest by rule. */
export class FaultList {
  readonly first: Fault[] = [];
  readonly countByRule = new Map<string, number>();
  total = 0;

  /** @param keep how many faults are kept whole; 100 is a list that a person still reads. */
  constructor(readonly keep = 100) {}

  add(fault: Fault): void {
    this.total += 1;
    this.countByRule.set(fault.rule, (this.countByRule.get(fault.rule) ?? 0) + 1);
    if (this.first.length < this.keep) this.first.push(fault);
  }
}

/** Thrown at the end of a read that found faults; the edge prints the list and exits with 2. */
export class FaultyInput extends Error {
  constructor(readonly faults: FaultList) {
    super(`${faults.total} fault(s) in the input`);
    this.name = 'FaultyInput';
  }
}
