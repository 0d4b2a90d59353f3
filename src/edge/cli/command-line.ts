import { type NumberColumn, parseNumber } from '../../network/columns.js';
import { FaultList, FaultyInput } from '../../network/fault.js';

/** What stands for the file in a fault of the command line. */
const PLACE = 'the command line';

/** Faults of a command line, gathered so that one run names them all. */
export class CommandLine {
  readonly #faults = new FaultList();

  add(field: string, rule: string, text: string, cure: string): void {
    this.#faults.add({ file: PLACE, line: 0, field, rule, text, cure });
  }

  /** The number, or NaN and a fault. `range` says in words what may be written. */
  number(
    field: string,
    text: string,
    allowed: Pick<NumberColumn, 'kind' | 'least' | 'most'>,
    range: string,
  ): number {
    const cure = `Write ${range}.`;
    const outside = { below: { rule: 'too-small', cure }, above: { rule: 'too-large', cure } };
    const value = parseNumber({ name: field, ...allowed, ...outside }, text);
    if (typeof value === 'number') return value;
    this.add(field, value.rule, value.text, cure);
    return Number.NaN;
  }

  /** @throws FaultyInput if there is a fault. */
  end(): void {
    if (this.#faults.total > 0) throw new FaultyInput(this.#faults);
  }
}
