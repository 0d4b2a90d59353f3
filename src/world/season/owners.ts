import { type Plant, SHARED } from './plant.js';
import type { Rating } from './rating.js';

/**
 * Who runs each resource. With `stations`, deliveries of one operator each in the city of the largest hub belong to
 * `stations-CITY`: parcels go the same ways, but who hands them over is not who carries them, as in most cities.
 */
export function ownersOf(
  { resources }: Plant,
  { capacity }: Pick<Rating, 'capacity'>,
  stations: boolean,
): string[] {
  let largest = -1;
  for (const [r, { kind }] of resources.entries()) {
    if (kind === 'hub' && (largest < 0 || capacity[r] > capacity[largest])) largest = r;
  }
  const code = stations ? resources[largest]?.city.code : undefined;
  return resources.map(({ kind, operator, city }) => {
    const isStation = kind === 'delivery' && operator !== SHARED && city.code === code;
    return isStation ? `stations-${code}` : operator;
  });
}
