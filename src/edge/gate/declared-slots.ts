import type { Scenario } from '../../network/scenario.js';
import type { Declaration } from '../access/declarations.js';

/** Slots first … end − 1, alike in what is licensed and in what counts. */
export interface Level {
  readonly first: number;
  readonly end: number;
  readonly licensed: number;
  /** The declaration that counts there. */
  readonly before: Declaration | undefined;
}

/** Slots of a season as declarations name them, by their starts. */
export class DeclaredSlots {
  readonly #startMs: number;
  readonly #slotMs: number;
  /** Slots in which anything can be loaded. */
  readonly #slots: number;

  /** @param tail slots after its own that a release can load. */
  constructor(
    private readonly scenario: Scenario,
    tail: number,
  ) {
    this.#startMs = Date.parse(scenario.start);
    this.#slotMs = 60_000 * scenario.slotMinutes;
    this.#slots = scenario.slots + tail;
  }

  /** Slots that can be declared for. */
  get count(): number {
    return this.#slots;
  }

  /** The slot in which an instant lies. */
  slotAt(instantMs: number): number {
    return Math.floor((instantMs - this.#startMs) / this.#slotMs);
  }

  startOf(slot: number): Date {
    return new Date(this.#startMs + slot * this.#slotMs);
  }

  /** The slot that starts at an instant, or the one after the last. */
  slotOf(instantMs: number): number | undefined {
    const slot = (instantMs - this.#startMs) / this.#slotMs;
    return Number.isInteger(slot) && slot >= 0 && slot <= this.#slots ? slot : undefined;
  }

  /** Those of a declaration that are slots of this season. */
  of({ from, until }: { readonly from: Date; readonly until: Date }): number[] {
    const first = Math.max(0, Math.ceil((from.getTime() - this.#startMs) / this.#slotMs));
    const end = Math.floor((until.getTime() - this.#startMs) / this.#slotMs);
    const count = Math.max(0, Math.min(end, this.#slots) - first);
    return Array.from({ length: count }, (_, i) => first + i);
  }

  /** The declaration that counts in each slot, of those in force in their order: the last one. */
  counting(inForce: readonly Declaration[]): Map<number, Declaration> {
    return new Map(inForce.flatMap((each) => this.of(each).map((slot) => [slot, each] as const)));
  }

  /** Slots from … until − 1 of a resource, cut where the licensed value or that in force changes. */
  levels(
    resource: number,
    from: number,
    until: number,
    inForce: ReadonlyMap<number, Declaration>,
  ): Level[] {
    const levels: Level[] = [];
    for (let slot = from; slot < until; slot++) {
      const licensed = licensedCapacity(this.scenario, resource, slot);
      const before = inForce.get(slot);
      const last = levels.at(-1);
      if (last && last.licensed === licensed && last.before === before) {
        levels[levels.length - 1] = { ...last, end: slot + 1 };
      } else levels.push({ first: slot, end: slot + 1, licensed, before });
    }
    return levels;
  }
}

/** The capacity of a resource in a slot as the scenario has it: what it is licensed for. */
export function licensedCapacity({ resources }: Scenario, resource: number, slot: number): number {
  const { overrides, capacity } = resources;
  let low = 0;
  let high = overrides.resource.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [r, t] = [overrides.resource[middle], overrides.slot[middle]];
    if (r < resource || (r === resource && t < slot)) low = middle + 1;
    else high = middle;
  }
  const isOverridden = overrides.resource[low] === resource && overrides.slot[low] === slot;
  return isOverridden ? overrides.value[low] : capacity[resource];
}
