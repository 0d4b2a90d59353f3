import { NATION, regionsTo } from './regions.ts';
import type { Season } from './season.tsx';

/** Whom a place concerns: its operator, and whose administrations: `中通 · 浙江 杭州`. */
export function ownerName(
  { operator, region }: { readonly operator: string; readonly region: string },
  season: Pick<Season, 'operator' | 'place'>,
): string {
  const regions = regionsTo(region).filter((code) => code !== NATION);
  const names = [...new Set(regions.map(season.place))];
  return `${season.operator(operator)} · ${names.join(' ')}`;
}
