import { KINDS, type Kind } from '../../track/scans.js';
import { parseTable } from '../../world/season/table.js';
import { REASON_CODES } from './attributes.js';

/** The scan that a code of the field stands for. */
export interface CodedScan {
  readonly kind: Kind;
  /** Of an exception, where the code says it. */
  readonly reason?: string;
}

/**
 * Codes of the field by their two parts: state and substate of kuaidi100, bizStep and disposition of EPCIS, event of UPU and
 * nothing. A code
 * that is listed without a kind is known and is no scan here; one that is not listed is unknown. Both are quarantined,
 * neither is guessed.
 */
export class CodeTable {
  readonly #scans = new Map<string, CodedScan | undefined>();

  /**
   * @param text of a table in `data/scans` whose first two columns are the code.
   * @throws Error if a kind or a reason is none, or a code stands there twice.
   */
  constructor(text: string) {
    for (const row of parseTable(text)) {
      const [first, second] = Object.values(row);
      const key = keyOf(first, second);
      if (this.#scans.has(key)) throw new Error(`the code ${key} stands there twice`);
      this.#scans.set(key, readScan(row));
    }
  }

  /** The scan of a code; undefined if it is none here, or the code is unknown. */
  find(first: string, second: string): CodedScan | undefined {
    return this.#scans.get(keyOf(first, second));
  }

  /** Whether the code is listed. */
  has(first: string, second: string): boolean {
    return this.#scans.has(keyOf(first, second));
  }

  /** Codes, as `first second`. */
  list(): string[] {
    return [...this.#scans.keys()];
  }
}

function keyOf(first: string, second: string): string {
  return `${first} ${second}`;
}

function readScan({ kind: name, reason = '' }: Record<string, string>): CodedScan | undefined {
  const kind = KINDS.find((known) => known === name);
  if (!kind && name !== '') throw new Error(`there is no kind ${name}`);
  if (reason !== '' && !REASON_CODES.has(reason)) throw new Error(`there is no reason ${reason}`);
  if (!kind) return undefined;
  return reason === '' ? { kind } : { kind, reason };
}
