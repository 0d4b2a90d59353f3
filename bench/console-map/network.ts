import { readFileSync } from 'node:fs';

/** A generated network of the nation's cities, as the bench's page reads it. */
export interface BenchNetwork {
  readonly nodes: readonly {
    readonly id: string;
    readonly lng: number;
    readonly lat: number;
    readonly region: string;
    readonly name: string;
  }[];
  readonly lanes: readonly { readonly from: number; readonly to: number }[];
}

const CITIES = new URL('../../data/cities.csv', import.meta.url);
/** Of ten hubs, so many stand at the middle of their city, where others stand; the rest up to 0.3° from it. */
const AT_MIDDLE = 6;

/** Hubs in cities by their people, lanes between any two; the same for the same seed. */
export function generatedNetwork(hubs: number, lanes: number, seed = 1): BenchNetwork {
  const chance = seeded(seed);
  const cities = readFileSync(CITIES, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([code, name, , , , lat, lng, people]) => ({
      code,
      name: name.replace(/市$/, ''),
      lat: Number(lat),
      lng: Number(lng),
      people: Number(people) || 100_000,
    }));
  const upTo: number[] = [];
  for (const { people } of cities) upTo.push((upTo.at(-1) ?? 0) + people);
  const pick = () => {
    const at = chance() * (upTo.at(-1) ?? 0);
    return upTo.findIndex((sum) => sum > at);
  };
  const nodes = Array.from({ length: hubs }, (_, i) => {
    const city = cities[pick()];
    const away = i % 10 < AT_MIDDLE ? 0 : 0.6;
    return {
      id: `hub-${i}`,
      lng: city.lng + away * (chance() - 0.5),
      lat: city.lat + away * (chance() - 0.5),
      region: city.code,
      name: `${city.name} ${i + 1} 号分拨中心`,
    };
  });
  const any = () => Math.floor(chance() * hubs);
  return { nodes, lanes: Array.from({ length: lanes }, () => ({ from: any(), to: any() })) };
}

/** Numbers from 0 to 1 by a seed: SplitMix32. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}
