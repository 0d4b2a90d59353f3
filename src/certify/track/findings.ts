import type { Difference } from './compare.js';

/**
 * What a recount can find wrong:
 *
 * - `chain`: an entry of the log was changed, put in, left out or moved (P14)
 * - `batch`: the bytes of an entry are no batch, or name what the season does not have
 * - `missing`: entries that are neither in the archive nor in the log
 * - `archive`: a file of the archive is missing, was changed, or is not of this season
 * - `picture`: what was counted live cannot be read, or there is nothing
 * - `differs`: what was counted live is not what is recounted (P8)
 */
export type RecountRule = 'chain' | 'batch' | 'missing' | 'archive' | 'picture' | 'differs';

export interface Finding {
  readonly rule: RecountRule;
  readonly log: number;
  readonly text: string;
}

/** The first findings in full and the count of all, by rule. */
export class Findings {
  readonly first: Finding[] = [];
  readonly countByRule = new Map<RecountRule, number>();
  total = 0;

  constructor(readonly keep = 100) {}

  /** `text` is called only if it will be kept. */
  add(rule: RecountRule, log: number, text: () => string): void {
    this.total += 1;
    this.countByRule.set(rule, (this.countByRule.get(rule) ?? 0) + 1);
    if (this.first.length < this.keep) this.first.push({ rule, log, text: text() });
  }

  /** @param name of a resource, by its number. */
  addDifference(log: number, difference: Difference, name: (resource: number) => string): void {
    const { figure, resource, kind, slot, live, recounted } = difference;
    this.add('differs', log, () => {
      const what = [figure, ...(resource < 0 ? [] : [name(resource)]), ...(kind ? [kind] : [])];
      if (slot !== undefined) what.push(`slot ${slot}`);
      return `${what.join(' ')}: ${live} live, ${recounted} recounted`;
    });
  }
}
