import type {
  Explanation as ExplanationAnswer,
  ReleaseOption,
  Toll,
} from '../../../src/client/api.ts';

/** The parts of an option's total other than prices, in the order they are told. */
export const HELD_PARTS = ['waiting', 'lateness', 'growth', 'detour', 'penalty'] as const;

export function pricesOf(option: ReleaseOption): number {
  return option.tolls.reduce((sum, toll) => sum + toll.price * toll.times, 0);
}

/** What the cohort's parcels do in one slot, routes together; slot null for carried over. */
export interface ChosenSlot {
  readonly slot: number | null;
  readonly parcels: number;
  /** Mean over its routes, per parcel. */
  readonly total: number;
}

export function chosenSlots({ chosen }: ExplanationAnswer): ChosenSlot[] {
  const slots = new Map<number | null, { parcels: number; cost: number }>();
  for (const { parcels, option } of chosen) {
    const sum = slots.get(option.slot) ?? { parcels: 0, cost: 0 };
    sum.parcels += parcels;
    sum.cost += parcels * option.total;
    slots.set(option.slot, sum);
  }
  return [...slots].map(([slot, { parcels, cost }]) => ({ slot, parcels, total: cost / parcels }));
}

/** What is compared: every slot with its cheapest route, and carrying over if the plan does that. */
export function comparedOptions({ slots, chosen }: ExplanationAnswer): ReleaseOption[] {
  const carry = chosen.find(({ option }) => option.slot === null)?.option;
  return carry ? [...slots, carry] : [...slots];
}

/** Mean cost of one parcel as the plan has it. */
export function meanTotal({ chosen, ready }: ExplanationAnswer): number {
  const cost = chosen.reduce((sum, { parcels, option }) => sum + parcels * option.total, 0);
  return cost / Math.max(1, ready);
}

/** The prices of an option, dearest first: what keeps parcels from going then. */
export function bindingTolls(option: ReleaseOption): Toll[] {
  return option.tolls
    .filter((toll) => toll.price > 0)
    .toSorted((a, b) => b.price * b.times - a.price * a.times);
}

/** One bar segment: what it is called for, and its size in each slot. */
export interface PriceShare {
  readonly resource: Toll['resource'];
  readonly sizes: readonly number[];
}

/**
 * Prices by resource over the slots, the dearest `keep` resources apart and the others together.
 */
export function priceShares(
  slots: readonly ReleaseOption[],
  keep: number,
): { shares: PriceShare[]; others: number[] } {
  const rows = new Map<string, { resource: Toll['resource']; sizes: number[]; sum: number }>();
  slots.forEach((option, i) => {
    for (const { resource, price, times } of option.tolls) {
      const empty = { resource, sizes: slots.map(() => 0), sum: 0 };
      const row = rows.get(resource.id) ?? empty;
      row.sizes[i] += price * times;
      row.sum += price * times;
      rows.set(resource.id, row);
    }
  });
  const ranked = [...rows.values()].filter((r) => r.sum > 0).toSorted((a, b) => b.sum - a.sum);
  const rest = ranked.slice(keep);
  return {
    shares: ranked.slice(0, keep),
    others: slots.map((_, i) => rest.reduce((sum, row) => sum + row.sizes[i], 0)),
  };
}
