import type { Scenario } from '../network/scenario.js';
import type { Explanation, Option, Toll } from './explain.js';
import { EXPLAIN_WORDS, type ExplainWords, type Language } from './explain-words.js';
import { slotTime } from './slot-time.js';

/** An explanation as lines of text; every sum shows its parts, those that are 0 left out. */
export function explanationText(
  scenario: Scenario,
  explanation: Explanation,
  language: Language,
): string[] {
  return new Teller(scenario, EXPLAIN_WORDS[language]).tell(explanation);
}

class Teller {
  constructor(
    readonly scenario: Scenario,
    readonly words: ExplainWords,
  ) {}

  tell({ cohort, ready, released, carried, chosen, slots, least }: Explanation): string[] {
    const { words } = this;
    const { service, operator, origin, destination, slot } = cohort;
    const firstChosen = chosen[0]?.option.slot ?? this.scenario.slots;
    const earlier = slots.filter((option) => (option.slot ?? 0) < firstChosen);
    const later = slots.slice(earlier.length);
    return [
      words.title(service, operator, origin, destination, this.#when(slot)),
      words.totals(ready, released, carried),
      ...chosen.flatMap(({ parcels, option }) => this.#chosen(parcels, option)),
      ...(slots.length === 0 ? [words.noRoute] : []),
      ...(earlier.length > 0 ? [words.whyNotEarlier] : []),
      ...earlier.flatMap((option) => [this.#option(option), ...this.#tolls(option)]),
      ...(later.length > 1 ? [words.fromThenOn, ...later.map((o) => this.#option(o))] : []),
      least.slot === null
        ? words.leastCarry(decimals(least.total))
        : words.least(this.#when(least.slot), least.route ?? '', decimals(least.total)),
      ...(slots.some(({ tolls }) => tolls.length > 0) ? [words.whatPriceIs] : []),
    ];
  }

  #chosen(parcels: number, option: Option): string[] {
    const held = decimals((option.hold * this.scenario.slotMinutes) / 60);
    const line =
      option.slot === null
        ? this.words.carried(parcels, held)
        : this.words.released(parcels, this.#when(option.slot), option.route ?? '', held);
    return [`  ${line}`, `    ${this.#sum(option)}`, ...this.#tolls(option)];
  }

  #option(option: Option): string {
    const when = this.#when(option.slot ?? this.scenario.slots);
    return `  ${this.words.option(when, option.route ?? '', this.#sum(option))}`;
  }

  /** `5.2 = waiting 4 + detour 0.4 + prices 0.8` */
  #sum(option: Option): string {
    const tolls = option.tolls.reduce((sum, toll) => sum + toll.price * toll.times, 0);
    const parts = { ...option, tolls };
    const names = ['waiting', 'lateness', 'growth', 'detour', 'penalty', 'tolls'] as const;
    const shown = names.filter((name) => parts[name] !== 0);
    const text = shown.map((name) => `${this.words[name]} ${decimals(parts[name])}`).join(' + ');
    return text === '' ? '0' : `${decimals(option.total)} = ${text}`;
  }

  #tolls({ tolls }: Option): string[] {
    return tolls.map((toll) => `      ${this.#toll(toll)}`);
  }

  #toll({ resource, slot, price, times, load, capacity }: Toll): string {
    const { words } = this;
    const each = times > 1 ? `${decimals(price)} × ${times}` : decimals(price);
    return words.toll(
      resource,
      this.#when(slot),
      price > 0 ? words.price(each) : words.noPrice,
      capacity === 0 ? words.closed : words.load(String(load), String(capacity)),
    );
  }

  #when(slot: number): string {
    return this.words.slot(slot, slotTime(this.scenario, slot));
  }
}

/** Three decimals at most. */
function decimals(x: number): string {
  return String(Number(x.toFixed(3)));
}
