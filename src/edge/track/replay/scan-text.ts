import { createHash } from 'node:crypto';
import type { Scenario } from '../../../network/scenario.js';
import { Extra, SCAN_KINDS, type ScanRows, Spoilt } from '../../../world/scans/scan-rows.js';

/** Digits of a parcel's number in its waybill number. */
const DIGITS = 11;
const REASONS: Readonly<Record<number, string>> = {
  [Extra.failed]: 'delivery-failed',
  [Extra.refused]: 'refused',
  [Extra.damaged]: 'damaged',
};
/** Weights of parcels, g: modelled, from light to heavy. */
const GRAMS = [200, 300, 500, 700, 1000, 1500, 2400, 5000];

/**
 * Writes the world's scans as lines that POST /v1/scans takes. Waybill numbers say that they are generated: GEN, the run, and
 * the parcel's number. The same run and number are the same parcel, so that a replay may be sent again.
 */
export class ScanText {
  readonly #operators: readonly string[];
  readonly #resources: readonly string[];
  readonly #kinds = SCAN_KINDS.map((kind) => JSON.stringify(kind));

  /** @param run six digits or letters. @param originMs the moment of the season's clock at which the world's slot 0 begins. */
  constructor(
    { pairs, resources }: Scenario,
    readonly run: string,
    readonly originMs: number,
  ) {
    this.#operators = pairs.operators.list().map((id) => JSON.stringify(id));
    this.#resources = resources.ids.list().map((id) => JSON.stringify(id));
  }

  /** Row i, with its newline. */
  line(rows: ScanRows, i: number): string {
    const isOdd = rows.spoilt[i];
    const kind = isOdd === Spoilt.kind ? '"weighed"' : this.#kinds[rows.kind[i] - 1];
    const resource =
      isOdd === Spoilt.resource ? '"of-no-known-code"' : this.#resources[rows.resource[i]];
    const to = rows.to[i] < 0 ? '' : `,"to":${this.#resources[rows.to[i]]}`;
    const number = String(rows.parcel[i]).padStart(DIGITS, '0');
    const more = isOdd === Spoilt.kind ? '' : attributes(rows.extra[i], rows.parcel[i]);
    return `{"operator":${this.#operators[rows.operator[i]]},"parcel":"GEN${this.run}${number}","kind":${kind},"resource":${resource}${to},"at":${this.originMs + rows.at[i]}${more}}\n`;
  }
}

/** Six hexadecimal digits of all that makes one replay another one. */
export function runOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 6).toUpperCase();
}

function attributes(extra: number, parcel: number): string {
  if (extra === Extra.none) return '';
  return `,"attributes":${JSON.stringify(attributesOf(extra, parcel))}`;
}

function attributesOf(extra: number, parcel: number): object {
  if (extra === Extra.weighed) {
    const weightGrams = GRAMS[parcel % GRAMS.length];
    return { weightGrams, realName: true, inspected: true, screened: true };
  }
  if (extra === Extra.consent) {
    return { consent: `00000000-0000-4000-8000-${parcel.toString(16).padStart(12, '0')}` };
  }
  return { reason: REASONS[extra] };
}
