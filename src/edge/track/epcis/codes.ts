import { readFileSync } from 'node:fs';
import { KINDS, type Kind, kindNumber } from '../../../track/scans.js';
import { parseTable } from '../../../world/season/table.js';
import { CodeTable } from '../code-table.js';

const TABLE = new URL('../../../../data/scans/epcis-kinds.csv', import.meta.url);

/** How a kind of scan is said in EPCIS. */
export interface EpcisCode {
  readonly bizStep: string;
  readonly disposition: string;
  readonly kind: Kind;
  /** Of an exception that the disposition says the reason of. */
  readonly reason: string;
  /** Of an ObjectEvent. */
  readonly action: string;
  /** Type of the destination that is where the parcel is bound for; empty where it is bound for none. */
  readonly to: string;
  /** Whether the parcel is where it was scanned, afterwards: then that is its bizLocation. */
  readonly stays: boolean;
}

/** What bizSteps and dispositions stand for; data (data/scans/epcis-kinds.csv), of which each says one scan, or none. */
export class EpcisCodes {
  readonly #byCode = new Map<string, EpcisCode>();
  /** How a kind and reason are told: by the first code that stands for them. */
  readonly #byKind = new Map<string, EpcisCode>();
  readonly #known: CodeTable;

  constructor(text = readFileSync(TABLE, 'utf8')) {
    this.#known = new CodeTable(text);
    for (const row of parseTable(text)) {
      const { bizStep, disposition, reason, action, to, bizLocation } = row;
      const kind = KINDS.find((known) => known === row.kind);
      if (!kind) continue;
      const stays = bizLocation === 'readPoint';
      const code = { bizStep, disposition, kind, reason, action, to, stays };
      this.#byCode.set(`${bizStep} ${disposition}`, code);
      if (!this.#byKind.has(`${kind} ${reason}`)) this.#byKind.set(`${kind} ${reason}`, code);
    }
    for (const kind of KINDS) this.tell(kind, '');
  }

  /** What a code stands for; undefined if it is no scan here, or unknown. */
  find(bizStep: unknown, disposition: unknown): EpcisCode | undefined {
    return this.#byCode.get(`${String(bizStep)} ${String(disposition)}`);
  }

  /** Whether a code is listed, if only as none. */
  has(bizStep: unknown, disposition: unknown): boolean {
    return this.#known.has(String(bizStep), String(disposition));
  }

  /** Numbers of kinds, each with a code that it may be told by. */
  told(): [kind: number, code: EpcisCode][] {
    return [...this.#byKind.values()].map((code) => [kindNumber(code.kind), code]);
  }

  /** How a scan of a kind is told, with the reason if there is a code for it. */
  tell(kind: Kind, reason: string): EpcisCode {
    const code = this.#byKind.get(`${kind} ${reason}`) ?? this.#byKind.get(`${kind} `);
    if (!code) throw new Error(`EPCIS has no code for ${kind}`);
    return code;
  }
}
